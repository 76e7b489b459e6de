// How many pieces of work a tenant may have running at once. The count moves with the tasks it counts, in their transactions.
import { Entity } from 'electrodb';
import { patching, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { byTenant, number, text } from '../platform/keys.ts';

const RoomEntity = new Entity({
  model: { entity: 'running-tasks', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, running: number },
  indexes: { primary: { pk: byTenant, sk: { field: 'sk', composite: [], template: 'USAGE#TASKS', casing: 'none' } } },
});

/** Takes a place; the commit throws TOO_MANY_TASKS when all `limit` are taken. */
export async function takingRoom(ctx: Ctx, limit: number): Promise<Write> {
  const { core } = ctx.stores;
  const { data } = await RoomEntity.get({ tenant: ctx.tenant }).go({ ...core, consistent: true });
  if (!data) return putting(core, RoomEntity.create({ tenant: ctx.tenant, running: 1 }), () => new Failure('BUSY'));
  const taken = RoomEntity.patch({ tenant: ctx.tenant })
    .add({ running: 1 })
    .where(({ running }, { lt }) => lt(running, limit));
  return patching(core, taken, () => new Failure('TOO_MANY_TASKS', { limit }));
}

/** Gives a place back. Belongs into the transaction that ends the task, so that it happens once. */
export const givingRoom = (ctx: Ctx): Write =>
  patching(ctx.stores.core, RoomEntity.patch({ tenant: ctx.tenant }).add({ running: -1 }));
