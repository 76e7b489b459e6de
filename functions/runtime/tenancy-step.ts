// From a state of the machines of coming and going to its step, in the session of the tenant that comes or goes.
import { lineOf } from '../../core/pipeline/refusal-line.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import { Failure } from '../../core/platform/failure.ts';
import { log } from './log.ts';
import { storesFor } from './stores.ts';
import { asThrown, type Invocation, systemCtx } from './task.ts';

/** The Lambda handler of the steps of a machine; `actor`: who the audit says it was. */
export const tenancyHandler =
  <I extends { readonly tenant: string; readonly step: string }, T>(
    actor: Ctx['actor'],
    run: (ctx: Ctx, input: I) => Promise<T>,
  ) =>
  async (input: I, { awsRequestId }: Pick<Invocation, 'awsRequestId'>): Promise<T> => {
    log.appendKeys({ tenant: input.tenant, step: input.step });
    try {
      const stores = await storesFor(input.tenant);
      return await run({ ...systemCtx(input.tenant, awsRequestId, stores), actor }, input);
    } catch (error) {
      throw withDetails(asThrown(error));
    }
  };

/** A refusal that is tried again may be the last one: then it is kept, with what its sentence is filled from. */
const withDetails = (thrown: unknown): unknown =>
  thrown instanceof Failure ? Object.assign(new Error(lineOf(thrown), { cause: thrown }), { name: 'Failure' }) : thrown;
