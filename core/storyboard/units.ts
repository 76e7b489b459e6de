// Shots seen as claims on the script: each unit is one element, or one line part, that one shot claims. Sorted by the script they give shots in order.
import { type Line, withSource } from './parts.ts';
import type { ShotContent } from './schema.ts';

export type Unit = {
  /** Where it stands: number of the scene, then of the element; parts of a line by fractions. */
  readonly scene: number;
  readonly at: number;
  /** Which shot claims it. */
  readonly owner: number;
  readonly line?: Line;
  /** Undefined with no line: a shot that stands on nothing, kept at its place. */
  readonly elementId?: string;
};

/** Units in the script's order, cut into runs of one shot each. */
export function runsOf(units: readonly Unit[]): Unit[][] {
  const sorted = [...units].sort((a, b) => a.scene - b.scene || a.at - b.at || a.owner - b.owner);
  const runs: Unit[][] = [];
  for (const unit of sorted) {
    const run = runs.at(-1);
    if (run?.[0]?.owner === unit.owner && run[0].scene === unit.scene) run.push(unit);
    else runs.push([unit]);
  }
  return runs;
}

/** A shot with the units of one run; the same object when the run is all it had. */
export function cutTo<S extends ShotContent>(shot: S, run: readonly Unit[], keepsAction: boolean): S {
  const lines = run.flatMap((unit) => unit.line ?? []);
  const elementIds = run.flatMap((unit) => unit.elementId ?? []);
  const whole =
    lines.length === shot.lines.length &&
    lines.every((line, i) => line === shot.lines[i]) &&
    elementIds.length === shot.elementIds.length &&
    elementIds.every((id, i) => id === shot.elementIds[i]);
  if (whole) return shot;
  return { ...shot, ...withSource(shot, lines, elementIds, keepsAction ? shot.action : '') };
}
