// A tenant's word on models: which for which work, whose keys, whether drafts do, how many calls at once.
import { Entity } from 'electrodb';
import * as z from 'zod';
import { commit, putting } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { byTenant, json, number, text } from '../platform/keys.ts';
import type { ModelChoice } from './ai.ts';
import { type Use, uses } from './call.ts';
import { providerIds } from './schema.ts';

const called = providerIds.filter((id) => id !== 'builtin');
export const CalledProvider = z.enum(called);
const Choice = z.object({ provider: CalledProvider, model: z.string().trim().min(1).max(200) });
export const Chain = z.array(Choice).max(5);

/** Whose keys run: the tenant's own and then the platform's, or only one kind. */
const Keys = z.enum(['own_first', 'own_only', 'platform_only']);

export const Policy = z.object({
  /** Asked one after the other; the platform's usual models where it is empty. */
  models: Chain,
  /** Other models for one kind of work. */
  modelsFor: z.partialRecord(z.enum(uses), Chain),
  keys: Keys,
  /** When every model failed, the built-in engine's draft is taken. */
  drafts: z.boolean(),
  /** Calls at once, by provider. */
  slots: z.partialRecord(CalledProvider, z.int().min(1).max(200)),
});
export type Policy = z.infer<typeof Policy>;

/** Calls of one tenant to one provider at once, where its policy says nothing. */
export const usualSlots = 8;

const usual: Policy = { models: [], modelsFor: {}, keys: 'own_first', drafts: true, slots: {} };

const PolicyEntity = new Entity({
  model: { entity: 'ai-policy', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, policy: json, version: number, updatedAt: number },
  indexes: { primary: { pk: byTenant, sk: { field: 'sk', composite: [], template: 'AIPOLICY', casing: 'none' } } },
});

type Versioned = { readonly policy: Policy; readonly version: number };

/** The policy with its version; 0 where the tenant has set none. */
export async function policyOf(ctx: Ctx): Promise<Versioned> {
  const { data } = await PolicyEntity.get({ tenant: ctx.tenant }).go({ ...ctx.stores.core, consistent: true });
  return data ? { policy: Policy.parse(data.policy), version: data.version } : { policy: usual, version: 0 };
}

/** Models for a kind of work, in order. */
export const chainOf = (policy: Policy, use: Use, platform: readonly ModelChoice[]): readonly ModelChoice[] =>
  [policy.modelsFor[use], policy.models].find((chain) => chain?.length) ?? platform;

/** The policy at the version a change was based on. Throws VERSION_REQUIRED, STALE_VERSION. */
export async function policyAt(ctx: Ctx, version: number | undefined): Promise<Versioned> {
  if (version === undefined) throw new Failure('VERSION_REQUIRED');
  const before = await policyOf(ctx);
  mustBeAt(before, version);
  return before;
}

/** Puts another policy in the place of `before`, with its audit line. */
export async function savePolicy(ctx: Ctx, before: Versioned, policy: Policy) {
  const version = before.version + 1;
  const next = { tenant: ctx.tenant, policy, version, updatedAt: ctx.now() };
  const put =
    before.version === 0
      ? PolicyEntity.create(next)
      : PolicyEntity.put(next).where((row, { eq }) => eq(row.version, before.version));
  await commit(ctx, {
    rows: [putting(ctx.stores.core, put)],
    audit: { object: ctx.tenant, before: before.policy, after: policy },
  });
  return { ...policy, version };
}
