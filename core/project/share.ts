import * as z from 'zod';
import { findMembership, sharing } from '../member/directory.ts';
import * as Member from '../member/index.ts';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { Share, ShareProject } from './schema.ts';
import { giving, taking } from './sharing.ts';
import { load, loadSome, sharesOf, shownShare } from './store.ts';

const roleOf = { view: 'viewer', edit: 'editor', none: 'none' } as const;

export const share = verb({
  name: 'project.share',
  summary:
    'Shares a project with a member: what the role gives holds in this project, if the one in the organisation gives less; none takes it back.',
  needs: 'project:write',
  input: ShareProject,
  output: z.object({ projectId: z.string(), sharedWith: z.array(Share) }),
  run: async (ctx, { id, version, memberId, access, role: asked }) => {
    const role = asked ?? roleOf[access];
    await load(ctx, id);
    await Member.load(ctx, memberId);
    const before = (await sharesOf(ctx, id)).find(({ member }) => member === memberId);
    mustBeAt(before ?? { version: 0 }, version);
    const change = role === 'none' ? taking(ctx, id, memberId, before) : giving(ctx, id, memberId, role, before);
    const write = () =>
      commit(ctx, {
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
    try {
      await write();
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'TOO_MANY_SHARES') || !(await forgotten(ctx, memberId)))
        throw error;
      await write();
    }
    return { projectId: id, sharedWith: (await sharesOf(ctx, id)).map(shownShare) };
  },
});

/** Takes from a member what was shared of projects that were purged since; answers how many those were. */
async function forgotten(ctx: Ctx, member: string): Promise<number> {
  const shared = Object.keys((await findMembership(ctx, member, ctx.tenant))?.projects ?? {});
  const there = new Set((await loadSome(ctx, shared)).map(({ id }) => id));
  const gone = shared.filter((project) => !there.has(project));
  // all of them lie in one row, which a commit writes once
  for (const project of gone) await commit(ctx, { rows: [sharing(ctx, member, project, undefined)] });
  return gone.length;
}
