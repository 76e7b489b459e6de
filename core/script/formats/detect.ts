// Which format some bytes are: by their first bytes, then their content, then the name. A wrong extension is tolerated when the content is clear.
import { Failure } from '../../platform/failure.ts';
import type { ScriptFormat } from '../schema.ts';

/** One character per byte; TextDecoder's latin1 is Windows-1252 and changes 0x80 to 0x9f. */
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** The format of a file. Throws UNSUPPORTED_FILE_TYPE and DOCX_ENCRYPTED for what is recognised and not read, and EMPTY_FILE. */
export function formatOf(bytes: Uint8Array, fileName: string): ScriptFormat {
  if (bytes.length === 0) throw new Failure('EMPTY_FILE');
  const head = latin(bytes.subarray(0, 2048));
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return 'docx';
  if (head.slice(0, 1024).includes('%PDF-')) return 'pdf';
  if (head.startsWith('\xd0\xcf\x11\xe0')) throw ole(bytes);
  const binary = BINARY.find(([magic]) => magic.test(head));
  if (binary) throw new Failure('UNSUPPORTED_FILE_TYPE', { type: binary[1] });
  const words = withoutZeros(head);
  if (/<FinalDraft[\s>]/.test(words) || (/^\W*<\?xml/.test(words) && extensionOf(fileName) === 'fdx')) return 'fdx';
  if (/^\W*<(?:!doctype html|html[\s>])/i.test(words)) throw new Failure('UNSUPPORTED_FILE_TYPE', { type: 'html' });
  return textFormat(fileName);
}

const BINARY: readonly (readonly [RegExp, string])[] = [
  [/^\{\\rtf/, 'rtf'],
  [/^\x89PNG/, 'png'],
  [/^\xff\xd8\xff/, 'jpeg'],
  [/^GIF8/, 'gif'],
  [/^RIFF....WEBP/s, 'webp'],
  [/^....ftyp/s, 'mp4'],
  [/^ID3/, 'mp3'],
  [/^Rar!/, 'rar'],
  [/^7z\xbc\xaf/, '7z'],
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  [/^\x1f\x8b/, 'gzip'],
];

/** The format a name promises for text; without a telling name it is txt. */
export function textFormat(fileName: string): ScriptFormat {
  const extension = extensionOf(fileName);
  if (extension === 'md' || extension === 'markdown') return 'md';
  if (extension === 'fountain' || extension === 'spmd') return 'fountain';
  return extension === 'fdx' ? 'fdx' : 'txt';
}

const extensionOf = (fileName: string) => /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';

/** UTF-16 text looks like Latin text with zeros between. */
const withoutZeros = (head: string) => head.replace(/\0/g, '');

/** Old office container: an old .doc, or a .docx behind a password. */
function ole(bytes: Uint8Array): Failure {
  const names = withoutZeros(latin(bytes.subarray(0, 1024 * 1024)));
  if (names.includes('EncryptedPackage') || names.includes('WordDocument')) return new Failure('DOCX_ENCRYPTED');
  const type = names.includes('Workbook') ? 'xls' : names.includes('PowerPoint') ? 'ppt' : 'ole';
  return new Failure('UNSUPPORTED_FILE_TYPE', { type });
}
