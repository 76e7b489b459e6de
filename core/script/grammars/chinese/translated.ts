// Scripts in two languages: each line with its English below it. The Chinese one is read, its translation kept as a note.
import type { Source } from '../../source.ts';
import { castOf, fieldKind } from './field.ts';
import { labelOf } from './label.ts';

const HAN = /\p{Script=Han}/u;
/** Two words at least, or one with a mark: What? */
const ENGLISH = /[A-Za-z]{2,}[^A-Za-z]+[A-Za-z]|[A-Za-z]{2,}[.!?…]/;
/** Lin Xia (backing off): … */
const LABEL = /^([A-Za-z][A-Za-z .'’-]{0,30}?)\s*(?:\([^()]{1,40}\)\s*)?[:：]/;
/** 麦克：（英语） has its words below it. */
const UNSAID = /[：:]\s*(?:[（(][^（()）]*[）)])?$/;
/** A script with fewer such lines has somebody who speaks English. */
const FEWEST = 4;
/** Longer lines are not looked at. */
const LONGEST = 500;

/** Whether the line at an index is the translation of the one right above: in a script most of whose Chinese lines have one. Linear in the lines. */
export function translations({ lines, numbers }: Source): (at: number) => boolean {
  const isHan = lines.map((line) => HAN.test(line.length > LONGEST ? line.slice(0, LONGEST) : line));
  const isEnglish = (at: number) =>
    at > 0 &&
    !isHan[at] &&
    isHan[at - 1] === true &&
    numbers[at] === numbers[at - 1]! + 1 &&
    ENGLISH.test(lines[at]!.slice(0, LONGEST)) &&
    !UNSAID.test(lines[at - 1]!.slice(-60));
  const below = lines.flatMap((_, at) => (isEnglish(at) ? [at] : []));
  if (below.length < FEWEST) return () => false;
  const speakers = englishNames(lines, below);
  const isBelow = (at: number) => {
    if (!isEnglish(at)) return false;
    const name = LABEL.exec(lines[at]!)?.[1];
    return name === undefined || speakers.has(name) || isField(lines[at - 1]!);
  };
  const chinese = isHan.filter(Boolean).length;
  return below.filter(isBelow).length * 2 < chinese ? () => false : isBelow;
}

/**
 * The English names of two people at least, each always below one and the same Chinese name. Mike: … below what 甲 says and below what 乙
 * says is Mike's answer.
 */
function englishNames(lines: readonly string[], below: readonly number[]): ReadonlySet<string> {
  const names = new Map<string, Set<string>>();
  for (const at of below) {
    const name = LABEL.exec(lines[at]!)?.[1];
    if (name === undefined || isField(lines[at - 1]!)) continue;
    const above = labelOf(lines[at - 1]!)?.name ?? '';
    names.set(name, (names.get(name) ?? new Set()).add(above));
  }
  const same = [...names].filter(([, above]) => above.size === 1 && !above.has(''));
  const chinese = new Set(same.flatMap(([, above]) => [...above]));
  return new Set(chinese.size > 1 ? same.map(([name]) => name) : []);
}

const isField = (line: string) => fieldKind(labelOf(line)?.name ?? '') !== undefined || castOf(line) !== undefined;
