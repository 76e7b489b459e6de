// The script of a project that a text is already: who sends it again means that one.
import type { Ctx } from '../platform/ctx.ts';
import { everything } from '../platform/page.ts';
import { textFormat } from '../script/formats/detect.ts';
import { type Source, textKey, unnamed } from './source.ts';
import { loadRevision, ScriptEntity, type ScriptRow } from './store.ts';
import { findText } from './text.ts';

/**
 * The script whose newest revision is this text under this kind of name, for that tells how it is read; the latest of several. Undefined where
 * there is none: a text that was revised since, or whose script was deleted, is another one. Who gives it another title wants another script.
 */
export async function sameText(
  ctx: Ctx,
  project: string,
  { rawText = '', fileName = unnamed }: Source,
  title: string | undefined,
): Promise<ScriptRow | undefined> {
  const sourceKey = textKey(ctx, project, rawText);
  if (!(await findText(ctx, project, sourceKey))) return undefined;
  const query = ScriptEntity.query.ofProject({ tenant: ctx.tenant, project });
  const active = (await everything<ScriptRow>(ctx, query, ScriptEntity)).filter(
    (row) => row.status === 'active' && (title === undefined || row.title === title),
  );
  const newest = await Promise.all(active.map(({ id, revision }) => loadRevision(ctx, id, revision)));
  return active.findLast((_, at) => {
    const row = newest[at];
    return row?.sourceKey === sourceKey && textFormat(row.fileName) === textFormat(fileName);
  });
}
