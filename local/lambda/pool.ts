// All functions of the assembly: a few instances each, started when first needed, recycled when idle.
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { FunctionPlan } from '../template/function.ts';
import { type Answer, Instance } from './instance.ts';
import { Line, type Waits } from './line.ts';
import type { Logs } from './logs.ts';

/** Sync and async request limits of Lambda, bytes. */
export const requestLimit = { sync: 6_291_456, async: 1_048_576 } as const;

/** Type of the failure of a request over its limit, which Lambda refuses with 413. */
export const requestTooLarge = 'Lambda.RequestTooLargeException';

export type PoolOptions = {
  readonly functions: readonly FunctionPlan[];
  /** Complete environment of a function. */
  readonly environment: (plan: FunctionPlan) => Record<string, string>;
  readonly logs: Logs;
  /** Instances of one function at once, while they work; more events wait in line. */
  readonly instances: number;
  /** Milliseconds after which an idle instance is ended. */
  readonly idle: number;
};

type Waiting = Waits & {
  readonly payload: string;
  readonly requestId: string;
  readonly started: (() => void) | undefined;
  readonly resolve: (answer: Answer) => void;
};
type Idle = { readonly instance: Instance; readonly timer: NodeJS.Timeout };

/** Most instances of one function at once where they wait themselves, for a model, say. */
const mostWaiting = 16;
/** How long, in ms, it is looked at whether they work or wait. */
const look = 40;
/** Whoever has been at an event for less, in ms, is as good as done: another copy, which starts cold, would take more than it gives. */
const brief = 100;
/** Share of this machine's cores from which on another copy gives nothing. */
const full = 0.85;
/** Milliseconds in line after which one more is let in all the same: what fills the cores may go on for long. */
const patience = 1000;

type Since = { readonly at: number; readonly usage: NodeJS.CpuUsage };

/** Share of this machine's cores that this process has worked. */
const coresWorked = ({ at, usage }: Since): number => {
  const { user, system } = process.cpuUsage(usage);
  return (user + system) / 1000 / (performance.now() - at) / availableParallelism();
};

const goingDown = { errorType: 'Lambda.ServiceException', errorMessage: 'The local cloud is going down.' };

class FunctionPool {
  readonly #plan: FunctionPlan;
  readonly #options: PoolOptions;
  readonly #idle: Idle[] = [];
  /** Those that run, and since when: milliseconds, as performance.now() tells them. */
  readonly #busy = new Map<Instance, number>();
  readonly #line = new Line<Waiting>();
  #stopped = false;
  /** More are let in while those that run mostly wait. */
  #let: number;
  #looking: NodeJS.Timeout | undefined;

  constructor(plan: FunctionPlan, options: PoolOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#let = options.instances;
  }

  invoke(payload: string, requestId: string, { caller = '', started }: Invoking): Promise<Answer> {
    return new Promise((resolve) => {
      this.#line.join({ since: performance.now(), caller, payload, requestId, started, resolve });
      if (this.#stopped) this.#refuse();
      else this.#next();
    });
  }

  #take(): Instance | undefined {
    const most = Math.min(this.#let, this.#plan.reserved ?? Number.POSITIVE_INFINITY);
    if (this.#busy.size >= most) return undefined;
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      clearTimeout(idle.timer);
      if (!idle.instance.ended) return idle.instance;
    }
    return new Instance(this.#plan, this.#options.environment(this.#plan), this.#options.logs.of(this.#plan.name));
  }

  #next(): void {
    const instance = this.#line.isEmpty ? undefined : this.#take();
    const waiting = instance && this.#line.next();
    if (instance && waiting) void this.#run(instance, waiting);
    else this.#look();
  }

  /** While events stand in line: how many of those that run work, and how many wait? Beside those that wait others may work. */
  #look(): void {
    if (this.#looking || this.#line.isEmpty || this.#let >= mostWaiting) return;
    for (const instance of this.#busy.keys()) instance.worked();
    const before: Since = { at: performance.now(), usage: process.cpuUsage() };
    this.#looking = setTimeout(() => {
      this.#looking = undefined;
      const room = this.#room(before);
      this.#let = Math.min(Math.max(this.#let, this.#busy.size + room), mostWaiting);
      for (let at = 0; at <= room; at++) this.#next();
    }, look);
    this.#looking.unref();
  }

  /** How many more may run than do. */
  #room(before: Since): number {
    const work = [...this.#busy].reduce((sum, [instance, since]) => sum + this.#share(instance, since), 0);
    const room = Math.max(0, Math.round(this.#options.instances - work));
    if (coresWorked(before) < full) return room;
    return performance.now() - this.#line.longestSince > patience ? Math.min(room, 1) : 0;
  }

  /** How much of a core an instance counts for, 0–1. */
  #share(instance: Instance, since: number): number {
    const worked = instance.worked();
    return performance.now() - since < brief ? 1 : worked;
  }

  async #run(instance: Instance, { payload, requestId, started, resolve }: Waiting): Promise<void> {
    const began = performance.now();
    this.#busy.set(instance, began);
    started?.();
    const answer = await instance.invoke(payload, requestId);
    this.#report(requestId, performance.now() - began, answer);
    this.#busy.delete(instance);
    if (!instance.ended) this.#rest(instance);
    if (this.#busy.size === 0) this.#let = this.#options.instances;
    resolve(answer);
    if (!this.#stopped) this.#next();
  }

  #rest(instance: Instance): void {
    const timer = setTimeout(() => {
      this.#idle.splice(
        this.#idle.findIndex((idle) => idle.instance === instance),
        1,
      );
      void instance.stop();
    }, this.#options.idle);
    timer.unref();
    this.#idle.push({ instance, timer });
  }

  #report(requestId: string, duration: number, answer: Answer): void {
    const log = this.#options.logs.of(this.#plan.name);
    if (!answer.ok)
      log.write(`ERROR RequestId: ${requestId} ${answer.error.errorType}: ${answer.error.errorMessage}\n`);
    const billed = Math.ceil(duration);
    log.write(
      `REPORT RequestId: ${requestId} Duration: ${duration.toFixed(2)} ms Billed Duration: ${billed} ms Memory Size: ${this.#plan.memory} MB\n`,
    );
  }

  /** Answers what waits in line: nobody will take it any more. */
  #refuse(): void {
    for (const { resolve } of this.#line.clear()) resolve({ ok: false, error: goingDown });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#looking);
    this.#refuse();
    for (const { timer } of this.#idle) clearTimeout(timer);
    await Promise.all(
      [...this.#idle.map(({ instance }) => instance), ...this.#busy.keys()].map((instance) => instance.stop()),
    );
  }
}

/** `caller`: whose event it is; those of several take turns in line. `started` is called when the event leaves the line and an instance takes it. */
export type Invoking = { readonly caller?: string; readonly started?: () => void };

export type Lambda = {
  /** Runs the function with that ARN on one event and waits. Never rejects: failures are answers, as on Lambda. */
  readonly invoke: (arn: string, event: unknown, invoking?: Invoking) => Promise<Answer>;
  readonly stop: () => Promise<void>;
};

export function startLambda(options: PoolOptions): Lambda {
  const pools = new Map(options.functions.map((plan) => [plan.arn, new FunctionPool(plan, options)]));
  return {
    invoke: async (arn, event, invoking = {}) => {
      const pool = pools.get(arn);
      const unknown = { errorType: 'Lambda.ResourceNotFoundException', errorMessage: `Function not found: ${arn}` };
      if (!pool) return { ok: false, error: unknown };
      const payload = JSON.stringify(event) ?? 'null';
      if (Buffer.byteLength(payload) <= requestLimit.sync) return pool.invoke(payload, randomUUID(), invoking);
      const errorMessage = `Request must be smaller than ${requestLimit.sync} bytes for the InvokeFunction operation`;
      return { ok: false, error: { errorType: requestTooLarge, errorMessage } };
    },
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}
