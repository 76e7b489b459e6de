// What bytes really are, by how they begin. A name and a type are only claims.
import { type Words, words } from '../platform/words.ts';

/** Signatures of what is not text: bytes at an offset. Sources: the file formats' own specifications. */
const signatures: readonly (readonly [kind: string, offset: number, bytes: string])[] = [
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['webp', 8, 'WEBP'],
  ['gif', 0, 'GIF8'],
  ['zip', 0, 'PK\x03\x04'],
  ['zip', 0, 'PK\x05\x06'],
  ['mp4', 4, 'ftyp'],
  ['webm', 0, '\x1a\x45\xdf\xa3'],
  ['ole', 0, '\xd0\xcf\x11\xe0'],
  ['rar', 0, 'Rar!'],
  ['gzip', 0, '\x1f\x8b'],
  ['7z', 0, '7z\xbc\xaf'],
  ['elf', 0, '\x7fELF'],
  ['exe', 0, 'MZ\x90\0'],
];

/** Extension → the kind its bytes must be; what is not here is text. */
const expected: Readonly<Record<string, string>> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  webp: 'webp',
  mp4: 'mp4',
  mov: 'mp4',
  webm: 'webm',
  pdf: 'pdf',
  docx: 'zip',
  xlsx: 'zip',
  zip: 'zip',
};

/** How many bytes of the beginning are looked at. */
export const headBytes = 1024;

/** What the bytes are: one of the known kinds, `text`, or `binary`. */
export function kindOf(head: Uint8Array): string {
  const start = Buffer.from(head.subarray(0, headBytes)).toString('latin1');
  const known = signatures.find(([, offset, bytes]) => start.startsWith(bytes, offset));
  if (known) return known[0];
  // PDF readers look for the header anywhere in the first kilobyte
  if (start.includes('%PDF-')) return 'pdf';
  const wide = start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff');
  return !wide && start.includes('\0') ? 'binary' : 'text';
}

/** Why the bytes are not what the extension says, or undefined when they are. */
export function disguise(extension: string, head: Uint8Array): Words | undefined {
  const [wanted, kind] = [expected[extension] ?? 'text', kindOf(head)];
  if (wanted === kind) return undefined;
  return words(
    `内容是 ${kind}，与扩展名不符（应为 ${wanted}）；请改用正确的扩展名，或另存为扩展名所说的格式`,
    `the content is ${kind}, not ${wanted}; give the file the extension of what it is, or save it as what its name says`,
  );
}
