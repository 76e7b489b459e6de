// Indexes follow their table, and attempts may overlap: nothing is missed, nothing is there twice.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import * as Episode from '../../../core/episode/index.ts';
import { resolve } from '../../../core/pipeline/resolve.ts';
import { storyboard } from '../../../core/pipeline/storyboard.ts';
import { outrun } from '../../../core/platform/failure.ts';
import * as Shot from '../../../core/shot/index.ts';
import * as Snapshot from '../../../core/snapshot/index.ts';
import * as Task from '../../../core/task/index.ts';
import { drama } from '../../kit/drama.ts';
import { lagging, outpaced } from '../../kit/lagging.ts';
import { aBreakdown } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

const behindMs = 700;
const boardOf = async (projectId: string) =>
  Shot.ofEpisode(t.ctx, { id: (await Episode.list(t.ctx, { projectId })).items[0]?.id ?? '' });
const shotsOf = async (projectId: string) =>
  (await Shot.shots(t.ctx, { id: (await boardOf(projectId)).id, size: 100 })).items;
const assetsOf = async (projectId: string) => (await Asset.list(t.ctx, { projectId, size: 100 })).items;

/** A breakdown up to a step, ready for its second attempt. */
async function upTo(step: 'resolve' | 'storyboard', title: string) {
  const { project, task } = await aBreakdown(t.ctx, title, drama, (now) => {
    if (now === step) throw new Error('killed');
  });
  await Task.retry(t.ctx, { id: task.id });
  return { project, of: { task: task.id, attempt: 2 } };
}

/** How a step that may be outrun ended, as the machine sees it: done, or to be begun again. */
const ended = (step: Promise<unknown>): Promise<'done' | 'again'> =>
  step.then(
    () => 'done',
    (error) => {
      if (outrun(error)) return 'again';
      throw error;
    },
  );

test('a breakdown whose indexes are behind takes the whole library and counts every shot', async () => {
  const { project, task } = await aBreakdown(lagging(t.ctx, behindMs), '落后的索引', drama);
  expect(task).toMatchObject({ status: 'completed', failed: [] });
  const assets = await assetsOf(project);
  expect(await Snapshot.assets(t.ctx, { id: task.result?.snapshotId ?? '' })).toMatchObject({
    pagination: { total: assets.length },
  });
  expect(await boardOf(project)).toMatchObject({
    shots: (await shotsOf(project)).length,
    coverage: { complete: true, issues: 0 },
  });
});

test.each(['resolve', 'storyboard'] as const)(
  '%s begun again before its index shows what it wrote writes nothing twice',
  async (step) => {
    const { project, of } = await upTo(step, `再来一次 ${step}`);
    const behind = lagging(t.ctx, behindMs);
    const work = (ctx = behind) => (step === 'resolve' ? resolve(ctx, of) : storyboard(ctx, { ...of, episode: 1 }));
    // killed behind its last write: it did not wait for the index
    await work(t.ctx);
    const [assets, shots] = [await assetsOf(project), step === 'storyboard' ? await shotsOf(project) : []];
    expect(await ended(work())).toBe('again');
    await pause(behindMs);
    expect(await ended(work())).toBe('done');
    expect((await assetsOf(project)).map(({ id }) => id)).toEqual(assets.map(({ id }) => id));
    if (step === 'storyboard') expect((await shotsOf(project)).map(({ id }) => id)).toEqual(shots.map(({ id }) => id));
  },
);

test.each(['resolve', 'storyboard'] as const)('of two that do %s at once the first to write is heard', async (step) => {
  const { project, of } = await upTo(step, `同时 ${step}`);
  const work = (ctx = t.ctx) => (step === 'resolve' ? resolve(ctx, of) : storyboard(ctx, { ...of, episode: 1 }));
  // the slower one is of a former attempt: its rows have other ids
  const former = outpaced(t.ctx, async () => {
    await Task.cancel(t.ctx, { id: of.task });
    await Task.retry(t.ctx, { id: of.task });
    of.attempt++;
    await work();
  });
  expect(await ended(work(former))).toBe('again');
  const names = (await assetsOf(project)).map(({ kind, name }) => `${kind} ${name}`);
  expect(new Set(names).size).toBe(names.length);
  if (step === 'storyboard') expect((await boardOf(project)).coverage).toMatchObject({ complete: true, issues: 0 });
  if (step === 'storyboard') expect(await shotsOf(project)).toHaveLength((await boardOf(project)).shots);
});
