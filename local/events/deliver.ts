// Hands an event to a target: a function, a queue or a state machine.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../lambda/instance.ts';
import { readPath } from '../stepfunctions/path.ts';
import type { TargetPlan } from '../template/rule.ts';

export type Deliveries = {
  readonly invoke: (functionArn: string, event: unknown) => Promise<Answer>;
  readonly sendToQueue: (queueArn: string, body: unknown) => Promise<void>;
  /** Starts a machine; a second start under the same name changes nothing. */
  readonly startMachine: (machineArn: string, input: string, name: string) => void;
  /** Why a target's role may not do that, or undefined. */
  readonly authorizeRole: (roleArn: string, action: string, resource: string) => string | undefined;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
};

/** Any event of the bus: the same event has the same id however often it is told. */
export type BusEvent = { readonly id: string };

/** An event handed over asynchronously is tried three times in all (Lambda Developer Guide, "Asynchronous invocation"). */
const attempts = 3;
/** Seconds between them here, where AWS waits minutes: nobody sits through minutes at a laptop. */
const pauses = [1, 2];

const actionOf = (arn: string): string => {
  if (arn.includes(':lambda:')) return 'lambda:InvokeFunction';
  return arn.includes(':sqs:') ? 'sqs:SendMessage' : 'states:StartExecution';
};

const payload = (target: TargetPlan, event: unknown): unknown => {
  if (target.input !== undefined) return JSON.parse(target.input);
  return target.inputPath === undefined ? event : readPath(target.inputPath, event, undefined);
};

/** Runs a function as an asynchronous invocation: again after a failure, then its dead letters. */
async function invokeAsync(target: TargetPlan, event: unknown, deliveries: Deliveries): Promise<void> {
  for (let attempt = 0; attempt < Math.min(attempts, target.retries + 1); attempt++) {
    if (attempt > 0) await sleep((pauses[attempt - 1] ?? 1) * 1000, undefined, { signal: deliveries.signal });
    const answer = await deliveries.invoke(target.arn, event);
    deliveries.signal.throwIfAborted();
    if (answer.ok) return;
    deliveries.log(`${target.arn} failed on an event: ${answer.error.errorType}: ${answer.error.errorMessage}`);
  }
  if (target.deadLetters) await deliveries.sendToQueue(target.deadLetters, event);
}

/** Settles when the target has taken the event, or it was given up. Rejects only when the cloud stops meanwhile. */
export async function deliver(target: TargetPlan, event: BusEvent, deliveries: Deliveries): Promise<void> {
  const handed = payload(target, event);
  const refusal = target.role && deliveries.authorizeRole(target.role, actionOf(target.arn), target.arn);
  if (refusal) {
    deliveries.log(`${target.arn} was not told of an event: ${target.role} may not, ${refusal}`);
    return;
  }
  if (target.arn.includes(':lambda:')) return invokeAsync(target, handed, deliveries);
  if (target.arn.includes(':sqs:')) return deliveries.sendToQueue(target.arn, handed);
  deliveries.startMachine(target.arn, JSON.stringify(handed), event.id);
}
