// Step 4. Snapshot: the library as it stands now; the storyboards made next refer to it.

import { loadAll } from '../asset/store.ts';
import { putBlob } from '../platform/blob.ts';
import { commit, putting } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { workKey } from '../revision/store.ts';
import { SnapshotEntity, snapshotId } from '../snapshot/store.ts';
import { finishStep } from '../task/advance.ts';
import type { Run } from '../task/store.ts';
import { begun } from './begun.ts';

export async function snapshot(ctx: Ctx, input: Run): Promise<void> {
  const task = await begun(ctx, input);
  // One per attempt: a step repeated after a crash writes the same snapshot again.
  const id = snapshotId(task.id, task.attempt);
  const assets = (await loadAll(ctx, task.project)).filter(({ status }) => status === 'active');
  const bodyKey = workKey(ctx, task.project, 'snapshots', `${id}.json`);
  await putBlob(ctx, bodyKey, JSON.stringify(assets));
  const row = {
    tenant: ctx.tenant,
    id,
    project: task.project,
    task: task.id,
    assets: assets.length,
    bodyKey,
    createdAt: ctx.now(),
  };
  await commit(ctx, {
    rows: [putting(ctx.stores.core, SnapshotEntity.put(row))],
    facts: [{ type: 'snapshot.taken', subject: id, project: task.project, detail: { assets: assets.length } }],
  });
  const step = { name: 'snapshot', cached: false };
  await finishStep(ctx, input, step, { word: 'kept', values: { assets: assets.length } });
}
