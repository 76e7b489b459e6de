// Closing begins: the tenant is read only, its time of grace runs, and a machine waits for its end. Not a verb: owners and the platform ask for it.
import { commit, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { newId } from '../platform/id.ts';
import * as Tenant from '../tenant/index.ts';
import {
  type Closure,
  closingAlready,
  closureAgain,
  closureOpening,
  findClosure,
  isAbandoned,
  nameHashOf,
  nothingYet,
} from './closure.ts';

/** `version`: of the tenant, as the caller saw it; undefined: whatever there is. */
type Asked = Pick<Closure, 'by' | 'reason'> & { readonly version?: number | undefined };

/** From which status a tenant may be closed. */
const closable: ReadonlySet<Tenant.TenantStatus> = new Set(['trial', 'active', 'suspended']);

/**
 * Closes ctx.tenant; `along`: rows of the same commit. Where a closing has failed or is carried out by nobody, the platform's next one goes on with it.
 * Throws NOT_FOUND, STATUS_REFUSED, CLOSING_ALREADY, STALE_VERSION.
 */
export async function beginClosing(ctx: Ctx, asked: Asked, along: readonly Write[] = []): Promise<Closure> {
  const known = await findClosure(ctx, ctx.tenant);
  if (known?.phase === 'closed') throw new Failure('STATUS_REFUSED', { from: 'closed', to: 'closing' });
  if (known && (asked.by !== 'platform' || !isAbandoned(known, ctx.now()))) throw closingAlready(known.until);
  return known ? goOn(ctx, known, asked, along) : open(ctx, asked, along);
}

const requested = (ctx: Ctx, closing: string) => ({
  type: 'tenant.closing_requested' as const,
  subject: ctx.tenant,
  detail: { closing },
});

async function open(ctx: Ctx, { by, reason, version }: Asked, along: readonly Write[]): Promise<Closure> {
  const before = await Tenant.load(ctx);
  mustBeAt(before, version);
  const { status: from, name } = before;
  if (!closable.has(from)) throw new Failure('STATUS_REFUSED', { from, to: 'closing' });
  const at = ctx.now();
  const until = at + ctx.stores.closing.graceSeconds * 1000;
  const { tenant } = ctx;
  const nameHash = nameHashOf(tenant, name);
  const id = newId('cls', at);
  const closure: Closure = { tenant, id, phase: 'grace', by, reason, from, at, until, nameHash, ...nothingYet };
  await commit(ctx, {
    rows: [
      Tenant.saving(ctx, before, { status: 'closing', closesAt: until }),
      Tenant.amending(ctx, { status: 'closing' }),
      closureOpening(ctx, closure),
      ...along,
    ],
    audit: { object: tenant, before: { status: from }, after: { status: 'closing', until, by, reason } },
    facts: [requested(ctx, id)],
  });
  return closure;
}

/** The tenant's own rows may be gone: nothing is asked of them. */
async function goOn(ctx: Ctx, known: Closure, { reason }: Asked, along: readonly Write[]): Promise<Closure> {
  const id = newId('cls', ctx.now());
  await commit(ctx, {
    rows: [closureAgain(ctx, known, id), ...along],
    audit: { object: ctx.tenant, before: { closing: known.id }, after: { closing: id, reason } },
    facts: [requested(ctx, id)],
  });
  return { ...known, id, failed: undefined };
}
