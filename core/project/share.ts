import * as z from 'zod';
import { sharing } from '../member/directory.ts';
import * as Member from '../member/index.ts';
import { commit, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { ProjectRole } from '../platform/permission.ts';
import { verb } from '../platform/verb.ts';
import { Share, ShareProject } from './schema.ts';
import { load, ShareEntity, type ShareRow, sharesOf, shownShare } from './store.ts';

const roleOf = { view: 'viewer', edit: 'editor', none: 'none' } as const;

export const share = verb({
  name: 'project.share',
  summary:
    'Shares a project with a member: what the role gives holds in this project, if the one in the organisation gives less; none takes it back.',
  needs: 'project:write',
  input: ShareProject,
  output: z.object({ projectId: z.string(), sharedWith: z.array(Share) }),
  run: async (ctx, { id, memberId, access, role: asked }) => {
    const role = asked ?? roleOf[access];
    await load(ctx, id);
    await Member.load(ctx, memberId);
    const before = (await sharesOf(ctx, id)).find(({ member }) => member === memberId);
    const change = role === 'none' ? taking(ctx, id, memberId) : giving(ctx, id, memberId, role);
    await commit(ctx, {
      rows: [change, sharing(ctx, memberId, id, role === 'none' ? undefined : role)],
      audit: {
        object: id,
        project: id,
        before: { member: memberId, role: before?.role ?? 'none' },
        after: { member: memberId, role },
      },
      facts: [
        { type: 'project.shared', subject: id, project: id, detail: { member: memberId, role } },
        { type: 'member.changed', subject: memberId },
      ],
    });
    return { projectId: id, sharedWith: (await sharesOf(ctx, id)).map(shownShare) };
  },
});

/** The row that says so among the project's own; the directory is told beside it. */
export function giving(ctx: Ctx, project: string, member: string, role: ProjectRole): Write {
  const row: ShareRow = {
    tenant: ctx.tenant,
    project,
    member,
    role,
    sharedBy: ctx.actor.id,
    sharedAt: ctx.now(),
  };
  return putting(ctx.stores.core, ShareEntity.put(row));
}

export const taking = (ctx: Ctx, project: string, member: string): Write =>
  removing(ctx.stores.core, ShareEntity.delete({ tenant: ctx.tenant, project, member }));
