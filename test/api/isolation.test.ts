// Every route of the registry: without a token, with a forged or expired one, and with another tenant's ids.

import { generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { routes } from '../../functions/http/routes.ts';
import { aPerson, brokenDown, type Person, said } from '../kit/client.ts';
import { drama } from '../kit/drama.ts';

const canary = '青瓷茶壶';
const guarded = routes.filter(({ auth }) => auth === 'token');

let owner: Person;
let stranger: Person;
let ids: Record<string, string>;

beforeAll(async () => {
  [owner, stranger] = await Promise.all([aPerson('owner'), aPerson('stranger')]);
  const { project, task } = await brokenDown(owner, '雨巷', drama);
  expect(task.status).toBe('completed');
  ids = await idsOf(owner, project.id, task.id);
});

/** One real id of the owner for every kind of thing a path can name. */
async function idsOf({ client }: Person, project: string, task: string): Promise<Record<string, string>> {
  const [scripts, episodes, assets, decisions, snapshots] = await Promise.all([
    client.scriptList({ project_id: project }),
    client.episodeList({ project_id: project }),
    client.assetList({ project_id: project }),
    client.decisionList({ project_id: project, status: 'merged' }),
    client.snapshotList({ project_id: project }),
  ]);
  const episode = episodes.items[0]?.id ?? '';
  const board = await client.storyboardOfEpisode({ id: episode });
  const shots = await client.storyboardShots({ id: board.id });
  const upload = await client.fileUpload({
    file_name: 'a.txt',
    file_type: 'script',
    file_size: 10,
    project_id: project,
    content_type: 'text/plain',
  });
  return {
    projects: project,
    tasks: task,
    scripts: scripts.items[0]?.id ?? '',
    episodes: episode,
    assets: assets.items[0]?.id ?? '',
    'asset-decisions': decisions.items[0]?.id ?? 'dec_none',
    'asset-changes': 'chg_none',
    snapshots: snapshots.items[0]?.id ?? '',
    storyboards: board.id,
    shots: shots.items[0]?.id ?? '',
    url: upload.file_id,
    file: upload.file_id,
  };
}

/** The path with the owner's ids in its braces. */
function filled(path: string): string {
  return path
    .replace('/api/v1', '')
    .replace(/\/([\w-]+)\/\{(\w+)\}/g, (_, noun: string) => `/${noun}/${ids[noun] ?? 'nothing'}`)
    .replace('{revision}', '1');
}

const body = (method: string) => (method === 'GET' || method === 'DELETE' ? undefined : {});

async function withToken(method: string, path: string, token: string | undefined) {
  const { apiUrl } = inject('cloud');
  return fetch(`${apiUrl}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(body(method) && { body: '{}' }),
  });
}

describe.each(guarded.map(({ method, path }) => [`${method} ${path}`, method, path] as const))(
  '%s',
  (_, method, path) => {
    test('without a token: 401', async () => {
      const answer = await withToken(method, filled(path), undefined);
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain(canary);
    });

    test('with a forged token: 401 and a code', async () => {
      const answer = await withToken(method, filled(path), await forged());
      expect(answer.status).toBe(401);
      expect((await said(answer)).error.code).toBe('INVALID_TOKEN');
    });

    test("with another tenant's ids: nothing of theirs", async () => {
      const parametered = path.includes('{');
      const answer = await stranger.send(
        method,
        `${filled(path)}${parametered || method !== 'GET' ? '' : `?project_id=${ids.projects}`}`,
        method === 'GET' || method === 'DELETE' ? undefined : { project_id: ids.projects, version: 1 },
      );
      const text = await answer.text();
      expect(text).not.toContain(canary);
      expect(text).not.toContain('雨巷');
      if (parametered && answer.status !== 400) expect([404, 403]).toContain(answer.status);
    });
  },
);

/** A token of the right shape, signed by somebody else. */
async function forged(): Promise<string> {
  const [, payload = ''] = owner.token.access.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const { privateKey } = await generateKeyPair('RS256');
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'forged' }).sign(privateKey);
}

test('an unsigned token (alg none) is refused', async () => {
  const [, payload] = owner.token.access.split('.');
  const header = Buffer.from('{"alg":"none"}').toString('base64url');
  const answer = await withToken('GET', '/projects', `${header}.${payload}.`);
  expect(answer.status).toBe(401);
});

test("another tenant's thing answers byte for byte like one that does not exist", async () => {
  const strip = (text: string) => text.replace(/"timestamp":\d+/, '');
  for (const [noun, path] of [
    ['projects', '/projects/'],
    ['assets', '/assets/'],
    ['shots', '/shots/'],
    ['tasks', '/ai/tasks/'],
    ['scripts', '/scripts/'],
  ] as const) {
    const theirs = await stranger.send('GET', `${path}${ids[noun]}`);
    const none = await stranger.send('GET', `${path}${ids[noun]?.slice(0, -1)}0`);
    expect(theirs.status).toBe(404);
    expect(strip(await theirs.text())).toBe(strip(await none.text()));
  }
});

test('a cursor of another tenant is refused', async () => {
  const page = await owner.client.assetList({ project_id: ids.projects ?? '', size: 1 });
  const answer = await stranger.send('GET', `/ai/tasks?cursor=${page.next_cursor}`);
  expect(answer.status).toBe(400);
  expect((await said(answer)).error.code).toBe('INVALID_CURSOR');
});
