// Somebody who is known and was let in nowhere: told in the tenant that he asked for.
import { noteRefusal } from '../audit/refusals.ts';
import type { OpenCtx } from '../platform/ctx.ts';
import type { FailureCode } from '../platform/failure.ts';
import { findEntry } from '../tenant/directory.ts';
import { acting } from './acting.ts';
import { type Entry, entryOf, findMembership } from './directory.ts';

/** `session`: the sign-in, where it is known; `tenantId`: the tenant that was asked for. */
type Refused = { user: string; session?: string | undefined; tenantId?: string | undefined };

/** What somebody who was refused is or was where he is told: in the tenant asked for, else in that of his next token; undefined where he was in neither, or it is closed. */
export async function entryToTell(open: OpenCtx, { user, tenantId }: Refused): Promise<Entry | undefined> {
  // a stranger's wish for a tenant is no matter of that tenant
  const isKnown = tenantId !== undefined && (await findMembership(open, user, tenantId)) !== undefined;
  const entry = await entryOf(open, user, isKnown ? tenantId : undefined);
  if (!entry || !(await findMembership(open, user, entry.tenant))) return undefined;
  const tenant = await findEntry(open, entry.tenant);
  return tenant && tenant.status !== 'closed' ? entry : undefined;
}

/** Notes that `verb` refused a person with `code`, many times within a minute as one line with a count, where there is somebody to tell. */
export async function noteRefused(open: OpenCtx, refused: Refused, verb: string, code: FailureCode): Promise<void> {
  const { user, session } = refused;
  const entry = await entryToTell(open, refused);
  if (entry) await noteRefusal(await acting(open, entry, verb, session), { verb, object: session ?? user, code });
}
