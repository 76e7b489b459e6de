// How every answer looks: envelope, versions, languages, bodies, pages, the description of itself.
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { aPerson, type Person, said } from '../kit/client.ts';

let person: Person;
beforeAll(async () => {
  person = await aPerson('manner');
});

const aProject = async (title = `剧 ${Math.random()}`) => person.client.projectCreate({ title });

describe('the envelope', () => {
  test('of a success holds data, message, code 0 and the time', async () => {
    const answer = await person.send('POST', '/projects', { title: '锦灯记', target_duration: '90s' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-request-id')).toBeTruthy();
    const { success, data, message, code, timestamp } = (await answer.json()) as Record<string, unknown>;
    expect({ success, message, code }).toEqual({ success: true, message: 'ok', code: 0 });
    expect(Math.abs(Number(timestamp) - Date.now())).toBeLessThan(600_000);
    expect(data).toMatchObject({
      title: '锦灯记',
      stage: 'script',
      target_duration: '90s',
      created_at: expect.any(Number),
    });
    expect((data as { project: object }).project).toMatchObject({ title: '锦灯记' });
  });

  test('of a refusal holds code, message and details', async () => {
    const answer = await person.send('GET', '/projects/prj_nothing');
    expect(await answer.json()).toEqual({
      success: false,
      error: { code: 'NOT_FOUND', message: expect.stringContaining('Not found'), details: {} },
      timestamp: expect.any(Number),
    });
  });

  test('an unknown field of a known kind is named', async () => {
    const answer = await person.send('POST', '/projects', { title: 'x', image_count: 'many' });
    expect(answer.status).toBe(400);
    expect((await said(answer)).error).toMatchObject({
      code: 'INVALID_REQUEST',
      details: { issues: [{ field: 'image_count' }] },
    });
  });
});

describe('a body', () => {
  test('may come bare or as data with meta', async () => {
    const title = `包 ${Math.random()}`;
    const wrapped = await said(await person.send('POST', '/projects', { data: { title }, meta: { client: 'old' } }));
    expect(wrapped.data.title).toBe(title);
  });

  test.each([
    ['{"title":', 'INVALID_JSON'],
    ['[]', 'INVALID_JSON'],
    ['"text"', 'INVALID_JSON'],
    ['{"__proto__":{"title":"x"}}', 'INVALID_REQUEST'],
  ])('%s is refused: %s', async (body, code) => {
    const answer = await person.send('POST', '/projects', body);
    expect([answer.status, (await said(answer)).error.code]).toEqual([400, code]);
  });
});

describe('a change', () => {
  test('names its version in the body or by If-Match; a stale one is told the current', async () => {
    const { id } = await aProject();
    const first = await person.send('PUT', `/projects/${id}`, { stage: 'assets' }, { 'if-match': '"1"' });
    expect((await said(first)).data.version).toBe(2);
    const stale = await person.send('PUT', `/projects/${id}`, { stage: 'export', version: 1 });
    expect(stale.status).toBe(409);
    expect((await said(stale)).error).toMatchObject({ code: 'STALE_VERSION', details: { current_version: 2 } });
    const none = await person.send('PUT', `/projects/${id}`, { stage: 'export' });
    expect([none.status, (await said(none)).error.code]).toEqual([428, 'VERSION_REQUIRED']);
  });

  test.each([
    ['a stale If-Match beside the current version', '"7"', { version: 1 }],
    ['every version', '*', {}],
    ['what is no version', 'abc', {}],
  ])('%s is refused, and nothing is written', async (_, header, more) => {
    const { id } = await aProject();
    const answer = await person.send('PUT', `/projects/${id}`, { stage: 'assets', ...more }, { 'if-match': header });
    const { error } = await said(answer);
    expect([answer.status, error.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(error.message).toContain('If-Match');
    expect(await person.client.projectGet({ id })).toMatchObject({ stage: 'script', version: 1 });
  });
});

describe('Idempotency-Key', () => {
  test('of two at the same moment one works, the other gets its answer or is asked to wait', async () => {
    const key = { 'idempotency-key': `race-${Math.random()}` };
    const title = `同时 ${Math.random()}`;
    const answers = await Promise.all([1, 2, 3].map(() => person.send('POST', '/projects', { title }, key)));
    const bodies = await Promise.all(answers.map(said));
    const ids = new Set(bodies.filter(({ success }) => success).map(({ data }) => data.id));
    expect(ids.size).toBe(1);
    for (const { success, error } of bodies) if (!success) expect(error.code).toBe('IDEMPOTENCY_IN_FLIGHT');
    const { items } = await person.client.projectList({ search: title });
    expect(items).toHaveLength(1);
  });

  test('a refusal is the first answer too', async () => {
    const key = { 'idempotency-key': `refused-${Math.random()}` };
    const { title } = await aProject();
    const first = await person.send('POST', '/projects', { title }, key);
    const again = await person.send('POST', '/projects', { title }, key);
    expect([first.status, again.status]).toEqual([409, 409]);
    expect(again.headers.get('idempotent-replay')).toBe('true');
  });

  test('belongs to the person who sent it', async () => {
    const key = { 'idempotency-key': `mine-${Math.random()}` };
    const other = await aPerson('other');
    const title = `各自 ${Math.random()}`;
    const [mine, theirs] = await Promise.all([
      said(await person.send('POST', '/projects', { title }, key)),
      said(await other.send('POST', '/projects', { title }, key)),
    ]);
    expect(mine.data.id).not.toBe(theirs.data.id);
  });
});

test('pages go by number with totals and by cursor to the end', async () => {
  const reader = await aPerson('reader');
  for (let at = 1; at <= 5; at++) await reader.client.projectCreate({ title: `第${at}部` });
  const numbered = await reader.client.projectList({ page: 2, size: 2 });
  expect(numbered.pagination).toEqual({ page: 2, size: 2, total: 5, pages: 3 });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await reader.client.projectList({ size: 2, cursor });
    seen.push(...page.items.map(({ title }) => title));
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(['第5部', '第4部', '第3部', '第2部', '第1部']);
});

test('a project is shared with a person of the tenant, and taken back', async () => {
  const { id } = await aProject();
  const member_id = person.user.id ?? '';
  const shared = await person.client.projectShare({ id, member_id, access: 'edit' });
  expect(shared.shared_with).toMatchObject([{ member_id, access: 'edit' }]);
  expect((await person.client.projectGet({ id })).shared_with).toHaveLength(1);
  await person.client.projectShare({ id, member_id, access: 'none' });
  expect((await person.client.projectGet({ id })).shared_with).toEqual([]);
});

test('the API describes itself and answers without a token', async () => {
  const { apiUrl } = inject('cloud');
  const answer = await fetch(`${apiUrl}/api/v1/openapi.json`);
  expect(answer.headers.get('content-type')).toContain('application/json');
  const description = (await answer.json()) as { openapi: string; paths: Record<string, unknown> };
  expect(description.openapi).toBe('3.1.0');
  expect(Object.keys(description.paths)).toContain('/api/v1/ai/script/parse');
  expect((await said(await fetch(`${apiUrl}/api/v1/health`))).data).toEqual({ ok: true });
});
