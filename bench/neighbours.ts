// Two tenants through the whole API: one asks ten times as often as its plan allows, the other as it always does. What the other notices of it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { api } from '../web/src/data/api.ts';
import { caller } from '../web/src/data/call.ts';
import { atLeast, atMost, type Row } from './row.ts';
import { standing } from './standing.ts';

/** Requests a minute of the plan both are on: pro. */
const limit = 1000;
/** Of which one member may use six tenths; a lease of a twentieth may be spent after its window. */
const ofOne = 0.6 * limit;
/** The other asks so often, a second: half of what one of its members may. */
const steady = 5;
const roundSeconds = 20;
/** Rounds of each kind, one after the other, so that a slow minute of the machine hits both. */
const rounds = 6;

/** The assembly with tenants that begin on the plan, where the local stage begins them without limits. */
function assembly(): string {
  const folder = mkdtempSync(join(tmpdir(), 'scriptloom-neighbours-'));
  cpSync('cdk.out', folder, { recursive: true });
  const file = join(folder, 'Scriptloom-local-App.template.json');
  const template = readFileSync(file, 'utf8');
  const changed = template.replace(/("FIRST_PLAN": ?)"(?:[^"\\]|\\.)*"/g, `$1${JSON.stringify('{"plan":"pro"}')}`);
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

/** A round of the neighbour's, and of the loud one beside it: how many answers it had in how many ms, and when something was let in. */
type Loud = { times: number[]; refused: number; answers: number; ms: number; moments: number[] };

/** Sends evenly at ten times the rate, whatever comes back, over ten connections that stay open. Throws when a connection failed. */
async function loudly(apiUrl: string, token: string): Promise<Pick<Loud, 'answers' | 'ms' | 'moments'>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 10 });
  const headers = { authorization: `Bearer ${token}` };
  const [moments, errors]: [number[], Error[]] = [[], []];
  const one = () =>
    new Promise<void>((resolve) => {
      const failed = (error: Error) => {
        errors.push(error);
        resolve();
      };
      get(`${apiUrl}${path}`, { agent, headers }, (answer) => {
        if ((answer.statusCode ?? 500) < 400) moments.push(performance.now());
        answer.resume().once('end', resolve).once('error', failed);
      }).once('error', failed);
    });
  const all: Promise<void>[] = [];
  const requests = (10 * limit * roundSeconds) / 60;
  const began = performance.now();
  for (; all.length < requests; await sleep(2)) {
    const due = Math.min(requests, ((performance.now() - began) * 10 * limit) / 60_000);
    while (all.length < due) all.push(one());
  }
  await Promise.all(all);
  agent.destroy();
  if (errors[0]) throw errors[0];
  return { answers: all.length, ms: performance.now() - began, moments };
}

async function besideLoud(apiUrl: string, quiet: string, loud: string): Promise<Loud> {
  const [asked, load] = await Promise.all([asking(apiUrl, quiet), loudly(apiUrl, loud)]);
  return { ...asked, ...load };
}

/** The most of these moments, in ascending order, that lie in one window of so many ms. */
function mostWithin(moments: readonly number[], ms: number): number {
  let [most, first] = [0, 0];
  for (const [at, moment] of moments.entries()) {
    while (moment - moments[first]! >= ms) first++;
    most = Math.max(most, at - first + 1);
  }
  return most;
}

export async function measure(): Promise<Row[]> {
  const state = mkdtempSync(join(tmpdir(), 'scriptloom-bench-'));
  const from = assembly();
  const { apiUrl, stop } = await standing(state, from);
  try {
    const [quiet, loud] = [await aTenant(apiUrl, 'quiet'), await aTenant(apiUrl, 'loud')];
    // as many copies of the functions stand as there will be: how one starts is measured by `bundle`
    await loudly(apiUrl, await aTenant(apiUrl, 'early'));
    await asking(apiUrl, quiet);
    const alone: number[] = [];
    const beside: Loud[] = [];
    for (let round = 0; round < rounds; round++) {
      alone.push(...(await asking(apiUrl, quiet)).times);
      beside.push(await besideLoud(apiUrl, quiet, loud));
    }
    const answers = beside.reduce((sum, round) => sum + round.answers, 0);
    const ms = beside.reduce((sum, round) => sum + round.ms, 0);
    const letIn = beside.flatMap(({ moments }) => moments);
    const refused = beside.reduce((sum, round) => sum + round.refused, 0);
    const times = beside.flatMap((round) => round.times);
    return [
      atLeast('requests a minute of a tenant at ten times its rate', (answers * 60_000) / ms, 9 * limit),
      atMost('of those, let in within any sixty seconds', mostWithin(letIn, 60_000), ofOne * 1.05),
      atMost('p99 of its neighbour beside it, from the first call on / alone', p99(times) / p99(alone), 2),
      atMost('calls of the neighbour that were refused', refused, 0),
    ];
  } finally {
    await stop();
    for (const folder of [state, from]) rmSync(folder, { recursive: true, force: true });
  }
}
