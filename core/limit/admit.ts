// Lets a call in, or says when to come again. A table that does not answer stops nobody: rates are for safety and not for the bill.
import { Failure } from '../platform/failure.ts';
import { type Words, words } from '../platform/words.ts';
import { add, type Ended, type Place, takeBack } from './cells.ts';
import type { Limited, Told } from './rate.ts';
import { decide, type Known, leased, nothing } from './window.ts';

type Entry = { known: Known; readonly ended: Ended };

/** What a container has leased, by who is limited. */
export type Limiter = Map<string, Entry>;

/** As many as a container remembers; who is forgotten leases anew. */
const mostKnown = 2000;
/** Ms after which a call is let in without an answer of the table. */
const patienceMs = 1000;

const whoIs: Readonly<Record<Limited['of'], Words>> = {
  tenant: words('组织', 'your organisation'),
  member: words('每位成员', 'one member'),
  key: words('每个密钥', 'one API key'),
  address: words('每个网络地址', 'one address'),
};

/**
 * Takes one of each of these limits, and tells how the narrowest stands; undefined when the table did not answer, which `failed` is told.
 * Throws RATE_LIMITED, and then none of them has lost anything.
 */
export async function admit(
  place: Place,
  limiter: Limiter,
  limits: readonly Limited[],
  failed: (error: unknown) => void,
): Promise<Told | undefined> {
  const now = place.now();
  const entries = limits.map((who) => ({ who, entry: entryOf(limiter, `${place.tenant ?? ''} ${who.of} ${who.id}`) }));
  for (const { who, entry } of entries) {
    const decision = decide(entry.known, who.limit, now);
    if ('admitted' in decision && !decision.admitted) throw refused(who, decision.retryMs);
  }
  try {
    const ended = await Promise.all(entries.map(({ who, entry }) => takeOne(place, who, entry)));
    const [longest] = ended
      .flatMap(({ admitted, retryMs }, at) => (admitted ? [] : [{ who: limits[at]!, retryMs }]))
      .sort((a, b) => b.retryMs - a.retryMs);
    if (longest) {
      for (const [index, { entry }] of entries.entries()) if (ended[index]?.admitted) giveOne(entry);
      throw refused(longest.who, longest.retryMs);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    failed(error);
    return undefined;
  }
  return narrowest(
    entries.map(({ who: { limit }, entry: { known } }) => ({
      limit,
      remaining: remainingOf(known, limit),
      reset: known.spanMs / 1000,
    })),
  );
}

function entryOf(limiter: Limiter, name: string): Entry {
  const entry = limiter.get(name) ?? { known: nothing, ended: new Map() };
  limiter.delete(name);
  limiter.set(name, entry);
  if (limiter.size > mostKnown) limiter.delete(limiter.keys().next().value ?? '');
  return entry;
}

async function takeOne(place: Place, who: Limited, entry: Entry): Promise<{ admitted: boolean; retryMs: number }> {
  const now = place.now();
  const decision = decide(entry.known, who.limit, now);
  if ('admitted' in decision) {
    if (!decision.admitted) return decision;
    entry.known = decision.known;
    return { admitted: true, retryMs: 0 };
  }
  const signal = AbortSignal.timeout(patienceMs);
  if (entry.ended.size > 1) entry.ended.clear();
  const counted = await add(place, who, decision.lease, entry.ended, signal);
  const { known, ...outcome } = leased(entry.known, who.limit, decision.lease, counted, now, who.burst);
  entry.known = known;
  if (outcome.back > 0) await takeBack(place, who, now, outcome, signal);
  return outcome;
}

function giveOne(entry: Entry): void {
  entry.known = { ...entry.known, tokens: entry.known.tokens + 1 };
}

const remainingOf = ({ left, tokens }: Known, limit: number): number => Math.max(0, Math.min(limit - 1, left + tokens));

const narrowest = (all: readonly Told[]): Told | undefined =>
  [...all].sort((a, b) => a.remaining - b.remaining || b.reset - a.reset)[0];

const refused = ({ of, limit }: Limited, retryMs: number): Failure =>
  new Failure('RATE_LIMITED', { limit, of, who: whoIs[of], retry_after: Math.max(1, Math.ceil(retryMs / 1000)) });
