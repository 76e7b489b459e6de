// What is to be written: the rows that were asked for, without those that are done and those that people hold.
import type { Ctx } from '../../platform/ctx.ts';
import { Failure } from '../../platform/failure.ts';
import { readBoardId } from '../../shot/store.ts';
import type { PromptBrief } from './brief.ts';
import { chosen, isShot, type Row } from './choose.ts';
import type { PromptPlan } from './plan-schema.ts';
import { rowsFor } from './rows.ts';

/** Rows to write prompts for, by episode, 0 being the assets. */
export type Wanted = Pick<PromptPlan, 'locked' | 'edited'> & {
  readonly byEpisode: ReadonlyMap<number, readonly Row[]>;
};

/** Throws what `rowsFor` throws, PROMPTS_KEPT and SHOT_LOCKED where people hold them all, ALREADY_DONE where all have theirs. */
export async function wantedRows(ctx: Ctx, project: string, brief: PromptBrief, withModel: boolean): Promise<Wanted> {
  const { assets, shots } = await rowsFor(ctx, project, brief);
  const { wanted, locked, edited } = chosen<Row>([...assets, ...shots], brief, withModel);
  const held = { locked: locked.length, edited: edited.length };
  if (wanted.length === 0) throw refusalOf(held);
  const byEpisode = Map.groupBy(wanted, (row) => (isShot(row) ? readBoardId(row.board).episode : 0));
  return { ...held, byEpisode: new Map([...byEpisode].toSorted(([a], [b]) => a - b)) };
}

function refusalOf({ locked, edited }: Pick<PromptPlan, 'locked' | 'edited'>): Failure {
  if (locked > 0 && edited === 0) return new Failure('SHOT_LOCKED');
  return edited > 0 ? new Failure('PROMPTS_KEPT', { locked, edited }) : new Failure('ALREADY_DONE');
}
