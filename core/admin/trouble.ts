// Why a machine of coming and going gave up, as those read it who run the platform.
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import type { Trouble } from '../tenancy/index.ts';

export const reasonOf = ({ locale }: Pick<Ctx, 'locale'>, { step, code, details = {} }: Trouble) => ({
  step,
  code,
  message: new Failure(code, details).say(locale),
});
