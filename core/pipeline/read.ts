// Step 1. Read: from the uploaded bytes to one document, cut by episode; what people made of the revision before is taken over; the plan of the work.

import { type EpisodeRow, loadAll } from '../episode/store.ts';
import { getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import type { EpisodeOutline } from '../revision/outline.ts';
import { type Placing, placing } from '../revision/placing.ts';
import { isThere, nextNumber, type Ways } from '../revision/standing.ts';
import type { Document } from '../script/schema.ts';
import { advance } from '../task/advance.ts';
import { mustBeNewest } from '../task/overtaken.ts';
import type { Run } from '../task/store.ts';
import { type BreakdownRow, breakdownBegun } from './begun.ts';
import { readRevision } from './document.ts';
import { type Change, keepEpisodes } from './episodes.ts';

/** Which episodes the next states work on. Goes through the state machine: numbers only. */
export type Plan = { extract: number[]; storyboard: number[] };

export async function read(ctx: Ctx, input: Run): Promise<Plan> {
  const task = await breakdownBegun(ctx, input);
  const { documentKey: folder = '' } = await readRevision(ctx, task);
  const outline = await getJson<EpisodeOutline[]>(ctx, `${folder}/outline.json`);
  if (!outline?.some(({ scenes }) => scenes > 0)) throw new Failure('NOTHING_TO_READ');
  const rows = await ownRows(ctx, task, folder);
  const mine = rows.filter(({ script }) => script === task.script);
  const ways = await waysOf(ctx, task, mine, folder);
  const places = placing(rows, task.script, outline, nextNumber(ways));
  const plan = planOf(task, places);
  const change: Change = { rows, mine, ways, places, folder, worked: new Set(plan.extract) };
  // loaded where there is something to take over
  if (mine.some(ways)) await (await import('./take-over.ts')).takeOver(ctx, task, change);
  else {
    await keepEpisodes(ctx, task, change);
    // a take-over may have broken off before its last part
    if (mine.some(({ storyboardStatus }) => storyboardStatus === 'PENDING'))
      await (await import('./boards.ts')).renewBoards(ctx, task.project, change.worked);
  }
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

/** All episodes of the project, those that the script goes on from as its own. */
async function ownRows(ctx: Ctx, task: BreakdownRow, folder: string): Promise<readonly EpisodeRow[]> {
  const rows = await loadAll(ctx, task.project);
  mustBeNewest(task, rows);
  if (!isWhole(task) || rows.every(({ script }) => script === task.script)) return rows;
  const { formerScript, giveTo, inherited } = await import('../revision/inherited.ts');
  const load = () => documentIn(ctx, folder);
  const former = await formerScript(ctx, rows, { script: task.script, folder, load });
  if (former) await giveTo(ctx, former, task.script);
  return inherited(rows, task.script, former);
}

/** Work on a whole script brings it to its revision; work on some episodes leaves the others where they are. */
const isWhole = ({ order }: BreakdownRow): boolean => order.episodes.length === 0 && !order.storyboardOnly;

/** Compares documents, where episodes stand on another than this one. */
async function waysOf(ctx: Ctx, task: BreakdownRow, mine: readonly EpisodeRow[], folder: string): Promise<Ways> {
  if (!isWhole(task) || mine.every((row) => isThere(row, folder))) return () => undefined;
  const { waysTo } = await import('../revision/ways.ts');
  return waysTo(ctx, mine, folder, () => documentIn(ctx, folder));
}

async function documentIn(ctx: Ctx, folder: string): Promise<Document> {
  const document = await getJson<Document>(ctx, `${folder}/document.json`);
  if (!document) throw notFound();
  return document;
}

function planOf({ order }: BreakdownRow, { placed }: Placing): Plan {
  const asked = new Set(order.episodes);
  const numbers = placed.map(({ number }) => number).filter((number) => asked.size === 0 || asked.has(number));
  return {
    extract: order.storyboardOnly ? [] : numbers,
    storyboard: order.through === 'storyboard' ? numbers : [],
  };
}
