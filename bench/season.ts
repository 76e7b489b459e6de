// A season with models through the whole cloud: twenty episodes, two seconds a call, eight calls at once. Wall clock against the critical path.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plainReply } from '../scripts/models/plain.ts';
import { type Models, startModels } from '../scripts/models/server.ts';
import { api } from '../web/src/data/api.ts';
import { caller } from '../web/src/data/call.ts';
import { atMost, type Row } from './row.ts';
import { standing } from './standing.ts';

/** Seconds a call takes, and calls at once. */
const [latency, slots] = [2, 8];
const model = { provider: 'doubao', model: 'doubao-seed-1-8-251228' } as const;
const script = readFileSync('demo/zh_jindenglu.txt', 'utf8');

export async function measure(): Promise<Row[]> {
  const state = mkdtempSync(join(tmpdir(), 'scriptloom-bench-'));
  const models = await startModels({ reply: plainReply });
  const cloud = await standing(state);
  try {
    const client = await aStudio(cloud.apiUrl, models);
    // functions are warm then, as they are behind the first tasks of a day: one season alone begins fewer copies than work at once
    models.strike(() => `slow=${latency}`);
    for (const other of '烛火') await brokenDown(client, script.replaceAll('灯', other));
    const before = models.log.length;
    const seconds = await brokenDown(client, script);
    const path = criticalPath(models.log.slice(before));
    if (models.mostAtOnce() > slots) throw new Error(`${models.mostAtOnce()} calls at once`);
    const what = `season with models, 20 episodes, ${latency} s a call, ${slots} at once: wall ÷ critical path (${path} s)`;
    return [atMost(what, seconds / path, 1.15)];
  } finally {
    await models.close();
    await cloud.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

type Client = ReturnType<typeof api>;

/** A tenant with a key of its own for the model server. */
async function aStudio(apiUrl: string, models: Models): Promise<Client> {
  const person = { email: 'season@example.com', password: 'Lantern-2026!', name: 'bench', tenant_name: 'bench' };
  const { token } = await api(caller({ origin: apiUrl })).memberRegister(person);
  const client = api(caller({ origin: apiUrl, token: () => token?.access ?? '' }));
  const { provider } = model;
  await client.keyAdd({ provider, label: 'bench', key: 'sk-bench-0123456789', base_url: models.baseUrl(provider) });
  await client.policySet({ version: 0, models: [model], slots: { [provider]: slots } });
  return client;
}

/** Seconds from the order to the end of a breakdown. */
async function brokenDown(client: Client, text: string): Promise<number> {
  const { id } = await client.projectCreate({ title: `锦灯记 ${text.length} ${text.slice(0, 3)}` });
  const began = performance.now();
  const { task_id } = await client.taskParseScript({ project_id: id, raw_text: text, cap: 1_000_000_000 });
  for (;;) {
    const { status, drafts, failed } = await client.taskGet({ id: task_id });
    if (status === 'completed' && drafts.length === 0) return (performance.now() - began) / 1000;
    if (status !== 'pending' && status !== 'running') throw new Error(`the breakdown ended as ${status}: ${JSON.stringify([...failed, ...drafts].slice(0, 3))}`); // biome-ignore format: one thought
    await sleep(200);
  }
}

/** Seconds that the calls take with the slots always full: extraction, then identities, then storyboards; none can begin before the one in front ended. */
function criticalPath(log: Models['log']): number {
  const steps = [/"Known:\\n/, /"Name: /, /"Style: /];
  const texts = log.map(({ body }) => JSON.stringify(body));
  const counts = steps.map((step) => texts.filter((text) => step.test(text)).length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total !== log.length) throw new Error(`${log.length - total} calls belong to no step`);
  return counts.reduce((sum, count) => sum + Math.ceil(count / slots) * latency, 0);
}
