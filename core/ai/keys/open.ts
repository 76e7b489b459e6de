// A tenant's key in plain, for the call that needs it. Remembered for five minutes at most, so that a revoked one ends soon.
import { Failure } from '../../platform/failure.ts';
import type { AiCtx } from '../ai.ts';
import type { KeyRow } from './store.ts';

const rememberedMs = 5 * 60_000;
const remembered = new Map<string, { readonly plain: string; readonly until: number }>();

/** Throws KEY_UNREADABLE when the key service refuses or the seal is broken. */
export async function openKey(ctx: AiCtx, { id, provider, secret, sealed }: KeyRow): Promise<string> {
  const name = `${ctx.tenant}/${id}/${secret}`;
  const now = ctx.now();
  for (const [other, { until }] of remembered) if (until <= now || until > now + rememberedMs) remembered.delete(other);
  const known = remembered.get(name);
  if (known) return known.plain;
  try {
    const plain = await ctx.ai.sealer.open(sealed, { tenant: ctx.tenant, provider });
    remembered.set(name, { plain, until: now + rememberedMs });
    return plain;
  } catch {
    // what the key service says may quote what it was given: it goes no further
    throw new Failure('KEY_UNREADABLE', { key_id: id, provider });
  }
}
