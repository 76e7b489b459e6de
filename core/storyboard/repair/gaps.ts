// What no shot has: taken from the storyboard the built-in engine makes of the same episode.
import { isBeside, isFilmed } from '../beats.ts';
import type { Script } from '../coverage/script.ts';
import type { ComposedShot } from '../schema.ts';
import type { Unit } from '../units.ts';

/**
 * Units for all elements, the missing ones owned by composed shots (numbered behind the given ones) or, for captions and sounds, by a neighbour.
 * Scenes without any shot get all of their composed ones.
 */
export function gaps(
  script: Script,
  shots: readonly ComposedShot[],
  units: readonly Unit[],
  composed: readonly ComposedShot[],
): Unit[] {
  const scenes = new Map(script.scenes.map((scene, i) => [scene.id, i]));
  const has = new Set(units.map((unit) => unit.line?.elementId ?? unit.elementId));
  const seen = new Set(units.map((unit) => unit.scene));
  const lacking = (id: string) => !has.has(id);
  const out = [...units];
  const lonely: string[] = [];
  for (const { element, scene, at } of script.places.values()) {
    if (!isFilmed(element) || !lacking(element.id)) continue;
    const number = scenes.get(scene.id)!;
    const owner = isBeside(element) ? neighbour(units, number, at) : undefined;
    if (owner === undefined) lonely.push(element.id);
    else out.push({ scene: number, at, owner, elementId: element.id });
  }
  const wanted = new Set(lonely);
  for (const [i, shot] of composed.entries()) {
    const scene = scenes.get(shot.sceneId)!;
    const owner = shots.length + i;
    const at = (id: string) => script.places.get(id)!.at;
    for (const elementId of shot.elementIds)
      if (wanted.has(elementId)) out.push({ scene, at: at(elementId), owner, elementId });
    for (const line of shot.lines)
      if (wanted.has(line.elementId))
        out.push({ scene, at: at(line.elementId) + (line.part - 1) / line.parts / 2, owner, line });
    if (!seen.has(scene) && shot.elementIds.length + shot.lines.length === 0) out.push({ scene, at: -1, owner });
  }
  return out;
}

/** The shot of the next element in the scene, else of the one before. Only shots that show or say something count. */
function neighbour(units: readonly Unit[], scene: number, at: number): number | undefined {
  const near = units.filter(
    (unit) => unit.scene === scene && (unit.line !== undefined || unit.elementId !== undefined),
  );
  const next = near.filter((unit) => unit.at > at).sort((a, b) => a.at - b.at || a.owner - b.owner)[0];
  return (next ?? near.sort((a, b) => b.at - a.at || b.owner - a.owner)[0])?.owner;
}
