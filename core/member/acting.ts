// The context of somebody who has just proven who it is, before a token was judged by the authorizer.
import { actingFor, type Ctx, type OpenCtx } from '../platform/ctx.ts';
import type { Entry } from './directory.ts';

export const acting = (open: OpenCtx, { user, tenant, role, email }: Entry, verb: string): Promise<Ctx> =>
  actingFor(open, { tenant, role, actor: { kind: 'user', id: user, email }, verb });
