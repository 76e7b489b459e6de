// Ending all sign-ins of a person, however many there are.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commit } from '../../../core/platform/commit.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import * as Session from '../../../core/session/index.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

/** Somebody with many sign-ins, the one seen longest ago first. */
async function manySignIns(user: string, many: number) {
  const ctx: Ctx = { ...t.ctx, actor: { kind: 'user', id: user } };
  const authTime = Math.floor(ctx.now() / 1000);
  const ids = Array.from({ length: many }, (_, n) => `${user}-${n}`);
  for (const id of ids) {
    t.pass(1);
    await commit(ctx, { rows: [Session.beginning(ctx, user, id)] });
  }
  const judgement = async (id: string) => (await Session.standing(ctx, user, id, authTime)).judgement;
  const judgements = async () => new Set(await Promise.all(ids.map(judgement)));
  return { ctx, ids, judgement, judgements };
}

describe('more sign-ins than one commit can mark', () => {
  test('all end, are listed no more and cannot be ended again; a new one holds', async () => {
    const { ctx, ids, judgements } = await manySignIns('usr-many', 90);
    expect(await judgements()).toEqual(new Set(['holds']));
    await commit(ctx, { rows: await Session.endingAll(ctx, 'usr-many') });
    expect(await judgements()).toEqual(new Set(['ended']));
    expect((await Session.list(ctx, {})).items).toEqual([]);
    await expect(Session.end(ctx, { id: ids[0] ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    t.pass(1);
    await commit(ctx, { rows: [Session.beginning(ctx, 'usr-many', 'usr-many-new')] });
    expect((await Session.list(ctx, {})).items.map(({ id }) => id)).toEqual(['usr-many-new']);
  });

  test('all end but the one that asks, until it ends too', async () => {
    const { ctx, ids, judgement } = await manySignIns('usr-asks', 90);
    const [asking = '', other = ''] = ids;
    await commit(ctx, { rows: await Session.endingAll(ctx, 'usr-asks', asking) });
    expect([await judgement(asking), await judgement(other), await judgement(ids.at(-1) ?? '')]).toEqual([
      'holds',
      'ended',
      'ended',
    ]);
    // one that was ended by then does not come back by ending the others
    await commit(ctx, { rows: await Session.endingAll(ctx, 'usr-asks', other) });
    expect([await judgement(asking), await judgement(other)]).toEqual(['ended', 'ended']);
  });
});
