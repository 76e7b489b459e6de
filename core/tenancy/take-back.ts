// A closing is taken back within its grace: the tenant is what it was before. Not a verb: owners and the platform ask for it.
import { commit, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import * as Tenant from '../tenant/index.ts';
import { type Closure, closureEnding, findClosure } from './closure.ts';

/**
 * Ends the closing of ctx.tenant and answers its status; `along`: rows of the same commit. An owner takes back what an owner began.
 * Throws NOT_FOUND, STATUS_REFUSED where nothing is being closed, REOPEN_REFUSED, REOPEN_TOO_LATE, STALE_VERSION.
 */
export async function takeBack(ctx: Ctx, by: Closure['by'], along: readonly Write[] = [], version?: number) {
  const closure = await findClosure(ctx, ctx.tenant);
  if (!closure) {
    const { status } = await Tenant.load(ctx);
    throw new Failure('STATUS_REFUSED', { from: status, to: status });
  }
  if (by === 'owner' && closure.by === 'platform') throw new Failure('REOPEN_REFUSED');
  const { id, from: status, phase, until } = closure;
  if (phase !== 'grace' || until <= ctx.now()) throw new Failure('REOPEN_TOO_LATE');
  const before = await Tenant.load(ctx);
  mustBeAt(before, version);
  await commit(ctx, {
    rows: [
      // the one that decides comes first: its refusal is the one that is told
      closureEnding(ctx, id),
      Tenant.saving(ctx, before, { status, closesAt: undefined }),
      Tenant.amending(ctx, { status }),
      ...along,
    ],
    audit: { object: ctx.tenant, before: { status: 'closing' }, after: { status } },
    facts: [{ type: 'tenant.reopened', subject: ctx.tenant, detail: { closing: id } }],
  });
  return { ...before, status, version: before.version + 1 };
}
