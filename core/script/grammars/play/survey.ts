// Finds acts, scenes and cues of a play before it is read, so that the table of contents is not taken for the play.
import type { Source } from '../../source.ts';
import { gap } from '../screenplay/hidden.ts';
import { actLine, type Division, sceneLine } from './heading.ts';

export type PlayMark = { readonly at: number; readonly kind: 'act' | 'scene'; readonly division: Division };

const CUE_ALONE = /^([A-Z][A-Z’'\-. ]*[A-Z])\s*(?:[[(]([^\])]*)[\])])?\s*[.:]\s*(?:[[(]([^\])]*)[\])])?$/;
const CUE_INLINE = /^([A-Z][A-Z’'\-. ]*[A-Z])\s*(?:[[(]([^\])]*)[\])])?\s*[.:]\s+(?=\S)/;
const NO_CUE = /^(?:ACT|SCENE|THE PROLOGUE|PROLOGUE|EPILOGUE|CURTAIN|THE END|END|EXEUNT|EXIT|FINIS|CONTENTS)\b/;

export type PlayCue = { readonly name: string; readonly paren: string; readonly said: string };

/** `ROMEO.` on its own line, or `LANE. I didn't think it polite.` with the words behind it. */
export function playCue(line: string): PlayCue | undefined {
  const first = line.charCodeAt(0);
  if (first < 65 || first > 90 || NO_CUE.test(line)) return undefined;
  const alone = line.length > 80 ? null : CUE_ALONE.exec(line);
  const match = alone ?? CUE_INLINE.exec(line.slice(0, 120));
  if (!match || match[1]!.length > 40) return undefined;
  const paren = [match[2], match[3]]
    .filter((part) => part !== undefined)
    .join('; ')
    .replace(/_/g, '');
  return { name: match[1]!.trim(), paren, said: alone ? '' : line.slice(match[0].length) };
}

/** Acts and scenes in order, entries of a table of contents left out, and where the script begins. */
export function surveyPlay(source: Source): { marks: PlayMark[]; start: number } {
  const found: PlayMark[] = [];
  const cues: number[] = [];
  source.lines.forEach((line, at) => {
    const act = actLine(line);
    const scene = act ? undefined : sceneLine(line);
    if (act && (gap(source, at) === 'empty' || line.startsWith('ACT'))) found.push({ at, kind: 'act', division: act });
    else if (scene) found.push({ at, kind: 'scene', division: scene });
    else if (playCue(line)) cues.push(at);
  });
  const marks = withoutContents(found, cues);
  return { marks, start: startOf(source, marks, found) };
}

/** An entry of a table of contents has no speech before the next entry, and comes again further down. */
function withoutContents(found: readonly PlayMark[], cues: readonly number[]): PlayMark[] {
  const last = new Map<string, number>();
  let act = 0;
  const keys = found.map((mark, index) => {
    if (mark.kind === 'act') act = mark.division.number;
    const key = mark.kind === 'act' ? `act ${act}` : `scene ${act}.${mark.division.number}`;
    last.set(key, index);
    return key;
  });
  const spoken = (from: number, to: number) => cues.filter((at) => at > from && at < to).length > 3;
  return found.filter((mark, index) => {
    if (last.get(keys[index]!) === index) return true;
    return index < 100 && spoken(mark.at, found[index + 1]?.at ?? Number.POSITIVE_INFINITY);
  });
}

/** The first act or scene, or a prologue that stands between the contents and it. */
function startOf(source: Source, marks: readonly PlayMark[], found: readonly PlayMark[]): number {
  const first = marks[0]?.at ?? source.lines.length;
  const contents = found.filter((mark) => mark.at < first).at(-1)?.at ?? -1;
  for (let at = first - 1; at > contents; at--) if (/^(?:THE )?PROLOGUE\.?$/i.test(source.lines[at]!)) return at;
  return first;
}
