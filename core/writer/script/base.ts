// The script that is written on: its text as it was uploaded, and the document it is.
import { getBlob } from '../../platform/blob.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure, notFound } from '../../platform/failure.ts';
import { loadRevision, type RevisionRow } from '../../revision/store.ts';
import type { Document } from '../../script/schema.ts';

export type Base = {
  /** Decoded; offsets of the document's elements are of it. */
  readonly text: string;
  /** How its lines end. */
  readonly feed: '\n' | '\r\n';
  /** What stood before the text: a byte order mark, or nothing. */
  readonly mark: string;
  /** How it was named when it was uploaded: the name helps to tell what it is. */
  readonly fileName: string;
  readonly document: Document;
};

/** Bytes. A season is 200 to 400 KB as text; what is larger takes longer to read than a request may last. */
const mostRead = 4 * 1024 * 1024;

/**
 * The revision to write on. Throws SCRIPT_NOT_TEXT for one that is no text (what is uploaded as Word, PDF or Final Draft cannot be changed in
 * part and stay what it is), FILE_TOO_LARGE, NOTHING_TO_READ, NOT_FOUND, and why it cannot be read.
 */
export async function baseOf(ctx: Ctx, script: string, revision: number): Promise<Base> {
  const row = await loadRevision(ctx, script, revision);
  if (row.size > mostRead) throw new Failure('FILE_TOO_LARGE', { limit_bytes: mostRead });
  const bytes = await getBlob(ctx, row.sourceKey);
  if (!bytes) throw notFound();
  return asBase(bytes, row);
}

async function asBase(bytes: Uint8Array, { fileName }: Pick<RevisionRow, 'fileName'>): Promise<Base> {
  // the grammars are loaded where there is something to read
  const { decodeText, formatOf, parseText } = await import('../../script/index.ts');
  const format = formatOf(bytes, fileName);
  if (!texts.has(format)) throw new Failure('SCRIPT_NOT_TEXT', { format });
  const { text } = decodeText(bytes);
  const document = parseText(text, { fileName });
  if (!document.episodes.some(({ scenes }) => scenes.length > 0)) throw new Failure('NOTHING_TO_READ');
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return {
    text,
    feed: text.includes('\r\n') ? '\r\n' : '\n',
    mark: isMarked ? '\ufeff' : '',
    fileName,
    document,
  };
}

const texts: ReadonlySet<string> = new Set(['txt', 'md', 'fountain']);
