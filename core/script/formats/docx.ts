// Word: the paragraphs of word/document.xml as lines. Deleted text, field codes, comments and headers are no script.
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { Failure } from '../../platform/failure.ts';
import type { Reading } from './reading.ts';
import { decodeText } from './text.ts';
import { child, declaresEntities, type Node, xmlRoot } from './xml.ts';

/** Most bytes word/document.xml may unpack to. A season of 100 episodes is about 10 MB of XML. */
export const DOCX_LIMIT = 48 * 1024 * 1024;

const MAIN = /^word\/document[0-9]*\.xml$/;
const STEP = 64 * 1024;

/** Reads a DOCX file. Throws UNSUPPORTED_FILE_TYPE for other zip files, DOCX_TOO_LARGE, DOCX_DAMAGED, EMPTY_FILE. */
export function readDocx(bytes: Uint8Array): Reading {
  const xml = decodeText(unpack(bytes)).text;
  if (declaresEntities(xml)) throw new Failure('DOCX_DAMAGED');
  let body: Node | undefined;
  try {
    body = child(xmlRoot(xml), 'w:body');
  } catch (error) {
    throw new Failure('DOCX_DAMAGED', {}, error);
  }
  if (body === undefined) throw new Failure('DOCX_DAMAGED');
  const skipped = new Set<string>();
  const lines = linesOf(body, tablesHoldScript(body), skipped);
  const text = lines.join('\n');
  if (text.trim() === '') throw new Failure('EMPTY_FILE');
  const values = { reason: `Word 文件中的${[...skipped].join('、')}未作为剧本读取。` };
  return { text, encoding: 'utf-8', warnings: skipped.size === 0 ? [] : [{ code: 'docx_skipped', values }] };
}

/** Unpacks the main part only, in steps, so that a bomb is stopped by what it really unpacks to, whatever it declares. */
function unpack(bytes: Uint8Array): Uint8Array {
  const names: string[] = [];
  const chunks: Uint8Array[] = [];
  let size = 0;
  let done = false;
  const take = (file: UnzipFile) => {
    names.push(file.name);
    if (!MAIN.test(file.name) || chunks.length > 0) return;
    if ((file.originalSize ?? 0) > DOCX_LIMIT) throw new Failure('DOCX_TOO_LARGE');
    file.ondata = (error, chunk, final) => {
      if (error) throw new Failure('DOCX_DAMAGED', {}, error);
      size += chunk.length;
      if (size > DOCX_LIMIT) throw new Failure('DOCX_TOO_LARGE');
      chunks.push(chunk);
      done = final;
    };
    file.start();
  };
  try {
    const unzip = new Unzip(take);
    unzip.register(UnzipInflate);
    for (let at = 0; at < bytes.length && !done; at += STEP)
      unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure('DOCX_DAMAGED', {}, error);
  }
  if (chunks.length === 0) throw otherZip(names);
  if (!done) throw new Failure('DOCX_DAMAGED');
  return Buffer.concat(chunks, size);
}

/** Which office file a zip without a Word document is. */
function otherZip(names: readonly string[]): Failure {
  const types = { xl: 'xlsx', ppt: 'pptx', 'META-INF': 'epub', 'content.xml': 'odt', 'Index.zip': 'pages' };
  const found = Object.entries(types).find(([start]) => names.some((name) => name.startsWith(start)));
  if (found) return new Failure('UNSUPPORTED_FILE_TYPE', { type: found[1] });
  return names.some((name) => name.startsWith('word/'))
    ? new Failure('DOCX_DAMAGED')
    : new Failure('UNSUPPORTED_FILE_TYPE', { type: 'zip' });
}

/** Elements whose text was never part of the page, or stands there a second time. */
const SKIPPED = new Set([
  'w:del',
  'w:moveFrom',
  'w:instrText',
  'w:delText',
  'mc:Fallback',
  'w:pPr',
  'w:rPr',
  'w:sectPr',
]);
const TOLD: Readonly<Record<string, string>> = {
  'w:footnoteReference': '脚注',
  'w:endnoteReference': '尾注',
  'w:commentReference': '批注',
  'w:drawing': '图片',
  'w:pict': '图片',
  'w:object': '嵌入对象',
};

function linesOf(node: Node, tables: boolean, skipped: Set<string>): string[] {
  return node.children.flatMap((one) => {
    if (one.name === 'w:p') return paragraph(one, tables, skipped);
    if (one.name === 'w:tbl') return tableLines(one, tables, skipped);
    return SKIPPED.has(one.name) ? [] : linesOf(one, tables, skipped);
  });
}

/** One line per line break of a paragraph, then the lines of text boxes anchored in it. */
function paragraph(node: Node, tables: boolean, skipped: Set<string>): string[] {
  const boxes: string[] = [];
  const words = (one: Node): string => {
    if (one.name === '#text' || SKIPPED.has(one.name)) return '';
    if (one.name === 'w:t') return one.children.map((text) => text.text).join('');
    if (one.name === 'w:tab') return '\t';
    if (one.name === 'w:br' || one.name === 'w:cr') return '\n';
    if (one.name === 'w:noBreakHyphen') return '-';
    if (one.name === 'w:txbxContent') {
      boxes.push(...linesOf(one, tables, skipped));
      return '';
    }
    if (one.name === 'w:numPr') skipped.add('自动编号');
    const told = TOLD[one.name];
    if (told !== undefined) skipped.add(told);
    return one.children.map(words).join('');
  };
  // automatic numbers stand in the paragraph's properties
  const numbered = child(child(node, 'w:pPr'), 'w:numPr');
  if (numbered && child(numbered, 'w:numId')?.attributes['w:val'] !== '0') skipped.add('自动编号');
  return [...words(node).split('\n'), ...boxes];
}

/** A table with script in it is read cell by cell; any other row by row, as a table. */
function tableLines(table: Node, cells: boolean, skipped: Set<string>): string[] {
  return rows(table).flatMap((row) => {
    const columns = row.map((cell) => linesOf(cell, cells, skipped));
    if (cells || columns.length === 1) return columns.flat();
    return [`| ${columns.map((lines) => lines.map((line) => line.trim()).join(' ')).join(' | ')} |`];
  });
}

const rows = (table: Node) =>
  table.children.filter((one) => one.name === 'w:tr').map((row) => row.children.filter((one) => one.name === 'w:tc'));

/** True when most paragraphs of the file stand in tables: then the tables are the script. */
function tablesHoldScript(body: Node): boolean {
  const outside = body.children.filter((one) => one.name === 'w:p' && one.children.length > 0).length;
  const inside = body.children
    .filter((one) => one.name === 'w:tbl')
    .flatMap(rows)
    .flat().length;
  return inside > outside;
}
