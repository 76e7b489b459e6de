// Lines of pages to lines of text: indents and empty lines come back, speeches and paragraphs cut by a page are joined again.
import { castMembers, castOf } from '../../grammars/chinese/field.ts';
import { withoutColumns } from './columns.ts';
import type { PageLine } from './page.ts';

export type Laid = { text: string; pages: number[]; dropped: string[] };

const CONTINUED = /^(.*?)\s*\((?:CONT(?:'|’|INUE)?D?\.?|CONTINUED)\)$/i;

/** English pages: every line with its indent in characters and empty lines where the page leaves room. */
export function layScreenplay(pages: readonly (readonly PageLine[])[]): Laid {
  const spacing = usualSpacing(pages);
  const left = leftMargin(pages.flat());
  const all = pages.flatMap((lines) => withoutColumns(lines, spacing, left));
  const laid: Laid = { text: '', pages: [], dropped: [] };
  const out: string[] = [];
  let speaker = '';
  let before: PageLine | undefined;
  const put = (text: string, page: number) => {
    out.push(text);
    laid.pages.push(page);
  };
  for (const line of all) {
    const indent = Math.max(0, Math.round((line.x - left) / (line.size * 0.6)));
    const crossing = before !== undefined && before.page !== line.page;
    const again = line.text.length > 120 ? undefined : CONTINUED.exec(line.text)?.[1];
    // NAME (CONT'D) at the top of a page repeats who is speaking
    if (crossing && again !== undefined && again === speaker) {
      laid.dropped.push(line.text);
      before = { ...line, x: before!.x, text: before!.text };
      continue;
    }
    const apart =
      line.apart ??
      (crossing ? !runsOn(before!, line, left) : before !== undefined && before.y - line.y > spacing * 1.45);
    if (apart) put('', line.page);
    put(`${' '.repeat(Math.min(indent, 60))}${line.text}`, line.page);
    if (indent >= 15 && line.text.length <= 120 && line.text === line.text.toUpperCase())
      speaker = line.text.replace(/\s*\(.*\)$/, '');
    before = line;
  }
  laid.text = out.join('\n');
  return laid;
}

/** Whether the first line of a page goes on with the paragraph or speech of the last line before. */
function runsOn(before: PageLine, line: PageLine, left: number): boolean {
  if (Math.abs(before.x - line.x) > line.size) return false;
  const setIn = line.x - left > line.size * 3;
  return setIn
    ? line.text !== line.text.toUpperCase()
    : !/[.!?:"”’)…*-]$/.test(before.text) || /^[a-z]/.test(line.text);
}

/** The commonest distance between neighbouring lines, in points. */
function usualSpacing(pages: readonly (readonly PageLine[])[]): number {
  const counts = new Map<number, number>();
  for (const lines of pages) {
    for (let i = 1; i < lines.length; i++) {
      const distance = Math.round((lines[i - 1]!.y - lines[i]!.y) * 2) / 2;
      if (distance > 2) counts.set(distance, (counts.get(distance) ?? 0) + 1);
    }
  }
  const common = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 3);
  const most = common[0]?.[1] ?? 0;
  // where paragraphs of one line prevail the wider distance is as common: the smaller one is the line's
  return Math.min(...common.filter(([, times]) => times * 3 >= most).map(([distance]) => distance), 1e6);
}

/** The leftmost edge at which at least one line in twenty begins. */
function leftMargin(lines: readonly PageLine[]): number {
  const counts = new Map<number, number>();
  for (const { x } of lines) counts.set(Math.round(x), (counts.get(Math.round(x)) ?? 0) + 1);
  const usual = [...counts].filter(([, times]) => times * 20 >= lines.length).map(([x]) => x);
  return usual.length === 0 ? 0 : Math.min(...usual);
}

const OPENS =
  /^(?:[△▲※■●◆【（(♪]|第.{1,6}[集场幕]|[0-9]+[-—.][0-9]|(?:出场)?人物[：:]|[0-9一二三四五六七八九十]{1,3}[、.．])/;
const LABEL = /^([^，。！？；…：:（(]{1,10})(?:[（(][^）)]*[）)])?\s*[：:]/;
/** 沈青 你好。 */
const SPACED = /^([^\s，。！？；…：:（(]{1,10})\s+\S/;
const ENDS = /[。！？…：:；”」』）)】.!?]$/;

/** Chinese pages: a line that fills the column goes on in the next one, unless that one opens something new. */
export function layChinese(pages: readonly (readonly PageLine[])[]): Laid {
  const all = pages.flat();
  const right = all.reduce((most, line) => Math.max(most, line.right), 0);
  const left = leftMargin(all);
  const spacing = usualSpacing(pages);
  const labels = new Map<string, number>();
  const people = new Set<string>();
  for (const { text } of all) {
    const label = LABEL.exec(text)?.[1];
    if (label !== undefined) labels.set(label, (labels.get(label) ?? 0) + 1);
    for (const name of castMembers(castOf(text) ?? '').names) people.add(name);
  }
  const speaks = (label: string | undefined, text: string) =>
    (label !== undefined && labels.get(label)! > 1) || people.has(label ?? SPACED.exec(text)?.[1] ?? '');
  const laid: Laid = { text: '', pages: [], dropped: [] };
  const out: string[] = [];
  let before: PageLine | undefined;
  for (const line of all) {
    const label = LABEL.exec(line.text)?.[1];
    const opens = OPENS.test(line.text) || speaks(label, line.text) || line.x - left > line.size * 1.5;
    const full = before !== undefined && before.right >= right - before.size * 2.2;
    const near = before !== undefined && (before.page !== line.page || before.y - line.y <= spacing * 1.6);
    if (full && near && !(opens || (label !== undefined && ENDS.test(before!.text)))) {
      out[out.length - 1] +=
        /[A-Za-z0-9,.]$/.test(out.at(-1)!) && /^[A-Za-z0-9]/.test(line.text) ? ` ${line.text}` : line.text;
    } else {
      out.push(line.text);
      laid.pages.push(line.page);
    }
    before = line;
  }
  laid.text = out.join('\n');
  return laid;
}
