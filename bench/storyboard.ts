// Through the whole API, 10 connections: the list of a storyboard of a thousand shots, and single shots updated with audit line and event.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { api } from '../web/src/data/api.ts';
import { caller } from '../web/src/data/call.ts';
import { atLeast, atMost, type Row } from './row.ts';
import { standing } from './standing.ts';

const seconds = 10;
/** Shots of a page: what the list gives when nothing is said. */
const size = 20;
const connections = 10;

/** One long episode: enough scenes of talk and action for a thousand shots. */
const script = [
  '第1集 长夜',
  ...Array.from({ length: 75 }, (_, scene) => [
    `1-${scene + 1} 夜 内 客栈${scene + 1}号房`,
    '人物：沈青、陆远',
    ...Array.from({ length: 8 }, (_, i) => [
      `△ 沈青推开第${i + 1}扇窗，雨声涌进来，桌上的灯晃了晃。`,
      `沈青：你听，这是今夜第${scene * 8 + i + 1}声更鼓了，他们还没有来。`,
      `陆远：再等等，天亮之前总会有人来敲门的。`,
    ]).flat(),
  ]).flat(),
].join('\n');

/** A storyboard of a thousand shots; answers the paths of its pages and the ids of its shots. */
async function prepare(apiUrl: string): Promise<{ token: string; pages: string[]; shots: string[] }> {
  const open = api(caller({ origin: apiUrl }));
  const person = { email: 'bench@example.com', password: 'Lantern-2026!', name: 'bench', tenant_name: 'bench' };
  const token = (await open.memberRegister(person)).token?.access ?? '';
  const client = api(caller({ origin: apiUrl, token: () => token }));
  const project = await client.projectCreate({ title: 'bench' });
  const { task_id } = await client.taskParseScript({ project_id: project.id, raw_text: script });
  for (;;) {
    const { status } = await client.taskGet({ id: task_id });
    if (status === 'completed') break;
    if (status !== 'pending' && status !== 'running') throw new Error(`the breakdown ended as ${status}`);
    await sleep(200);
  }
  const [episode] = (await client.episodeList({ project_id: project.id })).items;
  const { id } = await client.storyboardOfEpisode({ id: episode?.id ?? '' });
  const [pages, shots]: [string[], string[]] = [[], []];
  for (let cursor: string | undefined; ; ) {
    const query = new URLSearchParams({ size: String(size), ...(cursor && { cursor }) });
    pages.push(`/api/v1/storyboards/${encodeURIComponent(id)}/shots?${query.toString()}`);
    const page = await client.storyboardShots({ id, size, ...(cursor && { cursor }) });
    shots.push(...page.items.map((shot) => shot.id));
    if (page.next_cursor === null) return { token, pages, shots };
    cursor = page.next_cursor;
  }
}

/** `requestsOf` gives each of the connections its own round of requests. */
async function load(url: string, token: string, requestsOf: (client: number) => autocannon.Request[]) {
  let client = 0;
  return autocannon({
    url,
    connections,
    duration: seconds,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    setupClient: (one) => one.setRequests(requestsOf(client++)),
  });
}

type Stale = { error: { details: { current_version: number } } };

/** Updates of shots that only this connection changes, each with the version its last answer left. */
function updates(versions: Map<string, number>, client: number): autocannon.Request[] {
  const own = [...versions.keys()].filter((_, index) => index % connections === client % connections);
  return own.map((id) => ({
    method: 'PUT',
    path: `/api/v1/shots/${id}`,
    setupRequest: (request) => ({
      ...request,
      // a note of its own each time: what is put back as it reads changes nothing
      body: JSON.stringify({ version: versions.get(id), note: `灯再暗一点 ${versions.get(id)}`, status: 'approved' }),
    }),
    onResponse: (status, body) => {
      if (status === 200) versions.set(id, (versions.get(id) ?? 0) + 1);
      else if (status === 409) versions.set(id, (JSON.parse(body) as Stale).error.details.current_version);
    },
  }));
}

export async function measure(): Promise<Row[]> {
  const state = mkdtempSync(join(tmpdir(), 'scriptloom-bench-'));
  const { apiUrl, stop } = await standing(state);
  try {
    const { token, pages, shots } = await prepare(apiUrl);
    const list = (from: number) =>
      [...pages.slice(from), ...pages.slice(0, from)].map((path) => ({ method: 'GET', path }));
    await load(apiUrl, token, list);
    const listed = await load(apiUrl, token, list);
    const versions = new Map(shots.map((id) => [id, 1]));
    await load(apiUrl, token, (client) => updates(versions, client));
    const changed = await load(apiUrl, token, (client) => updates(versions, client));
    // where a round ends, the answers under way are not heard: the next update of each of those shots is refused once, as stale
    const refused = listed.non2xx + listed.errors + changed.errors + Math.max(0, changed.non2xx - connections);
    return [
      atLeast('shots in the measured storyboard', shots.length, 1000),
      atLeast(`its list in pages of ${size}, requests/s`, listed.requests.average, 200),
      atMost('the same, p99', listed.latency.p99, 100, ' ms'),
      atLeast(
        'one shot updated with audit line and event, requests/s',
        (changed.requests.total - changed.non2xx) / seconds,
        500,
      ),
      atMost('answers that were not a success', refused, 0),
    ];
  } finally {
    await stop();
    rmSync(state, { recursive: true, force: true });
  }
}
