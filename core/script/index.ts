// Reading scripts: bytes of any format in, one document out.
import { createHash } from 'node:crypto';
import { Failure } from '../platform/failure.ts';
import { type Decoded, decodeText } from './formats/text.ts';
import { readGrammar } from './grammars/pick.ts';
import type { Document, ScriptFormat } from './schema.ts';
import { sourceOf } from './source.ts';

export * from './schema.ts';

/** Largest file read, in bytes. */
export const FILE_LIMIT = 50 * 1024 * 1024;

export type ParseOptions = {
  /** Title to use instead of the one in the script or the file name. */
  readonly title?: string;
};

/**
 * Reads a script file. `fileName` serves as title of last resort and as a hint when the content does not say what it is.
 * Throws Failure: EMPTY_FILE, BINARY_FILE, FILE_TOO_LARGE, UNSUPPORTED_FILE_TYPE, TOO_MANY_SCENES, TOO_MANY_LINES and the codes of each format.
 */
export async function parse(bytes: Uint8Array, fileName: string, options: ParseOptions = {}): Promise<Document> {
  if (bytes.length > FILE_LIMIT) throw new Failure('FILE_TOO_LARGE', { limit_bytes: FILE_LIMIT });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return read(decodeText(bytes), { format: formatOf(fileName), sha256, fileName, ...options });
}

/** Reads script text that is in memory already. Throws Failure as `parse` does. */
export function parseText(text: string, options: ParseOptions & { readonly fileName?: string } = {}): Document {
  if (text.trim() === '') throw new Failure('EMPTY_FILE');
  const sha256 = createHash('sha256').update(text).digest('hex');
  return read(
    { text, encoding: 'utf-8', cut: false, lost: 0 },
    { format: formatOf(options.fileName ?? ''), sha256, fileName: '', ...options },
  );
}

/** The format a name promises; text without a telling name is txt. */
function formatOf(fileName: string): ScriptFormat {
  const extension = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase();
  if (extension === 'md' || extension === 'markdown') return 'md';
  return extension === 'fountain' || extension === 'spmd' ? 'fountain' : 'txt';
}

type File = {
  readonly format: ScriptFormat;
  readonly sha256: string;
  readonly fileName: string;
  readonly title?: string;
};

function read({ text, encoding, cut, lost }: Decoded, { format, sha256, fileName, title }: File): Document {
  const { assembly, known } = readGrammar(sourceOf(text), format);
  if (cut) assembly.warnings.add('cut_character');
  if (lost > 0) assembly.warnings.add('encoding_loss', { count: lost, encoding });
  const document = assembly.finish({ format, encoding, sha256 }, known);
  document.title = title || document.title || fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '');
  return document;
}
