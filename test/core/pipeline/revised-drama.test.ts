// After one scene of the whole drama was edited, that scene is made again and the rest is left as it is.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Production } from '../../kit/revised.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

const drama = readFileSync('demo/zh_jindenglu.txt', 'utf8');

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

/** What a run did to the rows: by the number of their scene. */
async function redone(p: Production, rawText: string) {
  const before = new Map((await p.rows(20)).map((row) => [row.id, row]));
  const task = await p.revise(rawText);
  const after = new Map((await p.rows(20)).map((row) => [row.id, row]));
  const written = [...after.values()].filter(({ id, version }) => before.get(id)?.version !== version);
  const gone = [...before.values()].filter(({ id }) => !after.has(id));
  const scenes = new Set([...written, ...gone].map(({ content }) => content.sceneNumber));
  return { task, shots: after.size, written: written.length, gone: gone.length, scenes: [...scenes].sort() };
}

test('one line reworded, and one line put in, each make one episode and one scene again', async () => {
  const p = await Production.of(t.ctx, '锦灯记', drama);
  const lines = drama.split('\n');
  const at = lines.findIndex((line, i) => i > 400 && /^[\u4e00-\u9fff]{2,3}：.{8,}/u.test(line));
  const [speaker] = lines[at]!.split('：');
  const reworded = lines.with(at, `${lines[at]!.slice(0, -1)}，你说是不是？`);
  const first = await redone(p, reworded.join('\n'));
  const second = await redone(p, reworded.toSpliced(at + 1, 0, `${speaker}：再说一遍，我听着。`).join('\n'));
  for (const { task, scenes, written } of [first, second]) {
    expect(task).toMatchObject({
      status: 'completed',
      result: { episodes: 20, cached: { extract: 19, storyboard: 19 } },
    });
    expect(scenes).toHaveLength(1);
    expect(written).toBeLessThan(10);
  }
}, 600_000);
