// Which prompts are written together: assets first, for shots say how people look; then shots, episode by episode.
import type { Ctx } from '../../platform/ctx.ts';
import { batched } from './batch.ts';
import type { PromptBrief } from './brief.ts';
import { type Opened, open, subjectsOf } from './open.ts';
import type { PromptPlan } from './plan-schema.ts';
import type { Subject } from './subject.ts';
import { type Wanted, wantedRows } from './wanted.ts';

/** The subjects of an episode's part of the work, or of the assets. */
type Grouped = { readonly episode: number; readonly opened: Opened; readonly subjects: readonly Subject[] };

export const grouped = (ctx: Ctx, project: string, brief: PromptBrief, { byEpisode }: Wanted): Promise<Grouped[]> =>
  Promise.all(
    [...byEpisode].map(async ([episode, rows]) => {
      const opened = await open(ctx, project, episode);
      return { episode, opened, subjects: subjectsOf(rows, opened, brief) };
    }),
  );

/** Throws what `wantedRows` throws. */
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
