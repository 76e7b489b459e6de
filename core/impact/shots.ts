// What becomes of every shot. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { Successors } from '../revision/compare/index.ts';
import type { Going } from '../revision/going.ts';
import type { Document, Episode } from '../script/schema.ts';
import { isKept, unanchored } from '../storyboard/index.ts';
import type { ShotCounts, ShotImpact, ShotOutcome } from './schema.ts';

/** Counts of all shots, and those that do not stay untouched: unanchored ones first. */
export function shotImpacts(
  going: readonly Going[],
  document: Pick<Document, 'episodes'>,
): { counts: ShotCounts; shots: ShotImpact[] } {
  const episodes = new Map(document.episodes.map((episode) => [episode.number, episode]));
  const counts: ShotCounts = { stay: 0, moved: 0, reworded: 0, unanchored: 0, remade: 0, dropped: 0, left: 0 };
  const shots = going.flatMap((shot): ShotImpact[] => {
    const episode = episodes.get(shot.episode ?? 0);
    if (!episode) {
      counts.left++;
      return [];
    }
    const { outcome, ...told } = fate(shot, episode);
    counts[outcome]++;
    return outcome === 'stay' ? [] : [{ ...placeOf(shot), outcome, ...told }];
  });
  const first = ({ outcome }: ShotImpact) => (outcome === 'unanchored' ? 0 : 1);
  return { counts, shots: shots.sort((a, b) => first(a) - first(b)) };
}

const placeOf = ({ before, from, number }: Going) => ({
  shotId: before.id,
  episode: from.number,
  toEpisode: number,
  sceneNumber: before.content.sceneNumber,
  locked: before.locked,
  edited: before.edited,
});

type Fate = Pick<ShotImpact, 'elementIds' | 'reason'> & { readonly outcome: ShotOutcome | 'stay' };

function fate(shot: Going, episode: Episode): Fate {
  const { before, row, board } = shot;
  const cited = [...before.content.elementIds, ...before.content.lines.map(({ elementId }) => elementId)];
  const elementIds = cited.filter((id) => !isSame(id, board.to));
  const [astray] = isKept(before) ? unanchored([row], episode) : [];
  if (astray) return { outcome: 'unanchored', elementIds: astray.elementIds, reason: astray.reason };
  const is = (outcome: Fate['outcome']): Fate => ({ outcome, elementIds, reason: null });
  if (isKept(before)) {
    if (elementIds.length > 0 && !isDeepStrictEqual(wordsOf(row), wordsOf(before))) return is('reworded');
  } else if (elementIds.length > 0) return is(cited.some((id) => board.to.is(id)) ? 'remade' : 'dropped');
  else if (cited.length === 0 && !board.to.scene(before.content.sceneId)) return is('dropped');
  return is(isElsewhere(shot) ? 'moved' : 'stay');
}

function isSame(id: string, to: Successors): boolean {
  const [was, now] = [to.was(id)?.element, to.is(id)?.element];
  const said = (element: typeof was) => element && [element.text, element.speakers, element.voice, element.paren];
  return was !== undefined && now !== undefined && isDeepStrictEqual(said(was), said(now));
}

const wordsOf = ({ content }: Going['row']) => [
  content.action,
  content.caption,
  content.soundEffect,
  content.music,
  content.lines.map(({ text, speakers, voice, paren }) => [text, speakers, voice, paren]),
];

const isElsewhere = ({ before, row, from, number }: Going): boolean =>
  number !== from.number || row.content.sceneNumber !== before.content.sceneNumber;
