// The context of somebody who has just proven who it is, before a token was judged by the authorizer.
import { actingFor, type Ctx, type OpenCtx } from '../platform/ctx.ts';
import type { Entry } from './directory.ts';

/** `session`: the sign-in that asks, where it is known. */
export const acting = (
  open: OpenCtx,
  { user, tenant, role, email }: Entry,
  verb: string,
  session?: string,
): Promise<Ctx> =>
  actingFor(open, {
    tenant,
    role,
    actor: { kind: 'user', id: user, email },
    verb,
    ...(session !== undefined && { session }),
  });
