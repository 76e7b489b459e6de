import { hasApp } from '../identity/index.ts';
import type { Ctx } from '../platform/ctx.ts';

/** Whether an app counts: as the row of the acting person says, or as Cognito does where a change of it was cut off between the two. */
export const isCounting = async (ctx: Ctx, { mfa }: { mfa?: boolean | undefined }): Promise<boolean> =>
  mfa === true || hasApp(ctx);
