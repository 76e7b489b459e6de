// Somebody who is known and was let in nowhere: told in the tenant that he asked for.
import { noteRefusal } from '../audit/refusals.ts';
import type { OpenCtx } from '../platform/ctx.ts';
import type { FailureCode } from '../platform/failure.ts';
import { acting } from './acting.ts';
import { entryOf, findMembership } from './directory.ts';

/** `session`: the sign-in, where it is known; `tenantId`: the tenant that was asked for. */
type Refused = { user: string; session?: string | undefined; tenantId?: string | undefined };

/**
 * Notes that `verb` refused a person with `code`, many times within a minute as one line with a count. It is told in the tenant that was
 * asked for where he is or was a member of it, else in that of his next token; to nobody where he is or was in none of them.
 */
export async function noteRefused(
  open: OpenCtx,
  { user, session, tenantId }: Refused,
  verb: string,
  code: FailureCode,
): Promise<void> {
  // a stranger's wish for a tenant is no matter of that tenant
  const isKnown = tenantId !== undefined && (await findMembership(open, user, tenantId)) !== undefined;
  const entry = await entryOf(open, user, isKnown ? tenantId : undefined);
  if (!entry || !(await findMembership(open, user, entry.tenant))) return;
  await noteRefusal(await acting(open, entry, verb, session), { verb, object: session ?? user, code });
}
