// Ending a membership: by somebody else, who can take it back, or by oneself. Tokens for the tenant are refused from then on.
import * as z from 'zod';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import * as Tenant from '../tenant/index.ts';
import { mustAssign } from './assign.ts';
import { reassigning } from './directory.ts';
import { counting } from './owners.ts';
import { Member, RemoveMember, RestoreMember } from './schema.ts';
import { load, loadGone, type MemberRow, saving, shown } from './store.ts';

const ended = z.object({ id: z.string() });

export const remove = verb({
  name: 'member.remove',
  summary: 'Removes a member; calls with the tokens he has are refused within 30 seconds. Can be restored.',
  needs: 'member:write',
  input: RemoveMember,
  output: ended,
  run: async (ctx, { id, version }) => {
    const before = await load(ctx, id);
    mustBeAt(before, version);
    mustAssign(ctx, before.role);
    await gone(ctx, before, 'removed');
    return { id };
  },
});

export const leave = verb({
  name: 'member.leave',
  summary: 'Leaves the organisation. The last owner stays until another is one.',
  needs: 'self',
  input: z.object({}),
  output: ended,
  run: async (ctx) => {
    const { id } = ctx.actor;
    await gone(ctx, await load(ctx, id), 'left');
    return { id };
  },
});

function gone(ctx: Ctx, before: MemberRow, how: 'removed' | 'left'): Promise<void> {
  const { id, role } = before;
  return commit(ctx, {
    rows: [
      saving(ctx, before, { isActive: false, left: how === 'left' }),
      reassigning(ctx, id, { isActive: false }),
      ...counting(ctx, role, null),
      Tenant.releasing(ctx, 'members', 1),
    ],
    audit: { object: id, before: { role }, after: { status: how } },
    facts: [{ type: 'member.changed', subject: id, detail: { status: how } }],
  });
}

export const restore = verb({
  name: 'member.restore',
  summary:
    'Takes the removal of a member back: role and shared projects are what they were. Who left himself is invited again.',
  needs: 'member:write',
  input: RestoreMember,
  output: Member,
  run: async (ctx, { id, version }) => {
    const before = await loadGone(ctx, id);
    mustBeAt(before, version);
    mustAssign(ctx, before.role);
    if (before.left) throw new Failure('MEMBER_LEFT');
    const now = ctx.now();
    await commit(ctx, {
      rows: [
        saving(ctx, before, { isActive: true }, now),
        reassigning(ctx, id, { isActive: true }),
        ...counting(ctx, null, before.role),
        await Tenant.reserving(ctx, 'members', 1),
      ],
      audit: { object: id, before: { status: 'removed' }, after: { role: before.role } },
      facts: [{ type: 'member.changed', subject: id, detail: { status: 'active' } }],
    });
    return shown({ ...before, isActive: true, version: before.version + 1, updatedAt: now });
  },
});
