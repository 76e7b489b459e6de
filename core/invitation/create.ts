import { mustAssign } from '../member/assign.ts';
import { findByEmail } from '../member/store.ts';
import { commit, putting } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { newId } from '../platform/id.ts';
import { verb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import * as Project from '../project/index.ts';
import * as Tenant from '../tenant/index.ts';
import { mailed } from './mail.ts';
import { Invite, Invited } from './schema.ts';
import {
  closing,
  hashOf,
  holderOf,
  InvitationEntity,
  type InvitationRow,
  isOpen,
  newCode,
  opening,
  saving,
  shown,
} from './store.ts';

const dayMs = 86_400_000;

export const create = verb({
  name: 'invitation.create',
  summary:
    'Invites an address: with a role in the organisation, or as a guest of some projects. The code is mailed, and shown this once.',
  needs: 'member:write',
  input: Invite,
  output: Invited,
  run: async (ctx, { email, role, projects, days }) => {
    mustAssign(ctx, role);
    if (role === 'guest' && projects.length === 0)
      throw new Failure('INVALID_REQUEST', {
        reason: words('projects：访客至少要有一个项目', 'projects: a guest is invited to at least one project'),
      });
    await Promise.all(projects.map(({ projectId }) => Project.load(ctx, projectId)));
    const now = ctx.now();
    const code = newCode();
    const row: InvitationRow = {
      tenant: ctx.tenant,
      id: newId('inv', now),
      email,
      role,
      projects,
      status: 'open',
      hash: hashOf(code),
      invitedBy: ctx.actor.id,
      expiresAt: now + days * dayMs,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    if (await findByEmail(ctx, email)) throw new Failure('ALREADY_MEMBER', { email });
    await letGo(ctx, email);
    await commit(ctx, {
      rows: [
        putting(ctx.stores.core, InvitationEntity.create(row)),
        ...opening(ctx, row),
        await Tenant.reserving(ctx, 'members', 1),
      ],
      audit: { object: row.id, after: { email, role, projects } },
    });
    return { ...shown(row, now), code, mailed: await mailed(ctx, row, code) };
  },
});

/** An invitation past its time no longer holds its address and its seat. */
async function letGo(ctx: Ctx, email: string): Promise<void> {
  const before = await holderOf(ctx, email);
  if (!before || isOpen(before, ctx.now())) return;
  await commit(ctx, {
    rows: [saving(ctx, before, { status: 'revoked' }), ...closing(ctx, before), Tenant.releasing(ctx, 'members', 1)],
    audit: { object: before.id, before: { status: 'expired' }, after: { status: 'revoked' } },
  });
}
