// Lengths that can be filmed: long enough for the lines, at most 15 seconds, cut at lines and then at punctuation.
import type { ComposedShot } from '../schema.ts';
import { fitting, LONGEST, lasting, spoken } from '../timing.ts';
import type { Unit } from '../units.ts';

/** A run of one shot as it is, or cut into as many runs as its lines need. */
export function fitted(run: readonly Unit[]): Unit[][] {
  if (spoken(run.flatMap((unit) => unit.line ?? [])) <= LONGEST) return [[...run]];
  const runs: Unit[][] = [];
  let filled = 0;
  for (const unit of run.flatMap(cut)) {
    const need = unit.line === undefined ? 0 : spoken([unit.line]);
    const last = runs.at(-1);
    if (last !== undefined && filled + need <= LONGEST) last.push(unit);
    else runs.push([unit]);
    filled = last !== undefined && filled + need <= LONGEST ? filled + need : need;
  }
  return runs;
}

/** Parts of a line that each fit a shot; they are counted anew over all shots afterwards. */
function cut(unit: Unit): Unit[] {
  const { line } = unit;
  if (line === undefined) return [unit];
  const texts = fitting(line.text);
  return texts.length === 1 ? [unit] : texts.map((text) => ({ ...unit, line: { ...line, text } }));
}

/** A shot that lasts as long as its lines need, and no longer than a model can make. */
export function timed(shot: ComposedShot): ComposedShot {
  const need = shot.lines.length === 0 ? 0 : lasting(shot.lines, '');
  const asked = shot.duration > 0 ? shot.duration : lasting(shot.lines, shot.action);
  const duration = Math.min(LONGEST, Math.max(asked, need));
  return duration === shot.duration ? shot : { ...shot, duration };
}
