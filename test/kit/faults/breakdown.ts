// A season broken down, with the fault in one of its three steps.
import { loadAll as loadAssets } from '../../../core/asset/store.ts';
import { type EpisodeRow, loadAll as loadEpisodes, loadExtraction } from '../../../core/episode/store.ts';
import * as Project from '../../../core/project/index.ts';
import * as Shot from '../../../core/shot/index.ts';
import { boardId, loadShots } from '../../../core/shot/store.ts';
import * as Task from '../../../core/task/index.ts';
import { run } from '../run.ts';
import type { Fault, Spoiling } from './faults.ts';
import { foreignWords, people, season } from './season.ts';
import type { Stand } from './stand.ts';
import { type Ended, endOf, promptOf, type Step, type TaskShown, type Work } from './step.ts';

type Row = Record<string, unknown>;
/** How an answer's rows are spoiled. */
type Spoil = (row: Row) => Row;

const spoilt =
  (list: string, by: Readonly<Record<Spoiling, Spoil>>) =>
  (answer: unknown, { spoiling }: Fault) => {
    const whole = answer as Row;
    return spoiling ? { ...whole, [list]: (whole[list] as Row[]).map(by[spoiling]) } : whole;
  };

const step = (name: string, prompt: RegExp, endures: readonly Spoiling[], spoiled: Step['spoiled']): Step => ({
  name,
  isObject: true,
  hasDrafts: true,
  spoilings: ['invented', 'foreign', 'misquoted'],
  endures,
  isAsked: (asked) => prompt.test(promptOf(asked)),
  spoiled,
  begin,
});

const { person, language, quote } = foreignWords;

/** The three steps; a prompt is told by its form. */
export const breakdownSteps = {
  extract: step('extract', /^Known:\n/, [], spoilt('facts', {
    invented: (row) => ({ ...row, n: person }),
    foreign: (row) => ({ ...row, v: language }),
    misquoted: (row) => ({ ...row, q: quote }),
  })),
  resolve: step('resolve', /^Name: /, ['foreign', 'misquoted'], spoilt('answers', {
    invented: (row) => ({ ...row, who: `Z ${person}` }),
    foreign: (row) => ({ ...row, why: language }),
    misquoted: (row) => ({ ...row, is: 'same', lines: [999] }),
  })),
  storyboard: step('storyboard', /^Style: /, ['invented', 'foreign'], spoilt('shots', {
    invented: (row) => ({ ...row, who: [person] }),
    foreign: (row) => ({ ...row, title: language, comp: language }),
    misquoted: (row) => ({ ...row, e: (row.e as number[]).map((number) => number + 900) }),
  })),
} as const; // biome-ignore format: a table

async function begin(stand: Stand): Promise<Work> {
  const { ctx } = stand;
  const { id: projectId } = await Project.create(ctx, { title: '灯塔' });
  const { taskId } = await Task.parseScript(ctx, { projectId, rawText: season, title: '灯塔' });
  const ended = async (): Promise<Ended> => {
    const task = await run(ctx, taskId);
    return endOf(task, await silentIn(stand, task));
  };
  return {
    run: ended,
    retry: async () => {
      await Task.retry(ctx, { id: taskId });
      return ended();
    },
  };
}

/** Episodes without a result that nobody speaks of, results that are empty, and words of nobody's in what is kept. */
async function silentIn({ ctx }: Stand, task: TaskShown): Promise<string[]> {
  const { projectId } = task;
  const episodes = await loadEpisodes(ctx, projectId);
  const told = new Set(task.failed.map(({ step: name, episode }) => `${name}:${episode}`));
  const isTold = (name: string, { number }: EpisodeRow) =>
    task.status === 'failed' || told.has(`${name}:${number}`) || told.has(`extract:${number}`);
  const silent: string[] = episodes.length === 2 ? [] : [`${episodes.length} episodes in place of 2`];
  for (const row of episodes) {
    const [found, shots] = await Promise.all([
      loadExtraction(ctx, row),
      loadShots(ctx, boardId(projectId, row.number)),
    ]);
    const at = `episode ${row.number}`;
    if (row.status === 'COMPLETED') {
      const surfaces = new Set(found?.mentions.map(({ surface }) => surface));
      for (const name of people[row.number as 1 | 2]) if (!surfaces.has(name)) silent.push(`${at} lacks ${name}`);
    } else if (!isTold('extract', row)) silent.push(`${at} is ${row.status} after extraction`);
    if (row.storyboardStatus === 'COMPLETED') {
      const { complete } = await Shot.coverage(ctx, { id: boardId(projectId, row.number) });
      if (shots.length === 0 || !complete) silent.push(`${at} has lines in no shot`);
    } else if (!isTold('storyboard', row)) silent.push(`${at} is ${row.storyboardStatus} after its storyboard`);
    if (row.status === 'FAILED' && !row.errorCode) silent.push(`${at} failed without a code`);
    if (JSON.stringify([found, shots]).includes(person)) silent.push(`${at} has somebody made up`);
  }
  const assets = JSON.stringify(await loadAssets(ctx, projectId));
  for (const word of [person, quote]) if (assets.includes(word)) silent.push(`${word} is in the library`);
  return silent;
}
