// What a signed-in call leaves in the audit beside the lines of its verb: an access that was refused, an answer that was given again.
import { platformCtx } from '../../core/admin/platform.ts';
import { noteRefusal } from '../../core/audit/refusals.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import { Failure, type FailureCode } from '../../core/platform/failure.ts';
import { noteAlone } from '../../core/platform/note.ts';
import type { Route } from '../http/routes/shape.ts';
import type { HttpEvent } from './exchange.ts';
import { cause, log } from './log.ts';

/** Statuses that say somebody reached for what is not his, or not his now, here or in this way, or did not prove who he is. */
const statuses: ReadonlySet<number> = new Set([401, 403, 404]);

/** Refusals that say so under another status. */
const others: ReadonlySet<string> = new Set<FailureCode>([
  'WRONG_CODE',
  'TOO_MANY_ATTEMPTS',
  'MFA_DEMANDED',
  'MFA_OF_MANY',
  'INVITATION_INVALID',
]);

const isAccess = ({ status, code }: Failure): boolean => statuses.has(status) || others.has(code);

/** A refused access leaves a line for the tenant of whoever was refused; whose thing it was is not known here, and not told. */
export async function noted(ctx: Ctx, route: Route, event: HttpEvent, error: unknown): Promise<void> {
  if (!(error instanceof Failure) || !isAccess(error)) return;
  const verb = route.verb.verbName;
  try {
    await noteRefusal(ctx, { verb, object: objectOf(route, event), code: error.code });
  } catch (failed) {
    log.error('a refusal was not noted', { verb, code: error.code, error: cause(failed) });
  }
}

/**
 * An answer that is given again may hold what is told once: a key, a code, a link. It leaves a line, with the platform where the verb is
 * one of the platform. `firstRequest`: the id of the request it was first given to, whose own lines say what it is.
 */
export async function notedAgain(ctx: Ctx, route: Route, event: HttpEvent, firstRequest: unknown): Promise<void> {
  const { needs, verbName } = route.verb;
  const of = needs === 'platform' ? await platformCtx(ctx) : ctx;
  await noteAlone(
    { ...of, verb: verbName },
    { object: objectOf(route, event), after: { replayed: true, firstRequest } },
  );
}

/** What a path named; else the verb. */
const objectOf = ({ verb }: Route, { pathParameters }: HttpEvent): string =>
  Object.values(pathParameters ?? {})
    .join('/')
    .slice(0, longestObject) || verb.verbName;

/** Characters of what a path named. */
const longestObject = 120;
