// The rows that say who a project is shared with, among the project's own; the directory is told beside them (core/member/directory.ts).
import { putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { ProjectRole } from '../platform/permission.ts';
import { ShareEntity, type ShareRow } from './store.ts';

/** @param before the share there is, which is changed on condition that it still stands so; none where there is none. */
export function giving(ctx: Ctx, project: string, member: string, role: ProjectRole, before?: ShareRow): Write {
  const row: ShareRow = {
    tenant: ctx.tenant,
    project,
    member,
    role,
    sharedBy: ctx.actor.id,
    sharedAt: ctx.now(),
    version: (before?.version ?? 0) + 1,
  };
  const put = ShareEntity.put(row).where(({ version }, { eq, notExists }) =>
    before ? eq(version, before.version) : notExists(version),
  );
  return putting(ctx.stores.core, put);
}

export const taking = (ctx: Ctx, project: string, member: string, before?: ShareRow): Write => {
  const share = ShareEntity.delete({ tenant: ctx.tenant, project, member });
  return removing(ctx.stores.core, before ? share.where(({ version }, { eq }) => eq(version, before.version)) : share);
};
