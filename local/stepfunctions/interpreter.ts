// Runs a machine: state after state, maps and branches side by side, until an end, a failure or a stop.
import { holds } from './choice.ts';
import type { FailState, Flow, MapState, ParallelState, Retrier, State, WaitState } from './definition.ts';
import { asFailure, invalidPath, matches, StateFailure } from './failure.ts';
import type { Context, Host, Reached, Run } from './host.ts';
import { readPath } from './path.ts';
import { fill, place, select, within } from './payload.ts';
import { runTask } from './task.ts';
import { together } from './together.ts';

type Step = { readonly output: unknown; readonly next: string | undefined };

/** Inline maps run at most 40 iterations at once (Step Functions quotas). */
const mostIterations = 40;

const iso = (host: Host): string => new Date(host.now()).toISOString();

async function runMap(state: MapState, input: unknown, run: Run): Promise<unknown> {
  const items = state.ItemsPath ? readPath(state.ItemsPath, input, run.context) : input;
  if (!Array.isArray(items))
    throw new StateFailure('States.Runtime', `Map needs a list at '${state.ItemsPath ?? '$'}'.`);
  const jobs = items.map((item, index) => (signal: AbortSignal) => {
    const context = { ...run.context, Map: { Item: { Index: index, Value: item } } };
    const given = state.ItemSelector ? fill(state.ItemSelector, input, context) : item;
    return runFlow(state.ItemProcessor, given, { ...run, signal, context, flow: `${run.flow}.${index}` });
  });
  return together(jobs, Math.min(state.MaxConcurrency || mostIterations, mostIterations), run.signal);
}

async function runParallel(state: ParallelState, input: unknown, run: Run): Promise<unknown> {
  const given = state.Parameters ? fill(state.Parameters, input, run.context) : input;
  const jobs = state.Branches.map(
    (branch, index) => (signal: AbortSignal) =>
      runFlow(branch, given, { ...run, signal, flow: `${run.flow}.${index}` }),
  );
  return together(jobs, jobs.length, run.signal);
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Epoch milliseconds. What is neither a time nor a count of seconds fails the state: it must not end at once. */
const waitUntil = (state: WaitState, input: unknown, { host, context }: Run): number => {
  const at = (path: string): unknown => {
    const found = readPath(path, input, context);
    if (found === undefined) throw invalidPath(path);
    return found;
  };
  if (state.Seconds !== undefined) return host.now() + state.Seconds * 1000;
  if (state.SecondsPath) {
    const seconds = at(state.SecondsPath);
    if (Number.isInteger(seconds) && Number(seconds) >= 0) return host.now() + Number(seconds) * 1000;
    throw new StateFailure('States.Runtime', `A Wait state needs a whole number of seconds at '${state.SecondsPath}'.`);
  }
  const time = state.Timestamp ?? at(state.TimestampPath ?? '$');
  if (typeof time === 'string' && instant.test(time) && !Number.isNaN(Date.parse(time))) return Date.parse(time);
  const place = state.TimestampPath ?? state.Timestamp;
  throw new StateFailure('States.Runtime', `A Wait state needs a time as in RFC 3339 at '${place}'.`);
};

const failWith = (state: FailState, input: unknown, context: Context): StateFailure => {
  const text = (path: string | undefined, given: string | undefined): string => {
    const found = path ? readPath(path, input, context) : (given ?? '');
    if (typeof found === 'string') return found;
    throw new StateFailure('States.Runtime', `A Fail state needs a text at '${path}'.`);
  };
  return new StateFailure(text(state.ErrorPath, state.Error), text(state.CausePath, state.Cause));
};

/** What the state itself does with its effective input, before its result is placed. */
async function act(state: State, input: unknown, run: Run): Promise<unknown> {
  if (state.Type === 'Task') return runTask(state, input, run);
  if (state.Type === 'Map') return runMap(state, input, run);
  if (state.Type === 'Parallel') return runParallel(state, input, run);
  if (state.Type === 'Wait')
    await run.host.sleep(Math.max(0, waitUntil(state, input, run) - run.host.now()), run.signal);
  if (state.Type === 'Fail') throw failWith(state, input, run.context);
  if (state.Type !== 'Pass') return input;
  if (state.Result !== undefined) return state.Result;
  return state.Parameters ? fill(state.Parameters, input, run.context) : input;
}

const choose = (state: State, input: unknown, context: Context): string | undefined => {
  if (state.Type !== 'Choice') return 'Next' in state ? state.Next : undefined;
  const rule = state.Choices.find((one) => holds(one, input, context));
  if (rule) return rule.Next;
  if (state.Default) return state.Default;
  throw new StateFailure('States.NoChoiceMatched', 'No choice rule holds, and there is no Default.');
};

async function attempt(name: string, state: State, raw: unknown, run: Run): Promise<Step> {
  const input = 'InputPath' in state ? select(state.InputPath, raw, run.context) : raw;
  const result = within(await act(state, input, run), `The state/task '${name}'`);
  const chosen =
    'ResultSelector' in state && state.ResultSelector ? fill(state.ResultSelector, result, run.context) : result;
  const placed = 'ResultPath' in state ? place(state.ResultPath, raw, chosen) : chosen;
  const output = 'OutputPath' in state ? select(state.OutputPath, placed, run.context) : placed;
  return { output: within(output, `The state '${name}'`), next: choose(state, input, run.context) };
}

/** Milliseconds before the next attempt: interval × backoff^n, capped, and with FULL jitter anywhere from 0 to that. */
export const delay = (retrier: Retrier, attempts: number, random: number): number => {
  const seconds = Math.min(
    retrier.IntervalSeconds * retrier.BackoffRate ** attempts,
    retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY,
  );
  return seconds * 1000 * (retrier.JitterStrategy === 'FULL' ? random : 1);
};

async function runState(name: string, state: State, raw: unknown, run: Run): Promise<Step> {
  const spent = new Map<Retrier, number>();
  const entered = iso(run.host);
  for (let retries = 0; ; retries++) {
    const context = { ...run.context, State: { Name: name, EnteredTime: entered, RetryCount: retries } };
    try {
      return await attempt(name, state, raw, { ...run, context, flow: `${run.flow}.${retries}` });
    } catch (thrown) {
      if (run.signal.aborted) throw run.signal.reason;
      const failure = asFailure(thrown);
      const isTask = state.Type === 'Task';
      const detail = { Error: failure.error, Cause: failure.cause };
      const retrier =
        'Retry' in state ? state.Retry.find((one) => matches(one.ErrorEquals, failure.error, isTask)) : undefined;
      const attempts = (retrier && spent.get(retrier)) ?? 0;
      if (retrier && attempts < retrier.MaxAttempts) {
        spent.set(retrier, attempts + 1);
        run.host.record({ type: 'retried', state: name, stateType: state.Type, detail });
        await run.host.sleep(delay(retrier, attempts, run.host.random()), run.signal);
        continue;
      }
      const catcher =
        'Catch' in state ? state.Catch.find((one) => matches(one.ErrorEquals, failure.error, isTask)) : undefined;
      run.host.record({ type: catcher ? 'caught' : 'failed', state: name, stateType: state.Type, detail });
      if (!catcher) throw failure;
      return { output: place(catcher.ResultPath, raw, detail), next: catcher.Next };
    }
  }
}

/**
 * Runs a flow from where it stands to its end and answers its output. Rejects with a StateFailure, or with the signal's
 * reason once that is aborted; after either, no task is begun any more.
 */
export async function runFlow(flow: Flow, input: unknown, run: Run): Promise<unknown> {
  let reached: Reached = run.host.reached(run.flow) ?? { steps: 0, next: flow.StartAt, data: input };
  while (reached.next !== undefined) {
    run.signal.throwIfAborted();
    const { next: name, data, steps } = reached;
    const state = flow.States[name];
    if (!state) throw new StateFailure('States.Runtime', `There is no state "${name}".`);
    run.host.record({ type: 'entered', state: name, stateType: state.Type, detail: data });
    const { output, next } = await runState(name, state, data, { ...run, flow: `${run.flow}/${steps}` });
    reached = { steps: steps + 1, next, data: output };
    run.host.leave({ type: 'exited', state: name, stateType: state.Type, detail: output }, run.flow, reached);
  }
  // The last record may have been the one that could not be written.
  run.signal.throwIfAborted();
  return reached.data;
}
