// The rows that say who a project is shared with, among the project's own; the directory is told beside them (core/member/directory.ts).
import { putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { ProjectRole } from '../platform/permission.ts';
import { ShareEntity, type ShareRow } from './store.ts';

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
