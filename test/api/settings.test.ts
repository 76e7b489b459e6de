// The settings as people meet them over HTTP: keys in and never out, who is asked, what it cost, whose words speak.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { aPerson, brokenDown, ended, type Person, type said } from '../kit/client.ts';
import { drama } from '../kit/drama.ts';
import { resigned } from '../kit/forgery.ts';
import { type Models, startModels } from '../kit/models/index.ts';

/** Two keys that stand nowhere but in requests to us and to the provider. */
const canaries = ['sk-canary-api-first-8hTzQ2', 'sk-canary-api-second-Wn5Lx9'] as const;

let models: Models;
let person: Person;
let project_id: string;
let episode: string;
/** All that the API has answered. */
const heard: string[] = [];

beforeAll(async () => {
  models = await startModels({ reply: ({ schema }) => nothingIn(schema) });
  person = await aPerson('owner');
  const { project } = await brokenDown(person, '雨巷', drama);
  project_id = project.id;
  episode = (await person.client.episodeList({ project_id })).items[0]?.id ?? '';
});
afterAll(() => models.close());

/** A model that adds nothing to what is known. */
const nothingIn = (schema: { properties?: unknown } | undefined) =>
  schema ? Object.fromEntries(Object.keys(schema.properties ?? {}).map((name) => [name, []])) : 'ready';

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await person.send(method, path, body, headers);
  const text = await answer.text();
  heard.push(text);
  return { status: answer.status, ...(JSON.parse(text) as Awaited<ReturnType<typeof said>>) };
}

const own = (more: object = {}) => ({
  provider: 'openai',
  label: '工作室',
  key: canaries[0],
  base_url: models.baseUrl('openai'),
  models: [{ id: 'mine', price: { currency: 'CNY', input: 2, output: 8 } }],
  ...more,
});

describe('a key of one’s own', () => {
  let id: string;

  test('is stored, shown by its last four characters, and works', async () => {
    const made = await send('POST', '/settings/keys', own(), { 'idempotency-key': 'once' });
    expect([made.status, made.data.last_four, made.data.version]).toEqual([201, 'TzQ2', 1]);
    const again = await send('POST', '/settings/keys', own(), { 'idempotency-key': 'once' });
    expect(again.data.id).toBe(made.data.id);
    id = String(made.data.id);
    const { items } = await person.client.keyList();
    expect(items).toMatchObject([{ id, last_four: 'TzQ2', priority: 100, on: true, tested_at: null }]);
    expect(await person.client.keyTest({ id })).toMatchObject({ ok: true, code: null, model: 'mine' });
    expect(models.log.at(-1)?.key).toBe(canaries[0]);
    const { items: providers } = await person.client.providerList();
    expect(providers.find((one) => one.id === 'openai')).toMatchObject({ configured: true, own_keys: 1 });
    const { items: listed } = await person.client.modelList({ provider: 'openai' });
    expect(listed.find((one) => one.id === 'mine')).toMatchObject({ usable: true, status: 'unknown' });
  });

  test('that the provider refuses is told in the language of who asks, with what to do', async () => {
    models.next('auth', 'auth');
    const zh = await send('POST', `/settings/keys/${id}/test`, {}, { 'accept-language': 'zh-CN' });
    const en = await send('POST', `/settings/keys/${id}/test`, {});
    expect([zh.data.ok, zh.data.code, en.data.code]).toEqual([false, 'PROVIDER_KEY_REFUSED', 'PROVIDER_KEY_REFUSED']);
    expect([zh.data.message, en.data.message]).toEqual([
      expect.stringMatching(/检查或更换/),
      expect.stringMatching(/Check or replace/),
    ]);
    const [health] = (await person.client.providerHealth()).items;
    expect(health?.accounts[0]).toMatchObject({ key_id: id, test_code: 'PROVIDER_KEY_REFUSED' });
  });

  test('is changed and rotated at its newest version only', async () => {
    const none = await send('PUT', `/settings/keys/${id}`, { label: '二号' });
    expect([none.status, none.error.code]).toEqual([428, 'VERSION_REQUIRED']);
    const changed = await send('PUT', `/settings/keys/${id}`, { label: '二号', priority: 5 }, { 'if-match': '"1"' });
    expect(changed.data).toMatchObject({ label: '二号', priority: 5, version: 2 });
    const stale = await send('POST', `/settings/keys/${id}/rotate`, { version: 1, key: canaries[1] });
    expect([stale.status, stale.error.details.current_version]).toEqual([409, 2]);
    const rotated = await send('POST', `/settings/keys/${id}/rotate`, { version: 2, key: canaries[1] });
    expect(rotated.data).toMatchObject({ last_four: '5Lx9', tested_at: null, version: 3 });
    await person.client.keyTest({ id });
    expect(models.log.at(-1)?.key).toBe(canaries[1]);
  });

  test('runs the work it is chosen for; what that cost stands with the task, and in the totals by day, project and model', async () => {
    const mine = { provider: 'openai', model: 'mine' } as const;
    const use = await person.client.policySetUse({ use: 'extract', models: [mine], version: 0 });
    expect(use.asked).toMatchObject([{ ...mine, mode: 'byok', key_id: id, price_known: true }]);
    const { task_id } = await person.client.taskExtractAssets({ id: episode, rerun: true, provider: 'auto' });
    expect(await ended(person, task_id)).toMatchObject({ status: 'completed', provider: 'auto' });
    const { items, budget } = await person.client.taskUsage({ id: task_id });
    const [row] = items;
    expect(row).toMatchObject({ ...mine, mode: 'byok', episode: 1, outcome: 'answered', currency: 'CNY' });
    expect(budget?.spent).toBe(items.reduce((all, { spent }) => all + spent, 0));
    const total = await added(task_id);
    const today = { from: dayAgo(1), to: dayAgo(0) };
    const [byProject, byModel] = [
      await person.client.usageTotals({ ...today, by: 'project', project_id }),
      await person.client.usageTotals({ ...today, by: 'model' }),
    ];
    expect(byProject.items).toMatchObject([{ project_id, spent: budget?.spent, calls: items.length }]);
    expect(byModel.items).toMatchObject([{ provider: 'openai', model: 'mine' }]);
    expect(total.calls).toBeGreaterThan(items.length); // tests of the key are in it
  });

  test('that is deleted is gone, and its provider has none', async () => {
    await person.client.keyRemove({ id });
    const gone = await send('POST', `/settings/keys/${id}/test`, {});
    expect([gone.status, gone.error.code]).toEqual([404, 'NOT_FOUND']);
    expect((await person.client.policyGetUse({ use: 'extract' })).asked).toEqual([]);
  });

  test('is sealed for good: no answer, no log, no table and no object of the whole cloud holds it', async () => {
    await send('POST', '/settings/keys', { ...own(), key: `${canaries[0]} ${canaries[1]}` });
    await send('POST', '/settings/keys', { ...own(), base_url: `not an address ${canaries[0]}` });
    await send('POST', '/settings/keys', `{"key": "${canaries[0]}"`);
    const kept = [...filesUnder(dirname(inject('cloud').logs))].map((file) => readFileSync(file));
    // what may be seen of it is there, so the place is right
    expect(kept.some((bytes) => bytes.includes('5Lx9'))).toBe(true);
    const everything = [...kept, ...heard.map((text) => Buffer.from(text))];
    for (const word of [...canaries, ...canaries.map((one) => Buffer.from(one).toString('base64').slice(0, 30))])
      expect(everything.filter((bytes) => bytes.includes(word)).length).toBe(0);
  });
});

const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Totals of today, once the rows of a task are in them. */
async function added(task: string) {
  const { items } = await person.client.taskUsage({ id: task, size: 100 });
  for (let tries = 0; tries < 100; tries++) {
    const { total, items: projects } = await person.client.usageTotals({
      from: dayAgo(1),
      to: dayAgo(0),
      by: 'project',
    });
    if ((projects.find((one) => one.project_id === project_id)?.calls ?? 0) >= items.length) return total;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('usage was not added up within ten seconds');
}

function* filesUnder(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) yield* filesUnder(path);
    else if (stat?.isFile()) yield path;
  }
}

describe('prompts', () => {
  const user = '{{language}}\n{{known}}\n---\n{{script}}';

  test('are said in the tenant’s own words, with the way back', async () => {
    const [first] = (await person.client.promptList()).items;
    expect(first).toMatchObject({
      name: 'extract',
      state: 'ours',
      blanks: ['language', 'known', 'script'],
      version: 0,
    });
    const set = await person.client.promptSet({ name: 'extract', version: 0, system: '用 {{language}}。', user });
    expect(set).toMatchObject({ state: 'own', edition: 1, own: { system: '用 {{language}}。' } });
    await person.client.promptSet({ name: 'extract', version: 1, system: '二', user });
    const { items } = await person.client.promptEditions({ name: 'extract' });
    expect(items.map(({ edition }) => edition)).toEqual([2, 1]);
    const back = await person.client.promptRollBack({ name: 'extract', version: 2, edition: 0 });
    expect(back).toMatchObject({ state: 'ours', edition: 0, editions: 2, own: null });
  });

  test('that lack a blank are refused, and the blanks are named', async () => {
    const answer = await send('PUT', '/settings/prompts/extract', { version: 3, system: '', user: '{{script}}' });
    expect([answer.status, answer.error.code]).toEqual([422, 'PROMPT_REFUSED']);
    expect(answer.error.message).toContain('{{language}} {{known}} {{script}}');
  });
});

test('what one may is read from the directory, not from the token', async () => {
  const token = await resigned(person.token.access, { role: 'viewer' }, dirname(inject('cloud').logs));
  const { version } = await person.client.policyGet();
  const body = { version, drafts: false, slots: { openai: 2 } };
  const answer = await send('PUT', '/settings/policy', body, { authorization: `Bearer ${token}` });
  expect(answer.data).toMatchObject({ drafts: false, slots: { openai: 2 }, version: version + 1 });
});
