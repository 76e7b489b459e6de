// Files over HTTP: the link, the bytes, the word, and everything that goes wrong on the way.
import { beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../web/src/data/call.ts';
import { aPerson, ended, type Person } from '../kit/client.ts';
import { drama } from '../kit/drama.ts';

let person: Person;
let project: string;
beforeAll(async () => {
  person = await aPerson('storage');
  project = (await person.client.projectCreate({ title: '雨巷' })).id;
});

const bytes = Buffer.from(drama);

const announce = (size = bytes.length) =>
  person.client.fileUpload({
    file_name: '雨巷.txt',
    file_type: 'script',
    file_size: size,
    project_id: project,
    content_type: 'text/plain',
  });

type Ticket = Awaited<ReturnType<typeof announce>>;
const put = ({ upload_url, upload_headers }: Ticket, body: Uint8Array, headers: Record<string, string> = {}) => {
  const { 'content-length': _, ...told } = { ...upload_headers, ...headers };
  return fetch(upload_url, { method: 'PUT', headers: told, body: new Uint8Array(body) });
};
const done = ({ file_id }: Ticket) => person.client.fileCallback({ file_id, upload_status: 'success' });

/** The code a call is refused with. */
const refused = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'not refused';
  } catch (error) {
    if (error instanceof Refusal) return `${error.status} ${error.code}`;
    throw error;
  }
};

test('an uploaded script is broken down and can be fetched again', async () => {
  const ticket = await announce();
  expect((await put(ticket, bytes)).status).toBe(200);
  const file = await done(ticket);
  expect(file).toMatchObject({ id: ticket.file_id, status: 'stored', file: { id: ticket.file_id } });
  const script = await person.client.scriptCreate({ project_id: project, file_id: file.id });
  expect(script.title).toBe('雨巷');
  const { task_id } = await person.client.taskParseScript({ project_id: project, script_id: script.id });
  expect(await ended(person, task_id)).toMatchObject({ status: 'completed' });
  const { presigned_url } = await person.client.fileUrl({ file_id: file.id });
  expect(await (await fetch(presigned_url ?? '')).text()).toBe(drama);
  expect(await refused(person.client.fileRemove({ file_id: file.id }))).toBe('409 FILE_IN_USE');
});

test('an upload that is completed again, for the answer was lost, is answered the same file', async () => {
  const ticket = await announce();
  await put(ticket, bytes);
  const { id, version } = await done(ticket);
  expect(await done(ticket)).toMatchObject({ id, version, status: 'stored' });
});

describe('an upload that goes wrong', () => {
  test('larger, smaller or of another type than pinned: the store refuses it', async () => {
    const ticket = await announce();
    expect((await put(ticket, Buffer.concat([bytes, bytes]))).status).toBe(403);
    expect((await put(ticket, bytes.subarray(1))).status).toBe(403);
    expect((await put(ticket, bytes, { 'content-type': 'application/pdf' })).status).toBe(403);
    expect(await refused(done(ticket))).toBe('409 UPLOAD_MISSING');
  });

  test('something else behind the name', async () => {
    const pdf = Buffer.from('%PDF-1.7 and more');
    const ticket = await announce(pdf.length);
    await put(ticket, pdf);
    expect(await refused(done(ticket))).toBe('409 UPLOAD_MISMATCH');
  });

  test('too large, or of a type we do not take', async () => {
    expect(await refused(announce(60 * 1024 * 1024))).toBe('413 FILE_TOO_LARGE');
    const { file_id: _, ...asked } = { file_id: '', file_name: 'a.exe', file_type: 'script' as const };
    const call = person.client.fileUpload({
      ...asked,
      file_size: 1,
      project_id: project,
      content_type: 'application/x-msdownload',
    });
    expect(await refused(call)).toBe('415 FILE_TYPE_UNSUPPORTED');
  });
});

test('a deleted file is gone, its bytes are free and its object is purged', async () => {
  const before = (await person.client.fileUsage()).used;
  const ticket = await announce();
  await put(ticket, bytes);
  const { presigned_url } = await done(ticket);
  expect((await person.client.fileUsage()).used).toBe(before + bytes.length);
  await person.client.fileRemove({ file_id: ticket.file_id });
  expect((await person.client.fileUsage()).used).toBe(before);
  expect(await refused(person.client.fileUrl({ file_id: ticket.file_id }))).toBe('404 NOT_FOUND');
  // its link was signed by a session that may not list the whole bucket: S3 tells such a one 403 of what is not there
  await expect.poll(async () => (await fetch(presigned_url ?? '')).status, { timeout: 30_000 }).toBe(403);
});
