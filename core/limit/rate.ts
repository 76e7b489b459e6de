// Who is limited and by how much.
import { burstOf } from './window.ts';

/** One who may come so often in a minute. `of`: what he is called in the refusal. */
export type Limited = {
  readonly of: 'tenant' | 'member' | 'key' | 'address';
  readonly id: string;
  readonly limit: number;
  /** Most at once, where it is not what follows from the limit. */
  readonly burst?: number;
};

/** Of a tenant's rate, one member or key may use six tenths, and so of its burst: the others are not shut out by one (docs/adr/0008, 12). */
const share = 0.6;

/** The limits that hold for a signed-in call. `own`: what a key is given at most, where it says. */
export function limitsOfCall(
  who: { readonly tenant: string; readonly actor: { readonly kind: string; readonly id: string } },
  perMinute: number,
  own = Infinity,
): Limited[] {
  const mine = Math.max(1, Math.min(Math.floor(perMinute * share), own));
  const of = who.actor.kind === 'key' ? 'key' : 'member';
  return [
    { of: 'tenant', id: who.tenant, limit: perMinute, burst: Math.ceil(burstOf(perMinute * share) / share) },
    { of, id: who.actor.id, limit: mine },
  ];
}

/** What the caller is told of his rate: seconds in `reset`. */
export type Told = { readonly limit: number; readonly remaining: number; readonly reset: number };
