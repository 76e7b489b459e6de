// Founding a tenant for somebody: it is asked for, looked at, and begun again where it failed. The work is a machine's.
import { commit } from '../platform/commit.ts';
import { Failure } from '../platform/failure.ts';
import { newTenantId } from '../platform/id.ts';
import { noteAlone } from '../platform/note.ts';
import { cursorAt, placeOfCursor } from '../platform/page.ts';
import * as Tenancy from '../tenancy/index.ts';
import * as Tenant from '../tenant/index.ts';
import { forTenant, platformVerb } from './platform.ts';
import { ById, ListOnboardings, Onboard, Onboarding, OnboardingPage } from './schema.ts';
import { reasonOf } from './trouble.ts';

const requested = (id: string, attempt: number) => ({
  type: 'tenant.onboarding_requested' as const,
  subject: id,
  detail: { attempt },
});

const shown = (ctx: Parameters<typeof reasonOf>[0], { subdomain, failed, ...row }: Tenancy.Onboarding) => ({
  ...row,
  subdomain: subdomain ?? null,
  failed: failed ? reasonOf(ctx, failed) : null,
});

export const onboard = platformVerb({
  name: 'platform.onboard',
  summary:
    'Founds a tenant for somebody, in the pool or in a prepared place, and invites its owner. Its progress is read by its id.',
  input: Onboard,
  output: Onboarding,
  run: async (ctx, { place, subdomain, contract, ...asked }) => {
    const now = ctx.now();
    const id = place ?? newTenantId(now);
    if (subdomain !== undefined && (Tenant.isReserved(subdomain) || (await Tenant.findBySubdomain(ctx, subdomain))))
      throw new Failure('SUBDOMAIN_TAKEN', { subdomain });
    if (place !== undefined && (await Tenant.findEntry(ctx, place))) throw new Failure('PLACE_TAKEN', { place });
    const begun = {
      status: 'running',
      step: 'requested',
      attempt: 1,
      version: 1,
      createdAt: now,
      updatedAt: now,
    } as const;
    const row = { id, ...asked, subdomain, contract, ...begun };
    await commit(ctx, {
      rows: [Tenancy.onboardingOpening(ctx, row)],
      audit: { object: id, after: { ...asked, subdomain: subdomain ?? null, ...(contract && { contract }) } },
      facts: [requested(id, 1)],
    });
    return shown(ctx, row);
  },
});

export const onboarding = platformVerb({
  name: 'platform.onboarding',
  summary: 'How far the onboarding of a tenant is, and why it failed.',
  input: ById,
  output: Onboarding,
  run: async (ctx, { id }) => {
    const row = await Tenancy.loadOnboarding(ctx, id);
    await noteAlone(ctx, { object: id });
    return shown(ctx, row);
  },
});

const about = 'platform.onboardings';

export const onboardings = platformVerb({
  name: 'platform.onboardings',
  summary: 'Tenants that were founded for somebody, newest first.',
  input: ListOnboardings,
  output: OnboardingPage,
  run: async (ctx, { cursor, size }) => {
    const behind = cursor === undefined ? undefined : placeOfCursor(ctx, about, cursor).place;
    const rows = await Tenancy.onboardingsBefore(ctx, behind, size + 1);
    const page = rows.slice(0, size);
    const last = rows.length > size ? page.at(-1) : undefined;
    await noteAlone(ctx, { object: ctx.tenant, after: { found: page.map(({ id }) => id) } });
    return {
      items: page.map((row) => shown(ctx, row)),
      nextCursor: last ? cursorAt(ctx, about, last.id, page.length) : null,
    };
  },
});

/** Ms after which an attempt that says nothing is dead: the machine ends by itself before (statemachines/tenant-onboarding.asl.json). */
const longest = 3_600_000;

export const retryOnboarding = platformVerb({
  name: 'platform.retry_onboarding',
  summary:
    'Begins an onboarding again that failed; of one that is done, whose owner has not come in, sends the invitation again.',
  input: ById,
  output: Onboarding,
  run: async (ctx, { id }) => {
    const row = await Tenancy.loadOnboarding(ctx, id);
    if (row.status === 'running' && ctx.now() - row.updatedAt < longest)
      throw new Failure('ONBOARDING_RUNNING', { step: row.step });
    // a tenant that is on its way out is not founded again
    if (row.opened && (await Tenancy.findClosure(ctx, id)))
      throw new Failure('STATUS_REFUSED', { from: 'closing', to: 'onboarding' });
    if (row.status === 'done' && (await Tenancy.hasOwner(await forTenant(ctx, id), row)))
      throw new Failure('ONBOARDING_DONE');
    const attempt = row.attempt + 1;
    await commit(ctx, {
      rows: [Tenancy.onboardingAgain(ctx, row)],
      audit: { object: id, before: { status: row.status, step: row.step }, after: { attempt } },
      facts: [requested(id, attempt)],
    });
    return shown(ctx, {
      ...row,
      status: 'running',
      step: 'requested',
      failed: undefined,
      attempt,
      updatedAt: ctx.now(),
    });
  },
});
