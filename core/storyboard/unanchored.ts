// Shots people worked on that are not wholly at home in the script as it stands.
import type { Episode } from '../script/schema.ts';
import { citedId } from './citation.ts';
import { isKept, type Mark } from './kept.ts';
import type { ShotRow } from './order.ts';
import type { Unanchored } from './schema.ts';

type Shot = Pick<ShotRow, 'id' | 'content'> & Mark;

/** Every kept shot that cites what the episode does not have, or stands in a scene it does not have, in order. Pure. */
export function unanchored(shots: readonly Shot[], { scenes }: Pick<Episode, 'scenes'>): Unanchored[] {
  const known = new Set(scenes.flatMap(({ elements }) => elements.map(({ id }) => id)));
  const sceneIds = new Set(scenes.map(({ id }) => id));
  return shots.filter(isKept).flatMap(({ id: shotId, content }): Unanchored[] => {
    const cited = [...content.elementIds, ...content.lines.map(({ elementId }) => elementId)];
    const elementIds = cited.filter((id) => !known.has(id)).map(citedId);
    if (elementIds.length > 0)
      return [{ shotId, elementIds, reason: elementIds.length < cited.length ? 'part' : 'words' }];
    return cited.length === 0 && !sceneIds.has(content.sceneId) ? [{ shotId, elementIds, reason: 'scene' }] : [];
  });
}
