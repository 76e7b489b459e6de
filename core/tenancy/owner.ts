import * as Member from '../member/index.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Onboarding } from './onboarding.ts';

/** Whether the owner who was invited to ctx.tenant has come in. */
export const hasOwner = async (ctx: Ctx, { email }: Pick<Onboarding, 'email'>): Promise<boolean> =>
  (await Member.findByEmail(ctx, email)) !== undefined;
