import { commit } from '../platform/commit.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import { mustAssign } from './assign.ts';
import { reassigning } from './directory.ts';
import { Member, Transfer } from './schema.ts';
import { load, saving, shown } from './store.ts';

export const transfer = verb({
  name: 'member.transfer',
  summary: 'Hands ownership over to another member; who hands it over stays as an administrator.',
  needs: 'tenant:write',
  input: Transfer,
  output: Member,
  run: async (ctx, { memberId, version }) => {
    mustAssign(ctx, 'owner');
    const [from, to] = await Promise.all([load(ctx, ctx.actor.id), load(ctx, memberId)]);
    // the role of the call may be some seconds old, and who was lowered meanwhile has nothing to hand over
    mustAssign(from, 'owner');
    mustBeAt(to, version);
    if (to.role === 'owner')
      throw new Failure('CONFLICT', { reason: words('该成员已是所有者', 'this member is an owner already') });
    const now = ctx.now();
    await commit(ctx, {
      rows: [
        saving(ctx, from, { role: 'admin' }),
        reassigning(ctx, from.id, { role: 'admin' }),
        saving(ctx, to, { role: 'owner' }, now),
        reassigning(ctx, to.id, { role: 'owner' }),
      ],
      audit: { object: to.id, before: { owner: from.id }, after: { owner: to.id } },
      facts: [from, to].map(({ id }) => ({ type: 'member.changed' as const, subject: id })),
    });
    return shown({ ...to, role: 'owner', version: to.version + 1, updatedAt: now });
  },
});
