// Two tenants through the whole API: one asks ten times as often as its plan allows, the other as it always does. What the other notices of it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { api } from '../web/src/data/api.ts';
import { caller } from '../web/src/data/call.ts';
import { atLeast, atMost, type Row } from './row.ts';
import { standing } from './standing.ts';

/** Requests a minute of the plan both are on: pro. */
const limit = 1000;
/** The other asks so often, a second: half of what one of its members may. */
const steady = 5;
const roundSeconds = 20;
/** Rounds of each kind, one after the other, so that a slow minute of the machine hits both. */
const rounds = 3;

/** The assembly with tenants that begin on the plan, where the local stage begins them without limits. */
function assembly(): string {
  const folder = mkdtempSync(join(tmpdir(), 'scriptloom-neighbours-'));
  cpSync('cdk.out', folder, { recursive: true });
  const file = join(folder, 'Scriptloom-local-App.template.json');
  const template = readFileSync(file, 'utf8');
  const changed = template.replace(/("FIRST_PLAN": )"(?:[^"\\]|\\.)*"/g, `$1${JSON.stringify('{"plan":"pro"}')}`);
  if (changed === template) throw new Error('the template says nothing of the plan that tenants begin on');
  writeFileSync(file, changed);
  return folder;
}

async function aTenant(apiUrl: string, name: string): Promise<string> {
  const open = api(caller({ origin: apiUrl }));
  const person = { email: `${name}@example.com`, password: 'Lantern-2026!', name, tenant_name: name };
  const token = (await open.memberRegister(person)).token?.access ?? '';
  const client = api(caller({ origin: apiUrl, token: () => token }));
  for (let at = 1; at <= 10; at++) await client.projectCreate({ title: `${name} ${at}` });
  return token;
}

const path = '/api/v1/projects?size=20';

/** Asks at a steady pace, whatever comes back; ms of each answer, and how many were no success. */
async function asking(apiUrl: string, token: string): Promise<{ times: number[]; refused: number }> {
  const times: number[] = [];
  let refused = 0;
  const one = async () => {
    const since = performance.now();
    const answer = await fetch(`${apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
    await answer.arrayBuffer();
    times.push(performance.now() - since);
    if (!answer.ok) refused++;
  };
  const all: Promise<void>[] = [];
  for (let at = 0; at < steady * roundSeconds; at++) {
    all.push(one());
    await sleep(1000 / steady);
  }
  await Promise.all(all);
  return { times, refused };
}

/** The time within which 99 of 100 answers came. */
const p99 = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN;

export async function measure(): Promise<Row[]> {
  const state = mkdtempSync(join(tmpdir(), 'scriptloom-bench-'));
  const from = assembly();
  const { apiUrl, stop } = await standing(state, from);
  try {
    const [quiet, loud] = [await aTenant(apiUrl, 'quiet'), await aTenant(apiUrl, 'loud')];
    await asking(apiUrl, quiet);
    const [alone, beside]: [number[], number[]] = [[], []];
    let [refused, sent, stopped] = [0, 0, 0];
    for (let round = 0; round < rounds; round++) {
      const first = await asking(apiUrl, quiet);
      const headers = { authorization: `Bearer ${loud}` };
      const overallRate = (10 * limit) / 60;
      const load = autocannon({
        url: `${apiUrl}${path}`,
        connections: 10,
        duration: roundSeconds,
        headers,
        overallRate,
      });
      const second = await asking(apiUrl, quiet);
      const { requests, non2xx } = await load;
      alone.push(...first.times);
      beside.push(...second.times);
      refused += first.refused + second.refused;
      sent += requests.total;
      stopped += non2xx;
    }
    return [
      atLeast('requests a minute of a tenant at ten times its rate', (sent * 60) / (rounds * roundSeconds), 9 * limit),
      atMost('of those, let in a minute', ((sent - stopped) * 60) / (rounds * roundSeconds), limit * 1.1),
      atMost('p99 of its neighbour, beside that / alone', p99(beside) / p99(alone), 2),
      atMost('calls of the neighbour that were refused', refused, 0),
    ];
  } finally {
    await stop();
    for (const folder of [state, from]) rmSync(folder, { recursive: true, force: true });
  }
}
