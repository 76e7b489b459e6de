// Texts that came in requests and lie in the bucket, each once in a project however many revisions are made of it: a row for each says how
// many bytes of the quota it takes.
import { Entity } from 'electrodb';
import { commit, patching, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { byTenant, number, text } from '../platform/keys.ts';
import { everything } from '../platform/page.ts';
import * as Tenant from '../tenant/index.ts';

/** `version`: one more with each revision that is made of it, so that none is made of a text that is taken away at that moment. */
type TextRow = {
  readonly tenant: string;
  readonly project: string;
  readonly name: string;
  readonly bytes: number;
  readonly version: number;
};

const TextEntity = new Entity({
  model: { entity: 'source-text', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, project: text, name: text, bytes: number, version: number },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['project', 'name'], template: 'TEXT#${project}#${name}', casing: 'none' },
    },
  },
});

const nameOf = (sourceKey: string): string => sourceKey.slice(sourceKey.lastIndexOf('/') + 1);

/** The row of a text; undefined where none takes its bytes. */
export async function findText(ctx: Ctx, project: string, sourceKey: string): Promise<TextRow | undefined> {
  const key = { tenant: ctx.tenant, project, name: nameOf(sourceKey) };
  const { data } = await TextEntity.get(key).go({ ...ctx.stores.core, consistent: true });
  return data ?? undefined;
}

/**
 * The rows that belong into the commit of a revision made of this text: the first takes its bytes. Throws QUOTA_EXCEEDED, before the text is
 * stored; the commit throws it too, and BUSY where the text comes or goes at this moment.
 */
export async function keepingText(ctx: Ctx, project: string, sourceKey: string, bytes: number): Promise<Write[]> {
  const { tenant, stores } = ctx;
  const name = nameOf(sourceKey);
  const busy = () => new Failure('BUSY');
  if (await findText(ctx, project, sourceKey))
    return [patching(stores.core, TextEntity.patch({ tenant, project, name }).add({ version: 1 }), busy)];
  await Tenant.mustBeLeft(ctx, 'storage', bytes);
  return [
    putting(stores.core, TextEntity.create({ tenant, project, name, bytes, version: 1 }), busy),
    await Tenant.reserving(ctx, 'storage', bytes),
  ];
}

/** Takes the row of a text away and gives its bytes back, once. Throws STALE_VERSION where a revision was made of it since it was read. */
export const forgetText = (ctx: Ctx, row: TextRow): Promise<void> =>
  commit(ctx, { rows: [dropping(ctx, row), Tenant.releasing(ctx, 'storage', row.bytes)] });

/** Takes away the rows of all texts of a project that is purged, and gives their bytes back. Cut off, it goes on with what is left. */
export async function purgeTexts(ctx: Ctx, project: string): Promise<void> {
  const query = TextEntity.query.primary({ tenant: ctx.tenant, project });
  for (const row of await everything<TextRow>(ctx, query, TextEntity)) await forgetText(ctx, row);
}

const dropping = (ctx: Ctx, { tenant, project, name, version: read }: TextRow): Write =>
  removing(
    ctx.stores.core,
    TextEntity.remove({ tenant, project, name }).where(({ version }, { eq }) => eq(version, read)),
  );
