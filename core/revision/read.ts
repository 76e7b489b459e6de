// Reading scripts: lists, one script, its revisions, the parsed document.
import * as z from 'zod';
import { getBlob } from '../platform/blob.ts';
import { Failure, type FailureCode } from '../platform/failure.ts';
import { bytesOf, FileAnswer, mostBytes } from '../platform/file-answer.ts';
import { noteAlone } from '../platform/note.ts';
import { pageThrough } from '../platform/page.ts';
import { sentences } from '../platform/sentences.ts';
import { verb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import * as Project from '../project/index.ts';
import {
  ListRevisions,
  ListScripts,
  Revision,
  RevisionOf,
  RevisionPage,
  Script,
  ScriptId,
  ScriptPage,
} from './schema.ts';
import {
  loadRevision,
  loadScript,
  RevisionEntity,
  type RevisionRow,
  ScriptEntity,
  type ScriptRow,
  shownRevision,
  shownScript,
} from './store.ts';

export const get = verb({
  name: 'script.get',
  summary: 'One script with its newest revision.',
  needs: 'script:read',
  input: ScriptId,
  output: Script.extend({ newest: Revision }),
  run: async (ctx, { id }) => {
    const script = await loadScript(ctx, id);
    return { ...shownScript(script), newest: shownRevision(await loadRevision(ctx, id, script.revision)) };
  },
});

export const list = verb({
  name: 'script.list',
  summary: 'Scripts of a project; those that were deleted and can be restored, where they are asked for.',
  needs: 'script:read',
  input: ListScripts,
  output: ScriptPage,
  run: async (ctx, { projectId, status, ...page }) => {
    await Project.load(ctx, projectId);
    const query = ScriptEntity.query
      .ofProject({ tenant: ctx.tenant, project: projectId })
      .where((row, { eq }) => eq(row.status, status as string));
    const { items, ...rest } = await pageThrough<ScriptRow>(
      ctx,
      { query, reader: ScriptEntity, about: `script.list|${projectId}|${status}` },
      page,
    );
    return { ...rest, items: items.map(shownScript) };
  },
});

export const revisions = verb({
  name: 'script.revisions',
  summary: 'Revisions of a script, newest first.',
  needs: 'script:read',
  input: ListRevisions,
  output: RevisionPage,
  run: async (ctx, { id, ...page }) => {
    await loadScript(ctx, id);
    const query = RevisionEntity.query.primary({ tenant: ctx.tenant, script: id });
    const on = { query, reader: RevisionEntity, about: `script.revisions|${id}`, order: 'desc' as const };
    const { items, ...rest } = await pageThrough<RevisionRow>(ctx, on, page);
    return { ...rest, items: items.map(shownRevision) };
  },
});

export const revision = verb({
  name: 'script.revision',
  summary: 'One revision: format, encoding, quality report and warnings.',
  needs: 'script:read',
  input: RevisionOf,
  output: Revision,
  run: async (ctx, input) => {
    await loadScript(ctx, input.id);
    return shownRevision(await loadRevision(ctx, input.id, input.revision));
  },
});

/** Answers the parsed document as it is stored; it may be megabytes, so it is not put through the envelope. */
export const document = verb({
  name: 'script.document',
  summary:
    'The parsed document of a revision: episodes, scenes, elements with their place in the source, notes and warnings.',
  needs: 'script:read',
  input: z.object({ id: z.string().max(60), revision: z.coerce.number().int().min(1).optional() }),
  output: FileAnswer,
  run: async (ctx, { id, revision: asked }) => {
    const script = await loadScript(ctx, id);
    const row = await loadRevision(ctx, id, asked ?? script.revision);
    if (row.status === 'failed') throw new Failure('CONFLICT', { reason: unread(row.errorCode) });
    if (!row.documentKey)
      throw new Failure('CONFLICT', {
        reason: words(
          '该版本尚未读取，请先调用 /ai/script/parse',
          'the revision is not read yet; start /ai/script/parse',
        ),
      });
    const bytes = await getBlob(ctx, `${row.documentKey}/document.json`);
    if (!bytes) throw new Failure('NOT_FOUND');
    // one that cannot fit is not decoded: it may be a hundred times as large
    const body = bytes.length > mostBytes ? undefined : new TextDecoder().decode(bytes);
    if (body === undefined || bytesOf(body) > mostBytes)
      throw new Failure('CONFLICT', {
        reason: words(
          `文档有 ${bytes.length} 字节，请用 /episodes/{id}/elements 分集读取`,
          `the document has ${bytes.length} bytes; read it by episode at /episodes/{id}/elements`,
        ),
      });
    await noteAlone(ctx, {
      object: id,
      project: script.project,
      after: { revision: row.number, bytes: bytes.length },
    });
    return { fileName: `${script.title}.json`, contentType: 'application/json; charset=utf-8', body };
  },
});

/** Why a revision could not be read: the sentence of its code. */
const unread = (code: string | undefined) => {
  const why = new Failure(code && code in sentences ? (code as FailureCode) : 'NOTHING_TO_READ');
  return words(why.say('zh-CN').replace(/。$/, ''), why.say('en').replace(/\.$/, ''));
};
