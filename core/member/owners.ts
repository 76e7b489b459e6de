// How many owners a tenant has. The count moves with the owners it counts, in their transactions, so that one always stays.
import { Entity } from 'electrodb';
import { patching, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { byTenant, text } from '../platform/keys.ts';

const OwnersEntity = new Entity({
  model: { entity: 'owners', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, owners: { type: 'number' } },
  indexes: { primary: { pk: byTenant, sk: { field: 'sk', composite: [], template: 'OWNERS', casing: 'none' } } },
});

/** The row begins with the founder. */
const more = (ctx: Ctx): Write =>
  patching(ctx.stores.core, OwnersEntity.upsert({ tenant: ctx.tenant }).add({ owners: 1 }));

/** The commit throws LAST_OWNER when no other is left. */
const fewer = (ctx: Ctx): Write =>
  patching(
    ctx.stores.core,
    OwnersEntity.patch({ tenant: ctx.tenant })
      .add({ owners: -1 })
      .where(({ owners }, { gt }) => gt(owners, 1)),
    () => new Failure('LAST_OWNER'),
  );

/** What a change of a role does to the count; `null` is no role: somebody who comes or goes. */
export const counting = (ctx: Ctx, before: string | null, after: string | null): Write[] => [
  ...(before !== 'owner' && after === 'owner' ? [more(ctx)] : []),
  ...(before === 'owner' && after !== 'owner' ? [fewer(ctx)] : []),
];
