// A cast line with the lines below it that go on: 人物： above the names, or above a line for each.
import type { Source } from '../../source.ts';
import { castMembers } from './field.ts';
import { unmarked } from './markdown.ts';

const ENTRY = /^[-·•*\s]*[一-龥A-Za-z·]{1,8}\s*[：:（(]\s*(?:男|女|[0-9]{1,3}岁|[一二三四五六七八九十]{1,3}[多来]?岁)/;

/** The words of the lines, who is named, what stood in brackets behind a name, and the index of the last line. */
export type CastLines = ReturnType<typeof castMembers> & { readonly text: string; readonly to: number };

/** Reads on from the cast line at `at`, behind whose word stands `written`. */
export function castLines(
  { lines }: Source,
  at: number,
  written: string,
  isHeading: (at: number) => boolean,
): CastLines {
  let to = at;
  let words = written;
  // 人物： with the names on the next line
  if (words.trim() === '' && !isHeading(at + 1)) {
    const next = unmarked(lines[at + 1] ?? '');
    if (next !== '' && next.length <= 80 && !/[：:。！？△▲※■【]/.test(next)) {
      words = next;
      to++;
    }
  }
  // or with a line for each: 甲：男，30岁
  const people: string[] = [];
  while (words.trim() === '' && !isHeading(to + 1) && ENTRY.test(lines[to + 1] ?? ''))
    people.push(unmarked(lines[++to]!).replace(/^[-·•\s]+/, ''));
  if (people.length > 0)
    words = people.map((person) => person.replace(/^([^：:（(]+)[：:]\s*(.*)$/, '$1（$2）')).join('、');
  return { ...castMembers(words), text: people.length > 0 ? people.join('\n') : words.trim(), to };
}
