import { commit } from '../platform/commit.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { mustAssign } from './assign.ts';
import { reassigning } from './directory.ts';
import { counting } from './owners.ts';
import { ChangeRole, Member } from './schema.ts';
import { load, saving, shown } from './store.ts';

export const changeRole = verb({
  name: 'member.change_role',
  summary:
    'Gives a member another role; it holds within 30 seconds. Owners are made and lowered by owners, and one stays.',
  needs: 'member:write',
  input: ChangeRole,
  output: Member,
  run: async (ctx, { id, version, role }) => {
    if (version === undefined) throw new Failure('VERSION_REQUIRED');
    const before = await load(ctx, id);
    mustBeAt(before, version);
    mustAssign(ctx, before.role, role);
    if (role === before.role) return shown(before);
    const now = ctx.now();
    await commit(ctx, {
      rows: [saving(ctx, before, { role }, now), reassigning(ctx, id, { role }), ...counting(ctx, before.role, role)],
      audit: { object: id, before: { role: before.role }, after: { role } },
      facts: [{ type: 'member.changed', subject: id, detail: { role } }],
    });
    return shown({ ...before, role, version: before.version + 1, updatedAt: now });
  },
});
