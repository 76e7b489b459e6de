// Every route of the registry: without a token, with one that must not be believed, and with another tenant's things.
import { dirname } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { routes } from '../../functions/http/routes.ts';
import { aPerson, type Person, said } from '../kit/client.ts';
import { forged, resigned, unsigned } from '../kit/forgery.ts';
import { type Ids, lists, ownVerbs, requestOf, stocked } from '../kit/requests.ts';

/** Words that occur in nothing but the owner's script and library. */
const canaries = ['青瓷茶壶', '雨巷', '林晚', '旧书店'];
const guarded = routes.filter(({ auth }) => auth === 'token');

let owner: Person;
let stranger: Person;
let ids: Ids;
let own: Ids;
let tokens: Record<string, string>;
let untouched: string;

beforeAll(async () => {
  [owner, stranger] = await Promise.all([aPerson('owner'), aPerson('stranger')]);
  ids = await stocked(owner);
  own = await stocked(stranger);
  const { access } = owner.token;
  const state = dirname(inject('cloud').logs);
  const past = Math.floor(Date.now() / 1000) - 60;
  tokens = {
    forged: await forged(access),
    expired: await resigned(access, { iat: past - 3600, exp: past }, state),
    unsigned: unsigned(access),
    'of another client': await resigned(access, { client_id: 'another' }, state),
    'an id token': await resigned(access, { token_use: 'id' }, state),
    'without a tenant': await resigned(access, { tenant_id: '' }, state),
  };
  untouched = await ownersView();
});

/** What the owner sees of the own things. */
async function ownersView(): Promise<string> {
  const { client } = owner;
  const seen = await Promise.all([
    client.projectGet({ id: ids.projects ?? '' }),
    client.assetList({ project_id: ids.projects ?? '', size: 100 }),
    client.storyboardShots({ id: ids.storyboards ?? '', size: 100 }),
    client.scriptGet({ id: ids.scripts ?? '' }),
    client.taskList({}),
    client.decisionList({ project_id: ids.projects ?? '', status: 'rejected' }),
  ]);
  return JSON.stringify(seen);
}

async function withToken(method: string, { path, body }: ReturnType<typeof requestOf>, token?: string) {
  return fetch(`${inject('cloud').apiUrl}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
}

const bare = (text: string) => text.replace(/"timestamp":\d+/, '');

function mustHoldNothing(text: string): void {
  for (const canary of canaries) expect(text).not.toContain(canary);
}

/** Ids of the right shape that nothing has. */
const nothing = (): Ids =>
  Object.fromEntries(
    Object.entries(ids).map(([noun, id]) => [noun, id.replace(/[0-9a-z]{26}/, (ulid) => `0${ulid.slice(1, -4)}zzzz`)]),
  );

describe.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  const { method } = route;

  test('without a token: 401', async () => {
    const answer = await withToken(method, requestOf(route, ids));
    expect(answer.status).toBe(401);
    mustHoldNothing(await answer.text());
  });

  test.each(['forged', 'expired', 'unsigned', 'of another client', 'an id token', 'without a tenant'])(
    'with a token that is %s: 401',
    async (kind) => {
      const answer = await withToken(method, requestOf(route, ids), tokens[kind]);
      expect(answer.status).toBe(401);
      const { error } = await said(answer);
      expect(error.code).toBe('INVALID_TOKEN');
      mustHoldNothing(JSON.stringify(error));
    },
  );

  if (route.route.verb.needs === 'platform')
    test('an owner of a tenant does not run the platform: 403', async () => {
      const { path, body } = requestOf(route, ids);
      const answer = await owner.send(method, path, body);
      expect([answer.status, (await said(answer)).error.code]).toEqual([403, 'FORBIDDEN']);
    });
  else if (!ownVerbs.has(route.route.verb.verbName))
    test("another tenant's things answer byte for byte like things that do not exist", async () => {
      const theirs = requestOf(route, ids);
      const none = requestOf(route, nothing());
      const answer = await stranger.send(method, theirs.path, theirs.body);
      const empty = await stranger.send(method, none.path, none.body);
      expect([answer.status, empty.status]).toEqual([404, 404]);
      expect(bare(await answer.text())).toBe(bare(await empty.text()));
    });
  else
    test("what the stranger sees is the stranger's", async () => {
      const { path, body } = requestOf(route, own);
      const text = await (await stranger.send(method, path, body)).text();
      // lines of refusals hold the ids that the stranger has asked for
      const known = /^audit\.(list|export)$/.test(route.route.verb.verbName) ? [] : Object.values(ids);
      for (const id of known) expect(text).not.toContain(id);
      expect(text).not.toContain(owner.user.tenant_id);
    });
});

describe.each(lists.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  test("another tenant's cursor is refused", async () => {
    const paged = (of: Ids, query: string) => {
      const { path } = requestOf(route, of);
      const status = route.route.verb.verbName === 'decision.list' ? '&status=rejected' : '';
      return `${path}${path.includes('?') ? '&' : '?'}size=1${status}${query}`;
    };
    const page = await said(await owner.send('GET', paged(ids, '')));
    expect(page.data.next_cursor).toEqual(expect.any(String));
    const query = `&cursor=${encodeURIComponent(String(page.data.next_cursor))}`;
    expect((await owner.send('GET', paged(ids, query))).status).toBe(200);
    const answer = await stranger.send('GET', paged(own, query));
    expect(answer.status).toBe(400);
    expect((await said(answer)).error.code).toBe('INVALID_CURSOR');
  });
});

test('after all of it the owner finds everything as it was', async () => {
  expect(await ownersView()).toBe(untouched);
});
