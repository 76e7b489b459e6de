// The body of a Word document as lines: paragraphs as they read with all tracked changes accepted, and tables (docx-table.ts).
import { cueOf } from '../grammars/screenplay/cue.ts';
import { columnsBefore, columnsCentred, isCentred, isMark } from './docx-indent.ts';
import { tableLines } from './docx-table.ts';
import { child, type Node } from './xml.ts';

/** A part of the file that is no script, in both languages. */
export type Skipped = readonly [zh: string, en: string];

/** Elements whose text was never part of the page, stands there a second time, or is how a word is said (w:rt of a ruby). */
const SKIPPED = new Set([
  'w:del',
  'w:moveFrom',
  'w:instrText',
  'w:delText',
  'mc:Fallback',
  'w:pPr',
  'w:rPr',
  'w:sectPr',
  'w:rt',
]);
const TOLD: Readonly<Record<string, Skipped>> = {
  'w:footnoteReference': ['脚注', 'footnotes'],
  'w:endnoteReference': ['尾注', 'endnotes'],
  'w:commentReference': ['批注', 'comments'],
  'w:drawing': ['图片', 'pictures'],
  'w:pict': ['图片', 'pictures'],
  'w:object': ['嵌入对象', 'embedded objects'],
};
const NUMBERS: Skipped = ['自动编号', 'automatic numbers'];
const HIDDEN: Skipped = ['隐藏文字', 'hidden text'];

/** The lines of a document's body, and what of it was left out. */
export function bodyLines(body: Node): { lines: string[]; skipped: readonly Skipped[] } {
  const skipped = new Set<Skipped>();
  return { lines: linesOf(body, skipped), skipped: [...skipped] };
}

function linesOf(node: Node, skipped: Set<Skipped>): string[] {
  const lines: string[] = [];
  let joined = false;
  const parts = node.children.flatMap((one) => (SKIPPED.has(one.name) ? [] : { one, more: linesIn(one, skipped) }));
  // what stands in the middle of a cover is no speech
  const cover = Math.max(
    0,
    parts.findIndex(({ more }) => isMark((more[0] ?? '').trim())),
  );
  const centres = centresSpeeches(parts.slice(cover));
  for (const [at, { one, more }] of parts.entries()) {
    if (joined) lines.push((lines.pop() ?? '') + (more.shift() ?? ''));
    const before = one.name === 'w:p' ? columnsBefore(one) : 0;
    const isSet = before === 0 && at >= cover && centres && isCentred(one);
    const set = (line: string) => (isSet ? columnsCentred(line.trim()) : before);
    lines.push(...more.map((line) => (line === '' ? line : ' '.repeat(set(line)) + line)));
    joined = endDeleted(one);
  }
  return lines;
}

/** Whether names stand in the middle of the page and what is said below them too, more than once. */
function centresSpeeches(parts: readonly { readonly one: Node; readonly more: readonly string[] }[]): boolean {
  const speeches = parts.filter(({ one, more }, at) => {
    const below = parts[at + 1];
    const isSaid = isCentred(one) && isCentred(below?.one) && (below?.more[0] ?? '') !== '';
    return isSaid && isName(more[0] ?? '');
  });
  return speeches.length > 1;
}

function linesIn(one: Node, skipped: Set<Skipped>): string[] {
  if (one.name === 'w:p') return setApart(paragraph(one, skipped));
  return one.name === 'w:tbl' ? tableLines(one, (cell) => linesOf(cell, skipped)) : linesOf(one, skipped);
}

/** A name and what is said in one paragraph with line breaks end where it ends: an empty line says so. */
const setApart = (lines: string[]) => (lines.length > 1 && isName(lines[0]!) ? ['', ...lines, ''] : lines);

const isName = (line: string) => /^[^\p{Script=Han}]+$/u.test(line) && cueOf(line.trim(), true) !== undefined;

/** Whether the end of a paragraph was deleted with changes tracked: what follows goes on in the same line. */
const endDeleted = (node: Node) => child(child(child(node, 'w:pPr'), 'w:rPr'), 'w:del') !== undefined;

/** One line per line break of a paragraph, then the lines of text boxes anchored in it. */
function paragraph(node: Node, skipped: Set<Skipped>): string[] {
  const boxes: string[] = [];
  const words = (one: Node): string => {
    if (one.name === '#text' || SKIPPED.has(one.name)) return '';
    if (one.name === 'w:t') return one.children.map((text) => text.text).join('');
    if (one.name === 'w:tab') return '\t';
    if (one.name === 'w:br' || one.name === 'w:cr') return '\n';
    if (one.name === 'w:noBreakHyphen') return '-';
    if (one.name === 'w:txbxContent') {
      boxes.push(...linesOf(one, skipped));
      return '';
    }
    if (one.name === 'w:r' && isOn(child(child(one, 'w:rPr'), 'w:vanish'))) {
      skipped.add(HIDDEN);
      return '';
    }
    if (one.name === 'w:numPr') skipped.add(NUMBERS);
    const told = TOLD[one.name];
    if (told !== undefined) skipped.add(told);
    return one.children.map(words).join('');
  };
  // automatic numbers stand in the paragraph's properties
  const numbered = child(child(node, 'w:pPr'), 'w:numPr');
  if (numbered && child(numbered, 'w:numId')?.attributes['w:val'] !== '0') skipped.add(NUMBERS);
  return [...words(node).split('\n'), ...boxes];
}

/** A property that is there is on, unless it says otherwise. */
const isOn = (property: Node | undefined) =>
  property !== undefined && !/^(?:0|false|off)$/.test(property.attributes['w:val'] ?? '');
