// Keys of tenants and of the platform, in a cloud of their own: used, echoed by a provider, refused, rotated, exported around; and found nowhere.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { KeyRow } from '../../core/ai/keys/store.ts';
import { type Cloud, startCloud } from '../../local/cloud.ts';
import { plainReply } from '../../scripts/models/plain.ts';
import { api } from '../../web/src/data/api.ts';
import { caller, Refusal } from '../../web/src/data/call.ts';
import { password } from '../kit/client.ts';
import { season } from '../kit/faults/season.ts';
import { type Models, startModels } from '../kit/models/index.ts';

/** Keys that stand nowhere but in requests to us and to providers. */
const keys = {
  own: 'sk-canary-own-4bTz91LqXw7',
  rotated: 'sk-canary-rotated-Jm20sKdPv3',
  platform: 'sk-canary-platform-Zr58hGyNc6',
} as const;
const own = { provider: 'doubao', model: 'doubao-seed-1-8-251228' } as const;
const platform = { provider: 'deepseek', model: 'deepseek-flash' } as const;

let cloud: Cloud;
let models: Models;
const state = mkdtempSync(join(tmpdir(), 'scriptloom-canaries-'));
/** All that was said to people: answers of the API, pushes, words of the cloud. */
const heard: string[] = [];
const { fetch } = globalThis;

beforeAll(async () => {
  models = await startModels({ reply: plainReply });
  cloud = await startCloud({ assembly: 'cdk.out', state, log: (line) => void heard.push(line) });
  globalThis.fetch = async (...asked) => {
    const answer = await fetch(...asked);
    heard.push(JSON.stringify([...answer.headers]), await answer.clone().text());
    return answer;
  };
  const entries = { [platform.provider]: { key: keys.platform, baseUrl: models.baseUrl(platform.provider) } };
  await withClient(SecretsManagerClient, 'SECRETS_MANAGER', (client) =>
    client.send(
      new PutSecretValueCommand({ SecretId: cloud.outputs.ModelSecretArn, SecretString: JSON.stringify(entries) }),
    ),
  );
});
afterAll(async () => {
  globalThis.fetch = fetch;
  await models.close();
  await cloud.stop();
  rmSync(state, { recursive: true, force: true });
});

/** Speaks to a service as the cloud itself. */
async function withClient<C extends { destroy: () => void }, T>(
  Client: new (config: { region: string; credentials: Cloud['host']['credentials']; endpoint: string }) => C,
  service: string,
  run: (client: C) => Promise<T>,
): Promise<T> {
  const { region, credentials, endpoints } = cloud.host;
  const client = new Client({ region, credentials, endpoint: endpoints[`AWS_ENDPOINT_URL_${service}`] ?? '' });
  try {
    return await run(client);
  } finally {
    client.destroy();
  }
}

async function aStudio(name: string) {
  const person = { email: `${name}@example.com`, password, name, tenant_name: name };
  const { token } = await api(caller({ origin: cloud.apiUrl, language: 'en' })).memberRegister(person);
  const client = api(caller({ origin: cloud.apiUrl, token: () => token?.access, language: 'en' }));
  const key = { provider: own.provider, key: keys.own, base_url: models.baseUrl(own.provider) };
  return { client, key };
}
type Studio = Awaited<ReturnType<typeof aStudio>>;

/** Rows of sealed keys, of all tenants. */
const sealedRows = () =>
  withClient(DynamoDBClient, 'DYNAMODB', async (client) => {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const pages = await Promise.all(TableNames.map((TableName) => client.send(new ScanCommand({ TableName }))));
    const rows = pages.flatMap(({ Items = [] }) => Items.map((item) => unmarshall(item)));
    return rows.filter(({ sk }) => String(sk).startsWith('AIKEY#')) as KeyRow[];
  });

describe('the same key of two tenants', () => {
  let [mine, theirs]: Studio[] = [];
  beforeAll(async () => {
    [mine, theirs] = [await aStudio('mine'), await aStudio('theirs')];
    for (const [at, { client, key }] of [mine, mine, theirs].entries())
      await client.keyAdd({ ...key, label: `own ${at}` });
  });

  test('is another ciphertext each time, under another data key', async () => {
    const sealed = (await sealedRows()).map((row) => row.sealed);
    expect(sealed).toHaveLength(3);
    for (const part of ['dataKey', 'nonce', 'text'] as const)
      expect(new Set(sealed.map((one) => one[part])).size).toBe(3);
  });

  test('is opened in the context of its tenant and provider alone', async () => {
    const rows = await sealedRows();
    const opened = (row: KeyRow, context: Record<string, string>) =>
      withClient(KMSClient, 'KMS', (client) =>
        client.send(
          new DecryptCommand({ CiphertextBlob: Buffer.from(row.sealed.dataKey, 'base64'), EncryptionContext: context }),
        ),
      );
    for (const row of rows) {
      const other = rows.find(({ tenant }) => tenant !== row.tenant)?.tenant ?? '';
      expect((await opened(row, { tenant: row.tenant, provider: row.provider })).Plaintext).toHaveLength(32);
      await expect(opened(row, { tenant: other, provider: row.provider })).rejects.toThrow();
      await expect(opened(row, { tenant: row.tenant, provider: 'openai' })).rejects.toThrow();
    }
  });
});

/** As providers have been seen to answer: the key in every word of it. */
const echo = (key: string) => ({
  status: 400,
  headers: { 'x-request-id': key },
  body: { error: { message: `bad key ${key}`, code: key, param: key, type: key, request_id: key } },
});

describe('after work with keys of one’s own and of the platform, some of it failing', () => {
  beforeAll(async () => {
    const { client, key } = await aStudio('working');
    const { id } = await client.keyAdd({ ...key, label: 'own' });
    await client.policySet({ version: 0, models: [own, platform] });
    // the own key is refused where shots are asked for, and the platform's takes over
    models.strike(({ provider, messages }) =>
      provider === own.provider && messages[0]?.text.startsWith('Style: ') ? 'auth' : '',
    );
    models.next(echo(keys.own));
    const socket = new WebSocket(`${cloud.socketUrl}?ticket=${(await client.socketOpenTicket()).ticket}`);
    socket.onmessage = ({ data }) => void heard.push(String(data));
    await new Promise((resolve) => (socket.onopen = resolve));
    const project = await client.projectCreate({ title: '灯塔' });
    const { task_id } = await client.taskParseScript({ project_id: project.id, raw_text: season });
    socket.send(JSON.stringify({ action: 'resume', task_id, after: 0 }));
    await ended(client, task_id);
    await vi.waitFor(() => expect(heard.join()).toContain('task.ended'), { timeout: 20_000 });
    socket.close();
    await client.taskUsage({ id: task_id, size: 100 });
    await client.providerHealth();
    const { items } = await client.episodeList({ project_id: project.id });
    for (const one of items) {
      const board = await client.storyboardOfEpisode({ id: one.id });
      for (const format of ['html', 'csv', 'json'] as const) await client.storyboardExport({ id: board.id, format });
    }
    for (const answer of [echo(keys.own), 'auth', 'html', 'half-json']) {
      models.next(answer);
      await client.keyTest({ id });
    }
    for (const wrong of [
      { base_url: `not an address ${keys.own}` },
      { base_url: `https://${keys.own}` },
      { label: keys.own },
      { key: `${keys.own}\r\nx-evil: 1` },
      { models: keys.own as never },
      { provider: keys.own as never },
    ])
      await expect(client.keyAdd({ ...key, label: 'wrong', ...wrong })).rejects.toThrow(Refusal);
    const { version } = await client.keyRotate({ id, version: 1, key: keys.rotated });
    await client.keyTest({ id });
    await client.keyRemove({ id, version });
    // failures of the platform's key too
    await client.policySet({ version: 1, models: [platform], drafts: false });
    models.strike(() => 'auth');
    models.next(echo(keys.platform));
    await ended(
      client,
      (await client.taskParseScript({ project_id: project.id, raw_text: `${season}\n△灯灭了。` })).task_id,
    );
  });

  /** The task once it has ended. */
  async function ended(client: Studio['client'], id: string): Promise<void> {
    for (;;) {
      const { status } = await client.taskGet({ id });
      if (status !== 'pending' && status !== 'running') return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  test('all three were sent where they belong', () => {
    const sent = (provider: string) => new Set(models.log.filter((call) => call.provider === provider).map(({ key }) => key)); // biome-ignore format: one thought
    expect(sent(own.provider)).toEqual(new Set([keys.own, keys.rotated]));
    expect(sent(platform.provider)).toEqual(new Set([keys.platform]));
  });

  test('what was kept and said is all there to be looked through', async () => {
    const has = (where: RegExp, word: string) =>
      filesIn(state).some(({ name, bytes }) => where.test(name) && bytes.includes(word));
    const kept = [
      [/^logs\/.*extract/i, 'step failed'], // lines of functions that ask models
      [/^dynamodb/, 'PROVIDER_KEY_REFUSED'], // rows, and the records of their stream
      [/^dynamodb/, 'task.ended'],
      [/^executions/, 'PROVIDER_KEY_REFUSED'], // what the machine was told
      [/^storage/, '铜灯'], // answers of models
    ] as const;
    const missing = () => kept.filter(([where, word]) => !has(where, word));
    // lines and records reach the disk a little after the answer
    await vi.waitFor(() => expect(missing()).toEqual([]), { timeout: 20_000, interval: 500 });
    const said = heard.join('\n');
    for (const word of ['task.ended', 'PROVIDER_KEY_REFUSED', '<!doctype html>', 'LqXw7'.slice(-4)]) expect(said.toLowerCase()).toContain(word.toLowerCase()); // biome-ignore format: one list
  });

  test('no answer, push, export, log, row, stream, event and object holds one', () => {
    const everything = [
      ...filesIn(state),
      ...heard.map((text, at) => ({ name: `heard ${at}`, bytes: Buffer.from(text) })),
    ];
    const found = Object.values(keys).flatMap((key) =>
      formsOf(key).flatMap((form) =>
        everything.filter(({ bytes }) => bytes.includes(form)).map(({ name }) => `${key} in ${name}`),
      ),
    );
    expect(found).toEqual([]);
  });
});

/** A key as it may have been written: plain, in base64 at each offset, in hex, in an address. */
const formsOf = (key: string): string[] => [
  key,
  ...[0, 1, 2].map((offset) => Buffer.from(key.slice(offset, offset + 15)).toString('base64')),
  Buffer.from(key).toString('hex'),
];

/** Every file below a folder, by its path in it. */
function filesIn(folder: string, root = folder): { readonly name: string; readonly bytes: Buffer }[] {
  return readdirSync(folder).flatMap((one) => {
    const path = join(folder, one);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return filesIn(path, root);
    return stat?.isFile() ? [{ name: relative(root, path), bytes: readFileSync(path) }] : [];
  });
}
