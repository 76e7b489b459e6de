// Step 1. Read: from the uploaded bytes to one document, cut by episode; what people made of the revision before is taken over; the plan of the work.

import { type EpisodeRow, loadAll } from '../episode/store.ts';
import { getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import type { EpisodeOutline } from '../revision/outline.ts';
import { type Placing, placing } from '../revision/placing.ts';
import { nextNumber, type Ways, waysTo } from '../revision/ways.ts';
import type { Document } from '../script/schema.ts';
import { advance } from '../task/advance.ts';
import { mustBeNewest } from '../task/overtaken.ts';
import type { Run, TaskRow } from '../task/store.ts';
import { begun } from './begun.ts';
import { renewBoards } from './boards.ts';
import { readRevision } from './document.ts';
import { keepEpisodes, keepLeft } from './episodes.ts';
import { renameForms } from './renames.ts';
import { takeOverShots } from './take-over.ts';

/** Which episodes the next states work on. Goes through the state machine: numbers only. */
export type Plan = { extract: number[]; storyboard: number[] };

export async function read(ctx: Ctx, input: Run): Promise<Plan> {
  const task = await begun(ctx, input);
  const { documentKey: folder = '' } = await readRevision(ctx, task);
  const outline = await getJson<EpisodeOutline[]>(ctx, `${folder}/outline.json`);
  if (!outline?.some(({ scenes }) => scenes > 0)) throw new Failure('NOTHING_TO_READ');
  const rows = await loadAll(ctx, task.project);
  mustBeNewest(task, rows);
  const ways = await waysOf(ctx, task, rows, folder);
  const places = placing(rows, task.script, outline, nextNumber(ways));
  const plan = planOf(task, places);
  if (isWhole(task)) await takeOver(ctx, task, { rows, ways, places, folder }, plan);
  else await keepEpisodes(ctx, task, { ...places, vacated: [] }, folder, new Set(plan.extract));
  const planned = [
    'read',
    ...plan.extract.map((n) => `extract:${n}`),
    'resolve',
    'snapshot',
    ...plan.storyboard.map((n) => `storyboard:${n}`),
  ];
  await advance(ctx, input, ({ steps }) =>
    steps.some(({ name }) => name === 'read')
      ? undefined
      : {
          status: 'running',
          planned,
          steps: [...steps, { name: 'read', cached: false }],
          message: { word: 'read', values: { episodes: outline.length } },
        },
  );
  return plan;
}

/** Work on a whole script brings it to its revision; work on some episodes leaves the others where they are. */
const isWhole = ({ order }: TaskRow): boolean => order.episodes.length === 0 && !order.storyboardOnly;

async function waysOf(ctx: Ctx, task: TaskRow, rows: readonly EpisodeRow[], folder: string): Promise<Ways> {
  if (!isWhole(task)) return () => undefined;
  const mine = rows.filter(({ script }) => script === task.script);
  return waysTo(ctx, mine, folder, async () => {
    const document = await getJson<Document>(ctx, `${folder}/document.json`);
    if (!document) throw notFound();
    return document;
  });
}

type Change = {
  readonly rows: readonly EpisodeRow[];
  readonly ways: Ways;
  readonly places: Placing;
  readonly folder: string;
};

/**
 * What left the script is kept first, then shots go where their words are, then the episodes change. In this order: a step that broke off
 * anywhere and is begun again finds everything it needs.
 */
async function takeOver(ctx: Ctx, task: TaskRow, { rows, ways, places, folder }: Change, plan: Plan): Promise<void> {
  const mine = rows.filter(({ script }) => script === task.script);
  await keepLeft(ctx, task, places.left, rows);
  await renameForms(ctx, task, mine, ways);
  const regrouped = await takeOverShots(ctx, task, mine, places, ways);
  await keepEpisodes(ctx, task, places, folder, new Set(plan.extract));
  await renewBoards(ctx, task.project, regrouped);
}

function planOf({ order }: TaskRow, { placed }: Placing): Plan {
  const asked = new Set(order.episodes);
  const numbers = placed.map(({ number }) => number).filter((number) => asked.size === 0 || asked.has(number));
  return {
    extract: order.storyboardOnly ? [] : numbers,
    storyboard: order.through === 'storyboard' ? numbers : [],
  };
}
