// Reading scripts: bytes of any format in, one document out.
import { createHash } from 'node:crypto';
import { Failure } from '../platform/failure.ts';
import type { Assembly } from './assembly.ts';
import { formatOf, textFormat } from './formats/detect.ts';
import type { Reading } from './formats/reading.ts';
import { readText } from './formats/text.ts';
import { readParagraphs } from './grammars/paragraphs.ts';
import { readGrammar } from './grammars/pick.ts';
import { languageOf } from './language.ts';
import type { Document, ScriptFormat } from './schema.ts';
import { sourceOf } from './source.ts';

export { formatOf } from './formats/detect.ts';
export { decodeText } from './formats/text.ts';
export * from './schema.ts';

/** Largest file read, in bytes. */
export const FILE_LIMIT = 50 * 1024 * 1024;

export type ParseOptions = {
  /** Title to use instead of the one in the script or the file name. */
  readonly title?: string;
};

/**
 * Reads a script file. The content decides what it is; `fileName` helps where it does not say, and is the title of last resort.
 * Throws Failure: EMPTY_FILE, BINARY_FILE, FILE_TOO_LARGE, UNSUPPORTED_FILE_TYPE, TOO_MANY_SCENES, TOO_MANY_LINES,
 * DOCX_DAMAGED, DOCX_TOO_LARGE, DOCX_ENCRYPTED, FDX_DAMAGED, FDX_ENTITIES, PDF_DAMAGED, PDF_ENCRYPTED, SCANNED_PDF.
 */
export async function parse(bytes: Uint8Array, fileName: string, options: ParseOptions = {}): Promise<Document> {
  if (bytes.length > FILE_LIMIT) throw new Failure('FILE_TOO_LARGE', { limit_bytes: FILE_LIMIT });
  const format = formatOf(bytes, fileName);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return documentOf(await readFormat(bytes, format), { format, sha256, fileName, ...options });
}

/** Reads script text that is in memory already; `fileName` tells Fountain and Markdown. Throws Failure as `parse` does. */
export function parseText(text: string, options: ParseOptions & { readonly fileName?: string } = {}): Document {
  if (text.trim() === '') throw new Failure('EMPTY_FILE');
  const named = textFormat(options.fileName ?? '');
  const sha256 = createHash('sha256').update(text).digest('hex');
  const format = named === 'fdx' ? 'txt' : named;
  return documentOf({ text, encoding: 'utf-8', warnings: [] }, { format, sha256, fileName: '', ...options });
}

// The other readers are loaded when a file asks for them: most scripts are plain text.
async function readFormat(bytes: Uint8Array, format: ScriptFormat): Promise<Reading> {
  if (format === 'docx') return (await import('./formats/docx.ts')).readDocx(bytes);
  if (format === 'fdx') return (await import('./formats/fdx.ts')).readFdx(bytes);
  if (format === 'pdf') return (await import('./formats/pdf/index.ts')).readPdf(bytes);
  return readText(bytes);
}

type File = {
  readonly format: ScriptFormat;
  readonly sha256: string;
  readonly fileName: string;
  readonly title?: string;
};

function documentOf(reading: Reading, { format, sha256, fileName, title }: File): Document {
  const source = sourceOf(reading.text);
  const { assembly, known } = reading.paragraphs
    ? readParagraphs(source, reading.paragraphs, languageOf(reading.text))
    : readGrammar(source, format);
  for (const { code, values } of reading.warnings) assembly.warnings.add(code, values);
  const document = assembly.finish({ format, encoding: reading.encoding, sha256 }, known);
  document.title = title || document.title || fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '');
  addPages(document, assembly, reading);
  return document;
}

/** PDF: the page of each element, and the furniture of the pages as lines after the last one. */
function addPages(document: Document, assembly: Assembly, { pages, furniture }: Reading): void {
  if (pages !== undefined) {
    for (const episode of document.episodes)
      for (const element of [...episode.elements, ...episode.scenes.flatMap((scene) => scene.elements)]) {
        const page = pages[element.line - 1];
        if (page !== undefined) element.page = page;
      }
  }
  for (const [index, text] of (furniture ?? []).entries()) {
    document.notes.push({ line: assembly.source.total + index + 1, kind: 'layout', text });
    document.quality.lines++;
  }
}
