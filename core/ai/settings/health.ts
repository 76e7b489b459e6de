// How providers stand: what the breaker knows of each key, what the last test of it said, and how today's calls went.
import * as z from 'zod';
import { Failure } from '../../platform/failure.ts';
import { verb } from '../../platform/verb.ts';
import { type AiCtx, withAi } from '../ai.ts';
import { guarded, type Health, healthOf } from '../breaker.ts';
import { openKey } from '../keys/open.ts';
import { type KeyRow, loadKeys } from '../keys/store.ts';
import { baseUrlOf, type CalledProviderId } from '../models.ts';
import { CalledProvider } from '../policy.ts';
import { codeOfKind } from '../refusal.ts';
import { failureKinds } from '../schema.ts';
import { totalsOf } from '../usage/total.ts';

const AccountHealth = z.object({
  mode: z.enum(['platform', 'byok']),
  keyId: z.string().nullable(),
  keyLabel: z.string().nullable(),
  /** `open`: no call goes out before `retry_at`; `half_open`: the next one tries; `unknown`: it cannot be looked up now. */
  circuit: z.enum(['closed', 'open', 'half_open', 'unknown']),
  /** Failures of the running minute, or that opened the circuit. */
  failures: z.int(),
  lastFailure: z.enum(failureKinds).nullable(),
  /** What work would be told, and its sentence; null while there is nothing wrong. */
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** Ms. */
  retryAt: z.int().nullable(),
  testedAt: z.int().nullable(),
  testCode: z.string().nullable(),
});
type AccountHealth = z.infer<typeof AccountHealth>;

const ProviderHealth = z.object({
  provider: z.string(),
  /** Of the tenant, this day (UTC). */
  today: z.object({ calls: z.int(), failed: z.int() }),
  accounts: z.array(AccountHealth),
});

export const health = verb({
  name: 'provider.health',
  summary: 'How each provider with a key stands: circuit breaker, last failure, last test, calls of today.',
  needs: 'tenant:read',
  input: z.object({}),
  output: z.object({ items: z.array(ProviderHealth) }),
  run: async (plainCtx) => {
    const ctx = withAi(plainCtx);
    const today = new Date(ctx.now()).toISOString().slice(0, 10);
    const [keys, totals] = await Promise.all([loadKeys(ctx), totalsOf(ctx, today, today)]);
    const items = await Promise.all(
      CalledProvider.options.map(async (provider) => {
        const own = totals.filter((row) => row.provider === provider);
        const sum = (field: 'calls' | 'failed') => own.reduce((all, row) => all + row[field], 0);
        return {
          provider,
          today: { calls: sum('calls'), failed: sum('failed') },
          accounts: await accountsOf(ctx, provider, keys),
        };
      }),
    );
    return { items: items.filter(({ accounts }) => accounts.length > 0) };
  },
});

async function accountsOf(ctx: AiCtx, provider: CalledProviderId, keys: readonly KeyRow[]): Promise<AccountHealth[]> {
  const own = keys.filter((key) => key.on && key.provider === provider).map((key) => ownHealth(ctx, key));
  const platform = await ctx.ai.secrets(provider);
  const baseUrl = platform?.baseUrl ?? baseUrlOf(provider);
  if (!platform || !baseUrl) return Promise.all(own);
  const found = await healthOf(ctx, guarded(provider, { baseUrl, key: platform.key }));
  return [...(await Promise.all(own)), { ...untested, mode: 'platform', ...told(ctx, found) }];
}

const untested = { keyId: null, keyLabel: null, testedAt: null, testCode: null };

async function ownHealth(ctx: AiCtx, row: KeyRow): Promise<AccountHealth> {
  const baseUrl = row.baseUrl ?? baseUrlOf(row.provider) ?? '';
  const { testedAt = null, testCode = null } = row;
  const of = { mode: 'byok' as const, keyId: row.id, keyLabel: row.label, testedAt, testCode };
  try {
    const key = await openKey(ctx, row);
    return { ...of, ...told(ctx, await healthOf(ctx, guarded(row.provider, { baseUrl, key }))) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...of, ...told(ctx, undefined), code: error.code, message: error.say(ctx.locale) };
  }
}

function told(ctx: AiCtx, found: Health | undefined) {
  const failure = found?.kind && new Failure(codeOfKind(found.kind));
  return {
    circuit: found?.circuit ?? ('unknown' as const),
    failures: found?.failures ?? 0,
    lastFailure: found?.kind ?? null,
    code: failure?.code ?? null,
    message: failure?.say(ctx.locale) ?? null,
    retryAt: found?.openUntil ?? null,
  };
}
