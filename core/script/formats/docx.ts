// Word: the paragraphs of word/document.xml as lines. Deleted text, field codes, comments and headers are no script.
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { Failure } from '../../platform/failure.ts';
import { languageOf } from '../language.ts';
import { bodyLines, type Skipped } from './docx-body.ts';
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
  const { lines, skipped } = bodyLines(body);
  const text = lines.join('\n');
  if (text.trim() === '') throw new Failure('EMPTY_FILE');
  const values = { reason: leftOut(skipped, languageOf(text)) };
  return { text, encoding: 'utf-8', warnings: skipped.length === 0 ? [] : [{ code: 'docx_skipped', values }] };
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

const leftOut = (parts: readonly Skipped[], language: 'zh' | 'en') =>
  language === 'zh'
    ? `Word 文件中的${parts.map(([zh]) => zh).join('、')}未作为剧本读取。`
    : `Not read as script: ${parts.map(([, en]) => en).join(', ')} of the Word file.`;
