// The DynamoDB engine in a thread of its own, so that it and the functions use both cores. Runs in a worker thread.
import { parentPort, workerData } from 'node:worker_threads';
import { startDynamo } from '../../dynamodb/index.ts';
import { explain } from '../../fault.ts';
import { makeCallers } from '../../iam/callers.ts';
import type { DynamoMessage, DynamoOrder, DynamoSetup } from './message.ts';

const { file, port, functions, roles, seed } = workerData as DynamoSetup;
const { secretOf, authorize, sentence } = makeCallers(functions, roles, seed);
const send = (message: DynamoMessage): void => parentPort?.postMessage(message);

try {
  const engine = await startDynamo({
    file,
    port,
    secretOf,
    authorize,
    sentence,
    onWrite: () => send({ kind: 'written' }),
  });
  const records = ({ id, iterator, limit, names }: DynamoOrder & { kind: 'records' }): DynamoMessage => {
    try {
      return { kind: 'records', id, body: engine.records(iterator, limit, names) };
    } catch (error) {
      const { name, message } = error as Error;
      return { kind: 'no records', id, name, message };
    }
  };
  parentPort?.on('message', async (order: DynamoOrder) => {
    if (order.kind === 'records') return send(records(order));
    await engine.stop();
    parentPort?.close();
  });
  send({ kind: 'ready', url: engine.url });
} catch (error) {
  const { code, message } = explain(error, file) ?? (error as Error & { code?: string });
  send({ kind: 'failed', code, message });
}
