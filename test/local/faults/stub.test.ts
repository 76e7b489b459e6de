// `npm start -- --provider stub`: work asks models without anybody's key, and afterwards it does not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../../../scripts/demo/sign-in.ts';
import { drama } from '../../kit/drama.ts';
import { assembled, type Started, started } from './started.ts';

const folder = mkdtempSync(join(tmpdir(), 'scriptloom-stub-'));
const state = join(folder, 'state');
let assembly: string;
beforeAll(async () => {
  assembly = await assembled(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function brokenDown({ apiUrl }: Started, title: string) {
  const client = await signIn(apiUrl);
  const { id } = await client.projectCreate({ title });
  const { task_id } = await client.taskParseScript({ project_id: id, raw_text: drama });
  for (;;) {
    const task = await client.taskGet({ id: task_id });
    if (task.status !== 'pending' && task.status !== 'running') return task;
    await sleep(100);
  }
}

test('models are asked while it plays them, and the built-in engine works once it is gone', async () => {
  const playing = await started(assembly, state, '--provider', 'stub');
  try {
    expect(playing.printed()).toMatch(/Models +http:\/\/127\.0\.0\.1:\d+/);
    expect(await brokenDown(playing, '有替身')).toMatchObject({ status: 'completed', provider: 'auto', drafts: [] });
    expect(playing.printed()).toMatch(/model deepseek \/deepseek\S* answered/);
  } finally {
    await playing.end('SIGKILL');
  }
  const alone = await started(assembly, state);
  try {
    expect(await brokenDown(alone, '无替身')).toMatchObject({ status: 'completed', provider: 'builtin' });
    expect(alone.printed()).not.toMatch(/Models|model /);
  } finally {
    await alone.end('SIGTERM');
  }
}, 180_000);
