import * as z from 'zod';
import * as Member from '../member/index.ts';
import { commit, putting, removing } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { verb } from '../platform/verb.ts';
import { Share, ShareProject } from './schema.ts';
import { load, ShareEntity, type ShareRow, sharesOf, shownShare } from './store.ts';

export const share = verb({
  name: 'project.share',
  summary: 'Shares a project with a person of the tenant, to view or to edit; access none takes it back.',
  needs: 'project:write',
  input: ShareProject,
  output: z.object({ projectId: z.string(), sharedWith: z.array(Share) }),
  run: async (ctx, { id, memberId, access }) => {
    await load(ctx, id);
    await Member.load(ctx, memberId);
    const before = (await sharesOf(ctx, id)).find(({ member }) => member === memberId);
    const change = access === 'none' ? taking(ctx, id, memberId) : giving(ctx, id, memberId, access);
    await commit(ctx, {
      rows: [change],
      audit: {
        object: id,
        project: id,
        before: { member: memberId, access: before?.access ?? 'none' },
        after: { member: memberId, access },
      },
      facts: [{ type: 'project.shared', subject: id, project: id, detail: { member: memberId, access } }],
    });
    return { projectId: id, sharedWith: (await sharesOf(ctx, id)).map(shownShare) };
  },
});

function giving(ctx: Ctx, project: string, member: string, access: Share['access']) {
  const row: ShareRow = {
    tenant: ctx.tenant,
    project,
    member,
    access,
    sharedBy: ctx.actor.id,
    sharedAt: ctx.now(),
  };
  return putting(ctx.stores.core, ShareEntity.put(row));
}

const taking = (ctx: Ctx, project: string, member: string) =>
  removing(ctx.stores.core, ShareEntity.delete({ tenant: ctx.tenant, project, member }));
