// Tenants that the platform founds for others, as the directory keeps them: what was asked for, how far it is, and why it failed. All lie
// under one key: they are made by hand, one at a time.
import { Entity } from 'electrodb';
import { patching, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { number, text } from '../platform/keys.ts';
import type { Tier } from '../platform/place.ts';
import type { Limits, NewTenant, PlanName } from '../tenant/index.ts';
import type { Trouble } from './trouble.ts';

export type Onboarding = {
  /** Of the tenant it is for. */
  readonly id: string;
  readonly name: string;
  readonly subdomain?: string | undefined;
  readonly plan: PlanName;
  readonly contract?: Partial<Limits> | undefined;
  readonly locale: NewTenant['locale'];
  /** Address of the owner, who is invited. */
  readonly email: string;
  /** What the tenant is when it is done. */
  readonly opens: 'trial' | 'active';
  readonly tier: Tier;
  readonly status: 'running' | 'failed' | 'done';
  /** The step of the machine that was begun last. */
  readonly step: string;
  readonly failed?: Trouble | undefined;
  /** The tenant was opened once: whatever becomes of a later attempt, it stays. */
  readonly opened?: boolean | undefined;
  /** Counted from 1; each has an execution of its own. */
  readonly attempt: number;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export const OnboardingEntity = new Entity({
  model: { entity: 'directory-onboarding', version: '1', service: 'scriptloom' },
  attributes: {
    id: text,
    name: text,
    subdomain: { type: 'string' },
    plan: text,
    contract: { type: 'any' },
    locale: text,
    email: text,
    opens: text,
    tier: text,
    status: text,
    step: text,
    failed: { type: 'any' },
    opened: { type: 'boolean' },
    attempt: number,
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: {
      pk: { field: 'pk', composite: [], template: 'ONBOARDINGS', casing: 'none' },
      sk: { field: 'sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
  },
});

export async function findOnboarding({ stores }: Pick<Ctx, 'stores'>, id: string): Promise<Onboarding | undefined> {
  const { data } = await OnboardingEntity.get({ id }).go({ ...stores.directory, consistent: true });
  return (data as Onboarding | null) ?? undefined;
}

/** The onboarding of a tenant. Throws NOT_FOUND. */
export async function loadOnboarding(ctx: Pick<Ctx, 'stores'>, id: string): Promise<Onboarding> {
  const row = await findOnboarding(ctx, id);
  if (!row) throw notFound();
  return row;
}

/** At most `size` of them that began before one, the newest first. */
export async function onboardingsBefore({ stores }: Pick<Ctx, 'stores'>, behind: string | undefined, size: number) {
  const all = OnboardingEntity.query.primary({});
  const query = behind === undefined ? all.begins({ id: '' }) : all.lt({ id: behind });
  const { data } = await query.go({ ...stores.directory, limit: size, order: 'desc' });
  return data as Onboarding[];
}

/** A new one; the commit throws PLACE_TAKEN where the id of a place was used before. */
export const onboardingOpening = (ctx: Ctx, row: Onboarding): Write =>
  putting(
    ctx.stores.directory,
    OnboardingEntity.create({ ...row, failed: undefined }),
    () => new Failure('PLACE_TAKEN', { place: row.id }),
  );

/** Another attempt, on condition that nobody else begins one at this moment. */
export const onboardingAgain = (ctx: Ctx, { id, version, attempt }: Onboarding): Write =>
  patching(
    ctx.stores.directory,
    OnboardingEntity.patch({ id })
      .set({
        status: 'running',
        step: 'requested',
        attempt: attempt + 1,
        version: version + 1,
        updatedAt: ctx.now(),
      })
      .remove(['failed'])
      .where((row, { eq }) => eq(row.version, version)),
  );

type Moved = Partial<Pick<Onboarding, 'status' | 'step' | 'failed' | 'opened'>>;

/** The next state of the attempt that runs; the commit throws `outrun` when that is over, or another one runs. */
export const onboardingMoving = (ctx: Ctx, id: string, attempt: number, next: Moved, outrun: Failure): Write =>
  patching(
    ctx.stores.directory,
    OnboardingEntity.patch({ id })
      .set({ ...next, updatedAt: ctx.now() } as object)
      .add({ version: 1 })
      .where((row, { eq }) => `${eq(row.attempt, attempt)} AND ${eq(row.status, 'running')}`),
    () => outrun,
  );

/** It is over, and so is the tenant. */
export const onboardingEnding = ({ stores }: Ctx, id: string): Write =>
  removing(stores.directory, OnboardingEntity.delete({ id }));
