// Which prompts are written together: assets first, for shots say how people look; then shots, episode by episode.
import type { Ctx } from '../../platform/ctx.ts';
import { Failure } from '../../platform/failure.ts';
import { readBoardId, type ShotRow } from '../../shot/store.ts';
import { batched } from './batch.ts';
import type { PromptBrief } from './brief.ts';
import { chosen, type Row } from './choose.ts';
import { type Opened, open, subjectsOf } from './open.ts';
import { type Rows, rowsFor } from './rows.ts';
import type { Subject } from './subject.ts';

/** Ids that are asked about together; `episode` 0: assets. */
export type PromptPart = { readonly episode: number; readonly ids: readonly string[] };

export type PromptPlan = {
  readonly parts: readonly PromptPart[];
  /** How many are left as they are, for people locked them or wrote them. */
  readonly locked: number;
  readonly edited: number;
};

/** Rows to write prompts for, by episode, 0 being the assets. */
export type Wanted = Pick<PromptPlan, 'locked' | 'edited'> & {
  readonly byEpisode: ReadonlyMap<number, readonly Row[]>;
};

/** Throws what `rowsFor` throws, PROMPTS_KEPT and SHOT_LOCKED where people hold them all, ALREADY_DONE where all have theirs. */
export async function wantedRows(ctx: Ctx, project: string, brief: PromptBrief, withModel: boolean): Promise<Wanted> {
  const { assets, shots }: Rows = await rowsFor(ctx, project, brief);
  const { wanted, locked, edited } = chosen<Row>([...assets, ...shots], brief, withModel);
  const held = { locked: locked.length, edited: edited.length };
  if (wanted.length === 0) throw refusalOf(held);
  const byEpisode = Map.groupBy(wanted, (row) => ('board' in row ? episodeOf(row) : 0));
  return { ...held, byEpisode: new Map([...byEpisode].toSorted(([a], [b]) => a - b)) };
}

const episodeOf = ({ board }: ShotRow): number => readBoardId(board).episode;

function refusalOf({ locked, edited }: Pick<PromptPlan, 'locked' | 'edited'>): Failure {
  if (locked > 0 && edited === 0) return new Failure('SHOT_LOCKED');
  return edited > 0 ? new Failure('PROMPTS_KEPT', { locked, edited }) : new Failure('ALREADY_DONE');
}

/** The subjects of an episode's part of the work, or of the assets. */
export type Grouped = { readonly episode: number; readonly opened: Opened; readonly subjects: readonly Subject[] };

export const grouped = (ctx: Ctx, project: string, brief: PromptBrief, { byEpisode }: Wanted): Promise<Grouped[]> =>
  Promise.all(
    [...byEpisode].map(async ([episode, rows]) => {
      const opened = await open(ctx, project, episode);
      return { episode, opened, subjects: subjectsOf(rows, opened, brief) };
    }),
  );

export async function planned(ctx: Ctx, project: string, brief: PromptBrief, withModel: boolean): Promise<PromptPlan> {
  const wanted = await wantedRows(ctx, project, brief, withModel);
  const groups = await grouped(ctx, project, brief, wanted);
  const parts = groups.flatMap(({ episode, subjects }) =>
    batched(subjects).map((batch) => ({ episode, ids: batch.map(({ id }) => id) })),
  );
  return { parts, locked: wanted.locked, edited: wanted.edited };
}

/** Numbers of the parts from 1, those of assets before those of shots. */
export const wavesOf = ({ parts }: PromptPlan): number[][] => {
  const numbered = parts.map(({ episode }, at) => ({ number: at + 1, isShots: episode > 0 }));
  const of = (isShots: boolean) => numbered.filter((part) => part.isShots === isShots).map(({ number }) => number);
  return [of(false), of(true)].filter((wave) => wave.length > 0);
};
