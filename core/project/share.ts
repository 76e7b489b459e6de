import * as z from 'zod';
import { sharing } from '../member/directory.ts';
import * as Member from '../member/index.ts';
import { commit } from '../platform/commit.ts';
import { mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { Share, ShareProject } from './schema.ts';
import { giving, taking } from './sharing.ts';
import { load, sharesOf, shownShare } from './store.ts';

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
