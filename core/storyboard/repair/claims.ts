// Which shot has which element: every line by one shot alone, restored to the script's words.
import type { Script } from '../coverage/script.ts';
import type { ComposedShot, ShotContent } from '../schema.ts';
import { fitting } from '../timing.ts';
import type { Unit } from '../units.ts';

type Line = ShotContent['lines'][number];
type Claim = { readonly owner: number; readonly line: Line };

/** Units of all shots. Shots without a source stay behind the shot they follow. */
export function claims(script: Script, shots: readonly ComposedShot[]): Unit[] {
  const scenes = new Map(script.scenes.map((scene, i) => [scene.id, i]));
  const units: Unit[] = [];
  const claimed = new Map<string, Claim[]>();
  const last = new Map<string, number>();
  for (const [owner, shot] of shots.entries()) {
    const scene = scenes.get(shot.sceneId);
    if (scene === undefined) continue;
    const ats: number[] = [];
    for (const elementId of new Set(shot.elementIds)) {
      const { at } = script.places.get(elementId)!;
      units.push({ scene, at, owner, elementId });
      ats.push(at);
    }
    for (const line of shot.lines) {
      claimed.set(line.elementId, [...(claimed.get(line.elementId) ?? []), { owner, line }]);
      ats.push(script.places.get(line.elementId)!.at + (line.part - 1) / line.parts / 2);
    }
    if (ats.length === 0) units.push({ scene, at: last.get(shot.sceneId) ?? -1, owner });
    else last.set(shot.sceneId, Math.max(...ats));
  }
  for (const place of script.spoken) {
    const scene = scenes.get(place.scene.id)!;
    for (const { owner, line } of settled(claimed.get(place.element.id) ?? [], place.element))
      units.push({ scene, at: place.at + (line.part - 1) / line.parts / 2, owner, line });
  }
  return units;
}

/** The claims as they are when together they say the line once; else the first shot says all of it. */
function settled(list: readonly Claim[], element: Script['spoken'][number]['element']): Claim[] {
  const first = list[0];
  if (first === undefined) return [];
  const sorted = [...list].sort((a, b) => a.line.part - b.line.part);
  const speakers = element.speakers ?? [];
  const right =
    sorted.every(
      ({ line }, i) =>
        line.part === i + 1 && line.parts === list.length && line.speakers.join('|') === speakers.join('|'),
    ) && sorted.map(({ line }) => line.text).join('') === element.text;
  if (right) return sorted;
  const same = first.line.speakers.join('|') === speakers.join('|');
  const parts = fitting(element.text);
  return parts.map((text, i) => ({
    owner: first.owner,
    line: {
      ...first.line,
      part: i + 1,
      parts: parts.length,
      text,
      speakers: [...speakers],
      // a line given to somebody else was framed for somebody else
      speakerAssetIds: same ? first.line.speakerAssetIds : [],
      onScreen: same && first.line.onScreen,
      voice: element.voice ?? first.line.voice,
      paren: element.paren ?? '',
    },
  }));
}
