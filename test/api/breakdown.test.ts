// The path itself: a script goes in, a storyboard in which no line is lost comes out.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { watch } from '../../scripts/demo/watch.ts';
import { aPerson, brokenDown, ended, type Person, said } from '../kit/client.ts';
import { drama } from '../kit/drama.ts';

let person: Person;
let project: string;
let script: string;

beforeAll(async () => {
  person = await aPerson('writer');
  const done = await brokenDown(person, '雨巷', drama);
  expect(done.task).toMatchObject({ status: 'completed', progress: 100, failed: [] });
  project = done.project.id;
  script = done.task.script_id;
});

const episodes = async () => (await person.client.episodeList({ project_id: project })).items;
const firstBoard = async () => person.client.storyboardOfEpisode({ id: (await episodes())[0]?.id ?? '' });

describe('after a breakdown', () => {
  test('every episode is read, extracted and boarded', async () => {
    expect(
      (await episodes()).map(({ number, title, status, storyboard_status, scenes }) => [
        number,
        title,
        status,
        storyboard_status,
        scenes,
      ]),
    ).toEqual([
      [1, '旧书店', 'COMPLETED', 'COMPLETED', 2],
      [2, '茶壶', 'COMPLETED', 'COMPLETED', 2],
    ]);
  });

  test('every dialogue line is in exactly one shot, in order', async () => {
    for (const { id } of await episodes()) {
      const board = await person.client.storyboardOfEpisode({ id });
      const report = await person.client.storyboardCoverage({ id: board.id });
      expect(report.complete).toBe(true);
      expect(report.dialogue.once).toBe(report.dialogue.total);
      expect(report.issues).toEqual([]);
    }
  });

  test('the library knows people by all their names, each mention with its quote', async () => {
    const { items } = await person.client.assetList({ project_id: project, kind: 'character', search: '小林老板' });
    expect(items[0]).toMatchObject({ name: '林晚' });
    const mentions = await person.client.assetMentions({ id: items[0]?.id ?? '', size: 100 });
    expect(mentions.items.map(({ surface }) => surface)).toEqual(expect.arrayContaining(['林晚', '小林老板']));
    const named = mentions.items.filter(({ surface }) => surface === '小林老板');
    for (const { quote, surface } of named) expect(quote).toContain(surface);
  });

  test('a typo in the search is forgiven', async () => {
    const { items } = await person.client.assetList({ project_id: project, kind: 'character', search: '顾言知' });
    expect(items.map(({ name }) => name)).toContain('顾言之');
  });

  test('the snapshot holds the library of that moment', async () => {
    const { items } = await person.client.snapshotList({ project_id: project });
    const assets = await person.client.snapshotAssets({ id: items[0]?.id ?? '', size: 100 });
    expect(assets.items.map(({ name }) => name)).toContain('林晚');
  });

  test('the parsed document keeps every line with its place', async () => {
    const text = await person.client.scriptDocument({ id: script });
    const document = JSON.parse(text);
    expect(document.episodes).toHaveLength(2);
    expect(document.quality.unread).toBe(0);
  });
});

describe('asking again', () => {
  test('for finished work answers 409 unless rerun is said', async () => {
    const again = await person.send('POST', '/ai/script/parse', { project_id: project, script_id: script });
    expect(again.status).toBe(409);
    expect((await said(again)).error.code).toBe('ALREADY_DONE');
    const text = await person.send('POST', '/ai/script/parse', { project_id: project, raw_text: drama });
    expect(text.status).toBe(409);
    expect((await said(text)).error.details).toEqual({ script_id: script });
    const [episode] = await episodes();
    const extraction = await person.send('POST', `/episodes/${episode?.id}/extract-assets`, {});
    expect(extraction.status).toBe(409);
  });

  test('with rerun takes everything from the cache and keeps edited and locked shots', async () => {
    const board = await firstBoard();
    const { items } = await person.client.storyboardShots({ id: board.id });
    const [first, second] = items;
    if (!first || !second) throw new Error('no shots');
    await person.client.shotUpdate({ id: first.id, version: first.version, content: { title: '我改过的镜头' } });
    await person.client.shotLock({ id: second.id, locked: true });
    const { task_id } = await person.client.taskParseScript({ project_id: project, script_id: script, rerun: true });
    const task = await ended(person, task_id);
    expect(task.result).toMatchObject({ cached: { extract: 2, storyboard: 2 } });
    const after = await person.client.storyboardShots({ id: board.id });
    expect(after.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(after.items[0]).toMatchObject({ title: '我改过的镜头', edited: true });
    expect(after.items[1]).toMatchObject({ id: second.id, locked: true });
    expect((await firstBoard()).coverage.complete).toBe(true);
  });

  test('a double click starts one piece of work', async () => {
    const { id } = await person.client.projectCreate({ title: '锦灯记' });
    // a season: long enough that it runs still when the second click is heard
    const season = readFileSync('demo/zh_jindenglu.txt', 'utf8');
    const start = () => person.send('POST', '/ai/script/parse', { project_id: id, raw_text: season });
    const answers = await Promise.all([start(), start()]);
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([202, 409]);
    const bodies = await Promise.all(answers.map(said));
    const started = bodies.find(({ success }) => success);
    await person.client.taskCancel({ id: String(started?.data.task_id) });
    expect(bodies.find(({ success }) => !success)?.error.code).toBe('ALREADY_RUNNING');
  });

  test('with the same Idempotency-Key gives the first answer; with another body 422', async () => {
    const key = { 'idempotency-key': 'once-only' };
    const first = await person.send('POST', '/assets', { project_id: project, kind: 'prop', name: '油灯' }, key);
    const again = await person.send('POST', '/assets', { project_id: project, kind: 'prop', name: '油灯' }, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect((await said(again)).data.id).toBe((await said(first)).data.id);
    expect(again.headers.get('idempotent-replay')).toBe('true');
    const other = await person.send('POST', '/assets', { project_id: project, kind: 'prop', name: '火把' }, key);
    expect(other.status).toBe(422);
  });
});

describe('progress', () => {
  test('is pushed over the socket, opened by a ticket that works once', async () => {
    const { socketUrl } = inject('cloud');
    const { task_id } = await person.client.taskParseScript({ project_id: project, script_id: script, rerun: true });
    const seen: number[] = [];
    const task = await watch(person.client, socketUrl, task_id, ({ progress }) => seen.push(progress));
    expect(task.status).toBe('completed');
    expect(seen.at(-1)).toBe(100);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    const { ticket, url } = await person.client.socketOpenTicket();
    expect(url).toBe(`${socketUrl}?ticket=${ticket}`);
    expect(await opens(url)).toBe(true);
    expect(await opens(url)).toBe(false);
  });

  test('missed events are told again by sequence', async () => {
    const { socketUrl } = inject('cloud');
    const { items } = await person.client.taskList({ project_id: project, status: 'completed' });
    const task = items[0];
    if (!task) throw new Error('no task');
    const { ticket } = await person.client.socketOpenTicket();
    const seqs = await resumed(`${socketUrl}?ticket=${ticket}`, task.id, task.seq - 2);
    expect(seqs).toEqual([task.seq - 1, task.seq]);
  });
});

describe('a script that cannot be read', () => {
  test('fails with a code and a sentence, and leaves the project free', async () => {
    const broken = await brokenDown(person, '空', '\n\n   \n');
    expect(broken.task).toMatchObject({ status: 'failed', error_code: 'EMPTY_FILE' });
    expect(broken.task.error_message).toMatch(/。|\./);
    const again = await person.client.taskRetry({ id: broken.task.id });
    expect((await ended(person, again.task_id)).status).toBe('failed');
  });
});

function opens(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.onopen = () => {
      socket.close();
      resolve(true);
    };
    socket.onerror = () => resolve(false);
  });
}

/** Sequence numbers answered to a resume. */
function resumed(url: string, task: string, after: number): Promise<number[]> {
  return new Promise((resolve) => {
    const seqs: number[] = [];
    const socket = new WebSocket(url);
    socket.onopen = () => socket.send(JSON.stringify({ action: 'resume', task_id: task, after }));
    socket.onmessage = ({ data }) => {
      seqs.push(JSON.parse(String(data)).task.seq);
      if (seqs.length === 2) {
        socket.close();
        resolve(seqs);
      }
    };
  });
}
