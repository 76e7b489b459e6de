// The script a quote is about: as it was read, or read for the quote where that is quickly done.
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { documentOf, readNow } from '../revision/content.ts';
import { loadRevision, loadScript } from '../revision/store.ts';
import type { Document } from '../script/schema.ts';

export type Source = {
  readonly document: Document;
  /** Absent for text that is not kept yet. */
  readonly script?: string | undefined;
};

/** Throws NOT_FOUND (a script of another project too), SCRIPT_NOT_READ, NOTHING_TO_READ, and what reading a file throws. */
export async function sourceOf(
  ctx: Ctx,
  project: string,
  { scriptId, rawText = '', fileName = 'script.txt' }: Asked,
): Promise<Source> {
  const document = await (scriptId === undefined
    ? readNow(new TextEncoder().encode(rawText), fileName)
    : newestOf(ctx, project, scriptId));
  if (!document.episodes.some(({ scenes }) => scenes.length > 0)) throw new Failure('NOTHING_TO_READ');
  return { document, script: scriptId };
}

type Asked = {
  readonly scriptId?: string | undefined;
  readonly rawText?: string | undefined;
  readonly fileName?: string | undefined;
};

async function newestOf(ctx: Ctx, project: string, scriptId: string): Promise<Document> {
  const script = await loadScript(ctx, scriptId);
  if (script.project !== project) throw notFound();
  return documentOf(ctx, await loadRevision(ctx, scriptId, script.revision));
}
