// The local cloud is killed in every state of the pipeline and started again: the same result as without, nothing twice.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collect } from '../../../scripts/demo/collect.ts';
import { signIn } from '../../../scripts/demo/sign-in.ts';
import { drama } from '../../kit/drama.ts';
import { assembled, entered, exits, type Started, started } from './started.ts';

type Client = Awaited<ReturnType<typeof signIn>>;

/** States of statemachines/breakdown.asl.json in their order; inside the maps too. */
const states = [
  'Read script',
  'Extract episodes',
  'Extract episode',
  'Resolve assets',
  'Take snapshot',
  'Storyboard episodes',
  'Storyboard episode',
  'Finish task',
];

const folder = mkdtempSync(join(tmpdir(), 'scriptloom-kill-'));
const state = join(folder, 'state');
let assembly: string;
let running: Started | undefined;

beforeAll(async () => {
  assembly = await assembled(folder);
});
afterAll(async () => {
  await running?.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const begin = async (client: Client, title: string) => {
  const project = await client.projectCreate({ title });
  const { task_id } = await client.taskParseScript({ project_id: project.id, raw_text: drama, title });
  return { project: project.id, task: task_id };
};

const ended = async (client: Client, id: string) => {
  for (;;) {
    const task = await client.taskGet({ id });
    if (task.status !== 'pending' && task.status !== 'running') return task;
    await sleep(50);
  }
};

/** Kills the cloud as soon as the journal sees `name` entered once more than `before`, and starts it again. */
const killIn = async (name: string, before: number): Promise<void> => {
  while (entered(state, name) <= before) await sleep(1);

  await running?.end('SIGKILL');
  running = await started(assembly, state);
};

/** Everything the API shows of a project and its work, ids, times and titles aside. */
const picture = async (client: Client, project: string): Promise<unknown> => {
  const { project: _, ...board } = await collect(client, project);
  const tasks = await client.taskList({ project_id: project });
  const snapshots = await client.snapshotList({ project_id: project });
  const decisions = await client.decisionList({ project_id: project });
  const mentions = await Promise.all(board.assets.map(({ id }) => client.assetMentions({ id, size: 100 })));
  const names = new Map(board.assets.map(({ id, kind, name }) => [id, `${kind} ${name}`]));
  const all = { ...board, tasks: tasks.items, snapshots: snapshots.items, decisions: decisions.items, mentions };
  return JSON.parse(
    JSON.stringify(all, (key, value: unknown) => {
      if (/(_at|^seq|^version|^cached|^next_cursor|hash)$/.test(key)) return undefined;
      if (typeof value !== 'string') return value;
      // a step killed between its result and its mark finds the result again: the same work, told as one from the cache
      const told = value.replace(/，其中 \d+ 步取自缓存$/, '');
      return names.get(value) ?? told.replace(/\b[a-z]{3}_[0-9a-z]{20,}(_[0-9a-z]{20,})?/g, 'id');
    }),
  );
};

test('killed in every state and started again, the work ends as if nothing had happened', async () => {
  running = await started(assembly, state);
  let client = await signIn(running.apiUrl);
  const calm = await begin(client, '平静');
  expect(await ended(client, calm.task)).toMatchObject({ status: 'completed', failed: [] });

  const before = new Map(states.map((name) => [name, entered(state, name)]));
  const stormy = await begin(client, '风雨');
  for (const name of states) await killIn(name, before.get(name) ?? 0);
  client = await signIn(running.apiUrl);
  const task = await ended(client, stormy.task);
  expect(task).toMatchObject({ status: 'completed', failed: [], attempt: 1 });
  const calmly = await picture(client, calm.project);
  expect(calmly).toMatchObject({ complete: true, episodes: [{}, {}], tasks: [{}], snapshots: [{}] });
  expect(await picture(client, stormy.project)).toEqual(calmly);
  expect(exits(state, stormy.task)).toEqual(exits(state, calm.task));
}, 180_000);

test('the next start finds nothing left to do, and stops on Ctrl-C', async () => {
  const before = states.map((name) => entered(state, name));
  expect(await running?.end('SIGINT')).toBe(0);
  running = await started(assembly, state);
  await sleep(300);
  expect(states.map((name) => entered(state, name))).toEqual(before);
  expect(await running.end('SIGTERM')).toBe(0);
  running = undefined;
});
