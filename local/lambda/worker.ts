// The runtime of one function instance: loads the bundle once, then answers one event at a time. Runs in a worker thread.
import { existsSync } from 'node:fs';
import { createRequire, flushCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { functionError, type Invocation, type WorkerMessage, type WorkerSetup } from './message.ts';

// It is how this thread was started, and not of the function's environment.
delete process.env.NODE_COMPILE_CACHE;

const setup = workerData as WorkerSetup;
type Handler = (event: unknown, context: unknown) => unknown;

// The nodejs24.x runtime carries the AWS SDK; a bundle outside this folder tree finds ours, by import and by require.
const ours = createRequire(import.meta.url);
let looking = false;
registerHooks({
  resolve: (specifier, context, next) => {
    if (looking || !/^@(aws-sdk|smithy)\//.test(specifier)) return next(specifier, context);
    if (!context.conditions.includes('require')) return next(specifier, { ...context, parentURL: import.meta.url });
    looking = true;
    try {
      return { url: pathToFileURL(ours.resolve(specifier)).href, format: 'commonjs', shortCircuit: true };
    } finally {
      looking = false;
    }
  },
});

const send = (message: WorkerMessage): void => parentPort?.postMessage(message);

const unready = (errorType: string, errorMessage: string) =>
  send({ kind: 'unready', error: { errorType, errorMessage } });

async function load(): Promise<Handler | undefined> {
  const dot = setup.handler.lastIndexOf('.');
  const [file, name] = [setup.handler.slice(0, dot), setup.handler.slice(dot + 1)];
  const path = ['.mjs', '.js', '.cjs'].map((ending) => join(setup.folder, file + ending)).find(existsSync);
  if (!path) {
    unready('Runtime.ImportModuleError', `Error: Cannot find module '${file}' in ${setup.folder}`);
    return undefined;
  }
  try {
    const loaded = await import(pathToFileURL(path).href);
    const handler = loaded[name] ?? loaded.default?.[name];
    if (typeof handler === 'function') return handler;
    unready('Runtime.HandlerNotFound', `${setup.handler} is undefined or not exported`);
  } catch (thrown) {
    send({ kind: 'unready', error: functionError(thrown) });
  }
  return undefined;
}

const contextOf = ({ requestId, deadline }: Invocation) => ({
  awsRequestId: requestId,
  functionName: setup.name,
  functionVersion: '$LATEST',
  invokedFunctionArn: setup.arn,
  memoryLimitInMB: String(setup.memory),
  logGroupName: setup.logGroup,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

async function answer(handler: Handler, invocation: Invocation): Promise<WorkerMessage> {
  try {
    const result = await handler(JSON.parse(invocation.payload), contextOf(invocation));
    return { kind: 'result', payload: JSON.stringify(result) ?? 'null' };
  } catch (thrown) {
    return { kind: 'failure', error: functionError(thrown) };
  }
}

const handler = await load();
if (handler) {
  let isKept = false;
  parentPort?.on('message', async (invocation: Invocation) => {
    send(await answer(handler, invocation));
    // the modules that the first event loads are among what is kept then
    if (!isKept) flushCompileCache();
    isKept = true;
  });
  send({ kind: 'ready' });
}
