// A revision as a parsed document, kept cut by episode.
import { getBlob, putBlob } from '../platform/blob.ts';
import { commit, putting } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { outlineOf } from '../revision/outline.ts';
import { loadRevision, RevisionEntity, type RevisionRow, workKey } from '../revision/store.ts';
import type { Document } from '../script/schema.ts';
import { holding } from '../script/standalone.ts';
import { contentHash, engine } from './cache.ts';

/**
 * Most episodes one piece of work may have. An execution ends at 25,000 events; an episode whose two steps fail five times each
 * and are noted leaves 48 of them. One that waits for room among the functions leaves three more each time; an execution that ends
 * of that is closed like any other that died, and what was done is kept. Source: Step Functions quotas.
 */
const mostEpisodes = 500;

/** The revision, read. Throws what parsing throws; the revision then says why it failed. */
export async function readRevision(
  ctx: Ctx,
  of: { project: string; script: string; revision: number },
): Promise<RevisionRow> {
  const revision = await loadRevision(ctx, of.script, of.revision);
  if (revision.status === 'read') return revision;
  const bytes = await getBlob(ctx, revision.sourceKey);
  if (!bytes) throw notFound();
  try {
    // the grammars are loaded where there is something to read
    const { parse } = await import('../script/index.ts');
    const document = await parse(bytes, revision.fileName);
    if (document.episodes.length > mostEpisodes) throw new Failure('TOO_MANY_EPISODES', { limit: mostEpisodes });
    const documentKey = await keepDocument(ctx, of.project, document);
    return await keepRevision(ctx, revision, {
      status: 'read',
      format: document.format,
      encoding: document.encoding,
      quality: document.quality,
      // a row holds 400 KB; the document keeps every warning
      warnings: document.warnings.slice(0, 200),
      documentKey,
    });
  } catch (error) {
    if (error instanceof Failure && error.status < 500)
      await keepRevision(ctx, revision, { status: 'failed', errorCode: error.code });
    throw error;
  }
}

async function keepRevision(ctx: Ctx, before: RevisionRow, change: Partial<RevisionRow>): Promise<RevisionRow> {
  const next = { ...before, ...change, version: before.version + 1 };
  const put = RevisionEntity.put({ ...next, format: next.format ?? undefined }).where(({ version }, { eq }) =>
    eq(version, before.version),
  );
  await commit(ctx, {
    rows: [putting(ctx.stores.core, put)],
    facts: [
      {
        type: 'script.revised',
        subject: before.script,
        project: before.project,
        detail: { revision: before.number, status: next.status },
      },
    ],
  });
  return next;
}

/**
 * Writes the document cut by episode; the outline goes last, so that a folder with an outline is whole. Answers the folder.
 * The same bytes under another name may be read otherwise, so format and title name the folder too.
 */
async function keepDocument(ctx: Ctx, project: string, document: Document): Promise<string> {
  const { episodes, ...rest } = document;
  const folder = workKey(ctx, project, 'documents', contentHash(engine.read, rest.sha256, rest.format, rest.title));
  const json = (name: string, value: unknown) => putBlob(ctx, `${folder}/${name}`, JSON.stringify(value));
  await json('document.json', document);
  await json('front.json', { ...rest, episodes: [] });
  const { knownForms } = await import('../breakdown/index.ts');
  await json('known.json', knownForms(document));
  for (const episode of episodes) await json(`episode-${episode.number}.json`, holding(episode, rest));
  await json('outline.json', outlineOf(document));
  return folder;
}
