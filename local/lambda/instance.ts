// One running copy of a function: a worker thread with its own environment and memory limit.
import { randomUUID } from 'node:crypto';
import type { EventLoopUtilization } from 'node:perf_hooks';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FunctionPlan } from '../template/function.ts';
import type { FunctionError, Invocation, WorkerMessage, WorkerSetup } from './message.ts';

export type Answer =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionError };

/** As Lambda counts: 6 MB plus a little for the envelope. */
export const responseLimit = 6_291_556;

/** What one copy has compiled the next need not compile again: half of a cold start is left. */
const compiled = process.env.NODE_COMPILE_CACHE ?? fileURLToPath(new URL('../../out/compile-cache', import.meta.url));

/**
 * Space for what is young, MB. A thread that comes to its limit is given 16 MB (Node) to end in; V8 moves a third of this space there at
 * once, and where it does not fit, the whole process ends. Seen with the 48 MB that are usual.
 */
const youngMegabytes = 24;

const failed = (errorType: string, errorMessage: string): Answer => ({ ok: false, error: { errorType, errorMessage } });

const ended = (reason: unknown): Answer => {
  const outOfMemory = (reason as { code?: string } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (outOfMemory) return failed('Runtime.OutOfMemory', 'Error: Runtime exited with error: signal: killed');
  if (reason instanceof Error) return failed(reason.name, reason.message);
  return failed('Runtime.ExitError', 'Error: Runtime exited without providing a reason');
};

export class Instance {
  readonly #worker: Worker;
  readonly #plan: FunctionPlan;
  readonly #ready: Promise<Answer | undefined>;
  #settle: ((answer: Answer) => void) | undefined;
  #fault: unknown;
  #isReady = false;
  #seen: EventLoopUtilization | undefined;
  /** True once the thread has ended; it takes no more events. */
  ended = false;

  /** `log` receives what the function prints. */
  constructor(plan: FunctionPlan, env: Record<string, string>, log: Writable) {
    this.#plan = plan;
    const { folder, handler, name, arn, memory, logGroup } = plan;
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      name: plan.name.slice(-15),
      workerData: { folder, handler, name, arn, memory, logGroup } satisfies WorkerSetup,
      env: { ...env, NODE_COMPILE_CACHE: compiled },
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: youngMegabytes },
    });
    this.#worker.stdout.on('data', (chunk) => log.write(chunk));
    this.#worker.stderr.on('data', (chunk) => log.write(chunk));
    this.#ready = new Promise((resolve) => this.#listen(resolve));
    void this.#ready.then((broken) => {
      this.#isReady = !broken;
    });
  }

  #listen(ready: (broken: Answer | undefined) => void): void {
    this.#worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') ready(undefined);
      else if (message.kind === 'unready') {
        ready({ ok: false, error: message.error });
        void this.stop();
      } else if (message.kind === 'failure') this.#finish({ ok: false, error: message.error });
      else this.#finish({ ok: true, payload: message.payload });
    });
    this.#worker.on('error', (error) => {
      this.#fault = error;
    });
    this.#worker.on('exit', () => {
      this.ended = true;
      ready(ended(this.#fault));
      this.#finish(ended(this.#fault));
    });
  }

  #finish(answer: Answer): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(answer);
  }

  /** Answers one event (JSON text). A function that runs over its time is cut off and the instance is gone. */
  async invoke(payload: string, requestId: string = randomUUID()): Promise<Answer> {
    const broken = await this.#ready;
    if (broken) return broken;
    const { timeout } = this.#plan;
    const invocation: Invocation = { requestId, payload, deadline: Date.now() + timeout * 1000 };
    const answer = await new Promise<Answer>((resolve) => {
      const timer = setTimeout(() => {
        this.#finish(
          failed(
            'Sandbox.Timedout',
            `RequestId: ${requestId} Error: Task timed out after ${timeout.toFixed(2)} seconds`,
          ),
        );
        void this.stop();
      }, timeout * 1000);
      this.#settle = (given) => {
        clearTimeout(timer);
        resolve(given);
      };
      this.#worker.postMessage(invocation);
    });
    const size = answer.ok ? Buffer.byteLength(answer.payload) : 0;
    if (size <= responseLimit) return answer;
    const message = `Response payload size (${size} bytes) exceeded maximum allowed payload size (${responseLimit} bytes).`;
    return failed('Function.ResponseSizeTooLarge', message);
  }

  /** How much of the time since the last call it worked, 0–1; for the rest it waited. One that starts works. */
  worked(): number {
    if (!this.#isReady) return 1;
    const { performance } = this.#worker;
    const [now, before] = [performance.eventLoopUtilization(), this.#seen];
    this.#seen = now;
    return before ? performance.eventLoopUtilization(now, before).utilization : 1;
  }

  async stop(): Promise<void> {
    this.ended = true;
    await this.#worker.terminate();
  }
}
