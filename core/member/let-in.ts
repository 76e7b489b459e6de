// Letting in somebody who has proven who it is: by signing in, or by the registration that signs in at once.
import type { Answer } from '../identity/index.ts';
import { commit } from '../platform/commit.ts';
import type { OpenCtx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import * as Session from '../session/index.ts';
import { acting } from './acting.ts';
import { entryOf, personMoving } from './directory.ts';
import { addressOf, seen } from './store.ts';

/**
 * Lets a proven person in and notes when. Rows that were not there when the address changed follow it now; the line says so.
 * Throws REGISTRATION_UNFINISHED, MEMBER_INACTIVE.
 */
export async function letIn(open: OpenCtx, verb: string, answer: Answer) {
  if ('challenge' in answer) return answer;
  const { id, session, token } = answer;
  const entry = await entryOf(open, id);
  if (!entry) throw new Failure('REGISTRATION_UNFINISHED');
  if (!entry.isActive) throw new Failure('MEMBER_INACTIVE');
  const { tenant: tenantId, role, name, email: known } = entry;
  const email = answer.email ?? known;
  const ctx = await acting(open, { ...entry, email }, verb, session);
  const old = [await addressOf(ctx, id), known].find((one) => one !== undefined && one !== email);
  const rows = [seen(ctx, id, email), Session.beginning(ctx, id, session)];
  if (email !== known) rows.push(personMoving(ctx, id, email));
  const moved = old !== undefined && { before: { email: old }, after: { email } };
  await commit(ctx, { rows, audit: { object: id, ...moved } });
  return { token, user: { id, email, name, tenantId, role } };
}
