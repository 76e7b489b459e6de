// The script a quote is about: as it was read, or read for the quote where that is quickly done.
import { type KnownForms, knownForms } from '../breakdown/index.ts';
import { getBlob, getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { loadRevision, loadScript } from '../revision/store.ts';
import { parse } from '../script/index.ts';
import type { Document } from '../script/schema.ts';

/**
 * Bytes of a source that are read while somebody waits. A season is 200 to 400 KB as text; a docx or pdf of it is rarely above this, and
 * is read in a few seconds.
 */
const quickBytes = 4 * 1024 * 1024;

export type Source = {
  readonly document: Document;
  readonly known: KnownForms;
  /** Absent for text that is not kept yet. */
  readonly script?: string | undefined;
};

/** Throws NOT_FOUND (a script of another project too), SCRIPT_NOT_READ, NOTHING_TO_READ, and what reading a file throws. */
export async function sourceOf(
  ctx: Ctx,
  project: string,
  { scriptId, rawText = '', fileName = 'script.txt' }: Asked,
): Promise<Source> {
  const source = scriptId === undefined ? await typed(rawText, fileName) : await stored(ctx, project, scriptId);
  if (!source.document.episodes.some(({ scenes }) => scenes.length > 0)) throw new Failure('NOTHING_TO_READ');
  return source;
}

type Asked = {
  readonly scriptId?: string | undefined;
  readonly rawText?: string | undefined;
  readonly fileName?: string | undefined;
};

const typed = (text: string, fileName: string): Promise<Source> => readNow(new TextEncoder().encode(text), fileName);

async function readNow(bytes: Uint8Array, fileName: string): Promise<Source> {
  if (bytes.length > quickBytes)
    throw new Failure('SCRIPT_NOT_READ', { size_bytes: bytes.length, limit_bytes: quickBytes });
  const document = await parse(bytes, fileName);
  return { document, known: knownForms(document) };
}

async function stored(ctx: Ctx, project: string, scriptId: string): Promise<Source> {
  const script = await loadScript(ctx, scriptId);
  if (script.project !== project) throw notFound();
  const revision = await loadRevision(ctx, scriptId, script.revision);
  const { documentKey: folder, sourceKey, size, fileName } = revision;
  if (!folder) {
    // its size is known without fetching it
    if (size > quickBytes) throw new Failure('SCRIPT_NOT_READ', { size_bytes: size, limit_bytes: quickBytes });
    const bytes = await getBlob(ctx, sourceKey);
    if (!bytes) throw notFound();
    return { ...(await readNow(bytes, fileName)), script: scriptId };
  }
  const [document, known] = await Promise.all([
    getJson<Document>(ctx, `${folder}/document.json`),
    getJson<KnownForms>(ctx, `${folder}/known.json`),
  ]);
  if (!document || !known) throw notFound();
  return { document, known, script: scriptId };
}
