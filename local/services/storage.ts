// S3 and SQS with the buckets and queues of the plan.
import { join } from 'node:path';
import type { Callers } from '../iam/callers.ts';
import { type Storage, startStorage } from '../storage/index.ts';
import type { Plan } from '../template/plan.ts';

export async function serveStorage(plan: Plan, callers: Callers, state: string, port: number): Promise<Storage> {
  const storage = await startStorage({
    directory: join(state, 'storage'),
    port,
    secretOf: callers.secretOf,
    authorize: callers.authorize,
    corsOf: (bucket) => [...(plan.buckets.find(({ name }) => name === bucket)?.cors ?? [])],
  });
  for (const { name, versioning } of plan.buckets) await storage.createBucket(name, versioning);
  // A queue that names a dead-letter queue comes after it.
  const ordered = [...plan.queues].sort(
    (one, other) => Number('RedrivePolicy' in one.attributes) - Number('RedrivePolicy' in other.attributes),
  );
  for (const { name, attributes } of ordered) await storage.createQueue(name, attributes);
  return storage;
}
