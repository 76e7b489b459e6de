// Taking over a new revision breaks off at every write there is, and is begun again: nothing is lost and nothing comes twice.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '../../../core/pipeline/read.ts';
import * as Task from '../../../core/task/index.ts';
import { breaksOff } from '../../kit/lagging.ts';
import { Production } from '../../kit/revised.ts';
import { run } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { aScript, lineOf, type Scene, sentence, written } from '../../kit/written.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

const base = aScript(3, 2, 3);
/** An episode in front, one taken out, a scene moved, and a person renamed. */
const revised = (): string => {
  const script: Scene[][] = structuredClone(base);
  const [moved] = script[0]!.splice(1, 1);
  script[2]!.push(moved!);
  script.splice(1, 1);
  script.unshift([{ place: '新桥', lines: [lineOf(301), lineOf(303)] }]);
  return written(script).replaceAll('林晚', '林婉');
};

async function worked(title: string): Promise<Production> {
  const p = await Production.of(t.ctx, title, written(base));
  await p.edit(sentence(4));
  await p.lock(sentence(7));
  await p.edit(sentence(13));
  await p.upload(revised());
  return p;
}

/** Where everything is, ids aside; who made a shot is told by what it says. */
async function told(p: Production) {
  const rows = await p.rows();
  const episodes = await p.episodes();
  return {
    episodes: episodes.map(({ number, title, revision, removedIn, storyboardStatus }) => [
      number,
      title,
      revision,
      removedIn,
      storyboardStatus,
    ]),
    shots: rows.map(({ board, locked, edited, content }) => [
      board.split('_').at(-1),
      locked,
      edited,
      content.sceneNumber,
      content.lens,
      content.action,
      content.lines.map(({ text, speakers }) => [text, speakers]),
    ]),
    boards: await Promise.all(
      episodes.map(async ({ number }) => {
        const { shots, coverage, unanchored } = await p.board(number);
        return [shots, coverage.complete, unanchored.length];
      }),
    ),
  };
}

test('wherever it breaks off, the next attempt ends where an unbroken one does', async () => {
  const whole = await worked('不断');
  expect((await whole.rerun()).status).toBe('completed');
  const expected = await told(whole);
  let breaks = 0;
  for (let at = 1, isBroken = true; isBroken; at++) {
    const p = await worked(`断在 ${at}`);
    const before = new Set((await p.rows()).filter(({ locked, edited }) => locked || edited).map(({ id }) => id));
    const { taskId: task } = await Task.parseScript(t.ctx, { projectId: p.project, scriptId: p.script, rerun: true });
    isBroken = await breaksOff(t.ctx, at, (ctx) => read(ctx, { task, attempt: 1 }));
    expect((await run(t.ctx, task)).status).toBe('completed');
    expect(await told(p)).toEqual(expected);
    const after = new Set((await p.rows()).map(({ id }) => id));
    expect([...before].filter((id) => !after.has(id))).toEqual([]);
    breaks = at;
  }
  expect(breaks).toBeGreaterThan(6);
}, 600_000);
