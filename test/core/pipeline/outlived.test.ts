// Models so slow that a step outlives its function: the machine begins it again, and it goes on at what is stored.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extract } from '../../../core/pipeline/extract.ts';
import { fail } from '../../../core/pipeline/fail.ts';
import { finish } from '../../../core/pipeline/finish.ts';
import { read } from '../../../core/pipeline/read.ts';
import { lineOf } from '../../../core/pipeline/refusal-line.ts';
import { resolve } from '../../../core/pipeline/resolve.ts';
import { snapshot } from '../../../core/pipeline/snapshot.ts';
import { storyboard } from '../../../core/pipeline/storyboard.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import { Failure, outrun } from '../../../core/platform/failure.ts';
import * as Project from '../../../core/project/index.ts';
import * as Task from '../../../core/task/index.ts';
import { StateFailure } from '../../../local/stepfunctions/failure.ts';
import { usageOf } from '../../ai/stage.ts';
import { breakdownSteps } from '../../kit/faults/breakdown.ts';
import { aStand, type Stand } from '../../kit/faults/stand.ts';
import { arnOf, run } from '../../local/stepfunctions/kit.ts';

let stand: Stand;
beforeAll(async () => {
  stand = await aStand(false);
});
afterAll(() => stand.stop());

/** One episode whose scenes are asked about in `scenes` calls. */
const long = (name: string, scenes: number): string =>
  [
    `《${name}》\n\n第1集 长夜`,
    ...Array.from({ length: scenes }, (_, at) =>
      [
        `1-${at + 1} 夜 内 ${name}${at + 1}号房\n人物：沈青、陆远`,
        ...Array.from({ length: 5 }, (_, n) => `△沈青推开第${n + 1}扇窗，雨声涌进来，桌上的灯晃了晃，墙上的影子跟着晃了晃。\n沈青：你听，这是今夜第${at * 5 + n + 1}声更鼓了，他们还没有来，路上怕是出了事。\n陆远：再等等，天亮之前总会有人来敲门的，你先坐下。`),
      ].join('\n'),
    ),
  ].join('\n\n'); // biome-ignore format: a script

const { States } = JSON.parse(
  readFileSync('statemachines/breakdown.asl.json', 'utf8').replace(/\$\{(\w+)\}/g, (_, name: string) => arnOf(name)),
) as { States: Record<string, unknown> };

type Given = { task: string; attempt: number; episode: number };
type Step = (ctx: Ctx, given: Given) => Promise<unknown>;

/** As the machine hears of what a function threw. */
function heard(error: unknown): StateFailure {
  if (!(error instanceof Failure)) throw error;
  return new StateFailure(
    error.status < 500 && !outrun(error) ? 'Refused' : error.name,
    JSON.stringify({ errorMessage: lineOf(error) }),
  );
}

/** How a function comes to its end: it stops asking shortly before, and says so; or it is cut off where it is. */
const ends = {
  'stops itself': new Failure('TASK_TIMED_OUT'),
  'is cut off': new StateFailure('Sandbox.Timedout', 'Task timed out after 900.00 seconds'),
} as const;

/** Calls of a task that were made, not found. */
const made = async (task: string) => (await usageOf(stand.ctx, task)).filter(({ cacheHit }) => !cacheHit);

/** The machine over one task. A storyboard's function lives until one more call is answered and recorded. @param end undefined: as long as it takes. */
async function broken(task: string, end: keyof typeof ends, mostAnswers = Number.POSITIVE_INFINITY) {
  let begun = 0;
  const as = (step: Step) => async (given: Given) =>
    step(stand.ctx, given).catch((error) => Promise.reject(heard(error)));
  const shortLived = async (given: Given): Promise<unknown> => {
    begun += 1;
    const stop = new AbortController();
    const before = (await made(task)).length;
    let quick = before < mostAnswers ? 1 : 0;
    stand.server.strike((asked) => (breakdownSteps.storyboard.isAsked(asked) && quick-- <= 0 ? 'slow=30' : ''));
    const step = storyboard({ ...stand.ctx, signal: stop.signal } as Ctx, given);
    const isOver = async () => (quick === 0 && mostAnswers <= before) || (await made(task)).length > before;
    const watch = (async () => {
      while (!(await isOver())) await pause(20);
      stop.abort(ends[end]);
    })();
    const ended = await step.then((value) => ({ value }), (error: unknown) => ({ error })); // biome-ignore format: one thought
    await watch;
    if ('value' in ended) return ended.value;
    throw ended.error instanceof StateFailure ? ended.error : heard(ended.error);
  };
  const tasks = { Read: as(read), Extract: as(extract), Resolve: as(resolve), Snapshot: as(snapshot), Storyboard: shortLived, Finish: as(finish), Fail: as(fail) }; // biome-ignore format: a list
  const { events } = await run(States, { tenant: stand.ctx.tenant, task, attempt: 1 }, tasks);
  stand.server.strike(() => '');
  return {
    begun,
    retried: events.filter(({ type, state }) => type === 'retried' && state === 'Storyboard episode').length,
  };
}

async function started(name: string, scenes: number): Promise<string> {
  const { id } = await Project.create(stand.ctx, { title: name });
  return (await Task.parseScript(stand.ctx, { projectId: id, rawText: long(name, scenes), title: name })).taskId;
}

describe.each(Object.keys(ends) as (keyof typeof ends)[])('a function that %s before its storyboard is done', (end) => {
  test('is begun again and asks for the rest alone', async () => {
    const name = end === 'is cut off' ? '断桥' : '客栈';
    const task = await started(name, 3);
    const answered = () => stand.server.log.filter(({ outcome }) => outcome === 'answered').length;
    const before = answered();
    expect(await broken(task, end)).toEqual({ begun: 3, retried: 2 });
    expect(await Task.get(stand.ctx, { id: task })).toMatchObject({ status: 'completed', failed: [], drafts: [] });
    const rows = await made(task);
    expect(rows.filter(({ outcome }) => outcome === 'answered')).toHaveLength(answered() - before);
    const asked = rows.filter(({ prompt }) => prompt.startsWith('storyboard@'));
    expect(asked.filter(({ outcome }) => outcome === 'answered')).toHaveLength(3);
    // those that were under way when the function ended are booked by estimate
    expect(asked.filter(({ outcome }) => outcome !== 'answered').every(({ estimated }) => estimated)).toBe(true);
    expect(stand.server.paidTwice()).toEqual([]);
  });
});

test('a step that is not done in five functions is told as out of time; a retry goes on where it stood', async () => {
  const task = await started('驿站', 3);
  // the extraction and one part; no more
  const { begun } = await broken(task, 'stops itself', 2);
  expect(begun).toBe(5);
  const ended = await Task.get(stand.ctx, { id: task });
  expect(ended).toMatchObject({
    status: 'partial',
    failed: [{ episode: 1, step: 'storyboard', code: 'TASK_TIMED_OUT' }],
  });
  await Task.retry(stand.ctx, { id: task });
  const answered = (await made(task)).filter(({ outcome }) => outcome === 'answered');
  expect(answered.filter(({ prompt }) => prompt.startsWith('storyboard@'))).toHaveLength(1);
});
