// From a state machine step to a pipeline step: the tenant comes from the execution's input, which our own commit wrote.
import type { Context } from 'aws-lambda';
import { lineOf } from '../../core/pipeline/refusal-line.ts';
import type { Ctx, Stores } from '../../core/platform/ctx.ts';
import { Failure, outrun } from '../../core/platform/failure.ts';
import { cause, log } from './log.ts';
import { storesFor } from './stores.ts';

/** What every state is given: ids only. */
export type StepInput = {
  readonly tenant: string;
  readonly task: string;
  readonly attempt: number;
  readonly step?: string;
  readonly episode?: number;
  /** Of what is written. */
  readonly part?: number;
  readonly error?: { Error?: string; Cause?: string };
};

/**
 * A step may refuse for good (the script is damaged, the task was cancelled): the machine catches this name and does not retry.
 * A step that somebody outran (a person changed an asset or a shot meanwhile) is begun again like one that crashed.
 */
class Refused extends Error {
  override readonly name = 'Refused';
}

/** The context of the system acting for a tenant. `stores`: the tenant's. */
export const systemCtx = (tenant: string, requestId: string, stores: Stores): Ctx => ({
  stores,
  requestId,
  locale: 'zh-CN',
  now: Date.now,
  tenant,
  role: 'owner',
  actor: { kind: 'system', id: 'breakdown' },
});

/** What Lambda tells of the call. */
export type Invocation = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/** The Lambda handler of one step. */
export const stepHandler =
  <T>(step: (ctx: Ctx, input: StepInput, invocation: Invocation) => Promise<T>) =>
  async (input: StepInput, invocation: Invocation): Promise<T> => {
    log.appendKeys({ tenant: input.tenant, task: input.task, episode: input.episode, part: input.part });
    try {
      const stores = await storesFor(input.tenant);
      return await step(systemCtx(input.tenant, invocation.awsRequestId, stores), input, invocation);
    } catch (error) {
      throw asThrown(error);
    }
  };

/** What a step throws to its machine: a refusal for good under the name that is not tried again. */
export function asThrown(error: unknown): unknown {
  log.error('step failed', { error: cause(error) });
  return error instanceof Failure && error.status < 500 && !outrun(error) ? new Refused(lineOf(error)) : error;
}
