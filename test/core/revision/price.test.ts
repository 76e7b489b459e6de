// With models the price of a revision is that of what changed, and what is priced is what is then asked.
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Impact from '../../../core/impact/index.ts';
import * as Quote from '../../../core/quote/index.ts';
import { plainReply } from '../../../scripts/models/plain.ts';
import { aStage, type Stage } from '../../ai/stage.ts';
import { Production } from '../../kit/revised.ts';
import { aScript, lineOf, type Scene, sentence, written } from '../../kit/written.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
  s.scripted.say((request) =>
    JSON.stringify(plainReply({ messages: request.messages.map(({ role, text }) => ({ role, text })) } as never)),
  );
});
afterAll(() => s.t.stop());

const base = aScript(4, 3, 6);
let count = 0;
const produced = () => Production.of(s.ctx, `价格 ${++count}`, written(base));
/** The price of the impact, which is what a quote of the script says then. */
async function priceOf(p: Production, revision: number) {
  const { price } = await Impact.impact(s.ctx, { id: p.script, revision });
  expect(price).toEqual(await Quote.parseScript(s.ctx, { projectId: p.project, scriptId: p.script }));
  return price!;
}
const asked = () => s.scripted.requests.length;
const callsIn = ({ lines }: Awaited<ReturnType<typeof priceOf>>) => lines.reduce((sum, { calls }) => sum + calls, 0);

test('nothing is to be paid where nothing changed', async () => {
  const p = await produced();
  const price = await priceOf(p, await p.upload(written(base)));
  expect([price.lines, price.notices]).toEqual([[], []]);
  expect(price.stored.calls).toBeGreaterThan(0);
});

test('one line reworded is paid in its episode alone, and as many calls are then made', async () => {
  const p = await produced();
  const line = sentence(7);
  const price = await priceOf(p, await p.upload(written(base).replace(line, `${line.slice(0, -1)}，好吗？`)));
  expect(new Set(price.lines.map(({ episode }) => episode))).toEqual(new Set([1]));
  expect(price.lines[0]).toMatchObject({ provider: 'deepseek', mode: 'platform' });
  expect(price.lines[0]!.micros).toBeGreaterThan(0);
  expect(price.lines[0]!.most).toBeGreaterThanOrEqual(price.lines[0]!.micros!);
  const before = asked();
  expect((await p.rerun()).status).toBe('completed');
  expect(asked() - before).toBe(callsIn(price));
});

test('an episode put in front is paid alone', async () => {
  const p = await produced();
  const script: Scene[][] = structuredClone(base);
  script.unshift([{ place: '新桥', lines: [lineOf(301), lineOf(303), lineOf(304)] }]);
  const price = await priceOf(p, await p.upload(written(script)));
  const before = asked();
  expect((await p.rerun()).status).toBe('completed');
  expect(asked() - before).toBe(callsIn(price));
  expect(new Set(price.lines.map(({ episode }) => episode))).toEqual(new Set([1]));
});
