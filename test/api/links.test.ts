// The isolation test goes on where answers hand out links: every signed address that a route answers, found by walking its answer, in the
// hands of somebody of another tenant. Whoever has a link has that one thing for its time; nothing can be made of it that it was not signed for.
import { beforeAll, describe, expect, test } from 'vitest';
import { openApi } from '../../functions/http/openapi/document.ts';
import { routes } from '../../functions/http/routes.ts';
import { aPerson, type Person, said } from '../kit/client.ts';
import { requestOf } from '../kit/requests.ts';

const canary = '青瓷茶壶里的字条';
const bytes = new Uint8Array(Buffer.from(`第1集\n1-1 日 内 书店\n林晚：${canary}。`));
const size = bytes.length;
const aFile = { file_name: 'a.txt', file_type: 'script', file_size: size, content_type: 'text/plain' } as const;

type Schema = { properties?: Record<string, unknown> } | null;
/** Names of fields of a schema, however deep. */
const fieldsIn = (schema: unknown): string[] =>
  schema === null || typeof schema !== 'object'
    ? []
    : [...Object.keys((schema as Schema)?.properties ?? {}), ...Object.values(schema).flatMap(fieldsIn)];

const { paths } = openApi(routes, 'test');
/** Routes whose answers have a field for a signed address. */
const linking = routes.filter(({ path, method }) => {
  const operation = paths[path]?.[method.toLowerCase()] as { responses: unknown };
  return fieldsIn(operation.responses).some((name) => /^(presigned|upload)_url$/.test(name));
});

type Signed = { url: string; headers: Record<string, string> };
/** Every signed address in an answer, with the headers that stand beside it. */
function signedIn(answer: unknown): Signed[] {
  if (answer === null || typeof answer !== 'object') return [];
  const headers = 'upload_headers' in answer ? (answer.upload_headers as Record<string, string>) : {};
  return Object.values(answer).flatMap((value) =>
    typeof value === 'string' && value.includes('X-Amz-Signature=') ? [{ url: value, headers }] : signedIn(value),
  );
}

type Stock = { project: string; stored: string; parted: string };

/** A stored file, and one that is uploaded in parts. */
async function stocked({ client }: Person): Promise<Stock> {
  const { id: project } = await client.projectCreate({ title: '雨巷' });
  const { file_id, upload_url, upload_headers } = await client.fileUpload({ ...aFile, project_id: project });
  const { 'content-length': _, ...headers } = upload_headers;
  expect((await fetch(upload_url, { method: 'PUT', body: bytes, headers })).status).toBe(200);
  await client.fileCallback({ file_id, upload_status: 'success' });
  const { file_id: parted } = await client.fileChunk({ action: 'start', ...aFile, project_id: project });
  return { project, stored: file_id, parted };
}

/** Requests that are answered with a link, by verb; each for itself, so that it can be asked again. */
const asked: Readonly<Record<string, (person: Person, of: Stock) => Promise<Record<string, unknown>>>> = {
  'file.upload': async (_, { project }) => ({ ...aFile, project_id: project }),
  'file.chunk': async (_, { parted }) => ({ action: 'parts', file_id: parted }),
  'file.callback': async ({ client }, { project }) => {
    const { file_id, upload_url, upload_headers } = await client.fileUpload({ ...aFile, project_id: project });
    const { 'content-length': _, ...headers } = upload_headers;
    await fetch(upload_url, { method: 'PUT', body: bytes, headers });
    return { file_id, upload_status: 'success' };
  },
  'file.url': async () => ({}),
  'audit.export': async () => ({ format: 'jsonl' }),
};

let owner: Person;
let stranger: Person;
let theirs: Stock;
let own: Stock;
beforeAll(async () => {
  [owner, stranger] = await Promise.all([aPerson('linking'), aPerson('taking')]);
  [theirs, own] = await Promise.all([stocked(owner), stocked(stranger)]);
});

async function linksOf(person: Person, of: Stock, route: (typeof routes)[number]): Promise<Signed[]> {
  const { path } = requestOf(route, { url: of.stored });
  const body = await asked[route.route.verb.verbName]?.(person, of);
  const answer = await person.send(route.method, path, route.method === 'GET' ? undefined : body);
  expect(answer.ok).toBe(true);
  return signedIn(await said(answer));
}

/** What is sent to an address: for one to upload to, bytes with its headers. */
const sent = (link: Signed, method: string): RequestInit => {
  const { 'content-length': _, ...headers } = link.headers;
  return method === 'PUT' ? { method, headers, body: bytes } : { method };
};

/** Not valid as a link, not signed by whom it says, not a method of a link. */
const refusals: ReadonlySet<number> = new Set([400, 403, 405]);

const refused = async (url: string, init: RequestInit): Promise<void> => {
  const answer = await fetch(url, init);
  const body = await answer.text();
  expect([url, init.method, refusals.has(answer.status)]).toEqual([url, init.method, true]);
  expect(body).not.toContain(canary);
};

test('every route that the description lets answer a link is tried here', () => {
  expect(linking.map(({ route }) => route.verb.verbName).toSorted()).toEqual(Object.keys(asked).toSorted());
});

describe.each(linking.map((route) => [`${route.method} ${route.path}`, route] as const))('a link of %s', (_, route) => {
  let links: Signed[];
  let strangers: Signed[];
  let method: string;
  beforeAll(async () => {
    [links, strangers] = await Promise.all([linksOf(owner, theirs, route), linksOf(stranger, own, route)]);
    method = /^file\.(upload|chunk)$/.test(route.route.verb.verbName) ? 'PUT' : 'GET';
    expect([links.length, strangers.length].every((count) => count > 0)).toBe(true);
  });

  const each = async (act: (link: Signed, url: URL) => Promise<void>) => {
    for (const link of links) await act(link, new URL(link.url));
  };
  const tenantOf = ({ user }: Person) => user.tenant_id ?? '';

  test('leads to what is its tenant’s own, and to nothing of anybody else’s', () => {
    for (const [person, of] of [
      [owner, links],
      [stranger, strangers],
    ] as const)
      for (const { url } of of) expect(new URL(url).pathname).toMatch(new RegExp(`/tenants/${tenantOf(person)}/`));
  });

  test('opens no other object: not another of its tenant, not one of the stranger, not a folder', () =>
    each(async (link, url) => {
      const [mine] = await linksOf(stranger, own, route);
      const paths = [
        url.pathname.replace(/[^/]+$/, 'other.txt'),
        url.pathname.replace(tenantOf(owner), tenantOf(stranger)),
        new URL(mine?.url ?? '').pathname,
        url.pathname.replace(/[^/]+$/, ''),
        `${url.pathname}/..%2f`,
        url.pathname.replace('/tenants/', '/tenants//'),
      ];
      for (const pathname of paths) await refused(Object.assign(new URL(url), { pathname }).href, sent(link, method));
    }));

  test('does nothing else than it was signed for', () =>
    each(async (link, url) => {
      for (const other of ['GET', 'PUT', 'DELETE', 'POST'].filter((one) => one !== method))
        await refused(url.href, sent(link, other));
    }));

  test('takes no other word in its query: not a longer life, not a later date, not another type or version', () =>
    each(async (link, url) => {
      const changes: [string, string][] = [
        ['X-Amz-Expires', '604800'],
        ['X-Amz-Date', '20991231T235959Z'],
        ['X-Amz-SignedHeaders', 'host'],
        ['response-content-type', 'text/html'],
        ['versionId', 'null'],
        ['partNumber', '2'],
      ];
      for (const [name, value] of changes) {
        const changed = new URL(url);
        if (changed.searchParams.get(name) === value) continue;
        changed.searchParams.set(name, value);
        await refused(changed.href, sent(link, method));
      }
    }));

  test('is not signed by the session of another: neither token nor credential nor signature changes hands', () =>
    each(async (link, url) => {
      const foreign = new URL(strangers[0]?.url ?? '');
      for (const names of [
        ['X-Amz-Security-Token'],
        ['X-Amz-Security-Token', 'X-Amz-Credential'],
        ['X-Amz-Security-Token', 'X-Amz-Credential', 'X-Amz-Signature'],
        ['X-Amz-Signature'],
      ]) {
        const changed = new URL(url);
        for (const name of names) changed.searchParams.set(name, foreign.searchParams.get(name) ?? '');
        await refused(changed.href, sent(link, method));
      }
      // the stranger's own link, led to the owner's object
      await refused(Object.assign(new URL(foreign), { pathname: url.pathname }).href, sent(link, method));
      const bare = new URL(url);
      bare.searchParams.delete('X-Amz-Security-Token');
      await refused(bare.href, sent(link, method));
    }));

  test('is for its bearer what it was made for, for as long as it lives', () =>
    each(async (link, url) => {
      const answer = await fetch(url, sent(link, method));
      expect(answer.status).toBe(200);
      const body = await answer.text();
      if (route.route.verb.verbName.startsWith('file.') && method === 'GET') expect(body).toContain(canary);
    }));
});

test('no route makes a link to another tenant’s file, whatever is asked', async () => {
  for (const route of linking) {
    const { path } = requestOf(route, { url: theirs.stored });
    const bodies = [
      { ...aFile, project_id: theirs.project },
      { action: 'start', ...aFile, project_id: theirs.project },
      { action: 'parts', file_id: theirs.parted },
      { file_id: theirs.stored, upload_status: 'success' },
      { format: 'jsonl', object: theirs.stored },
    ];
    for (const body of route.method === 'GET' ? [undefined] : bodies) {
      const text = await (await stranger.send(route.method, path, body)).text();
      expect(text).not.toContain(owner.user.tenant_id);
      expect(text).not.toContain(canary);
    }
  }
});
