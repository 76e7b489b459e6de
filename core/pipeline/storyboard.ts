// Step 5. Storyboard: shots for one episode (or one scene of it). Generated shots are replaced; locked and edited ones stay.

import * as Episode from '../episode/index.ts';
import { commit, maxWrites, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import * as Project from '../project/index.ts';
import type { Episode as ScriptEpisode } from '../script/schema.ts';
import { newShot, removingShot } from '../shot/apply.ts';
import { report, summary } from '../shot/board.ts';
import { libraryCast } from '../shot/library-cast.ts';
import {
  BoardEntity,
  type BoardRow,
  boardId,
  findBoard,
  loadShots,
  ShotEntity,
  type ShotRow,
  savingShot,
} from '../shot/store.ts';
import { snapshotId } from '../snapshot/store.ts';
import { aspectOf, composeEpisode, replaceGenerated, type StyleOptions } from '../storyboard/index.ts';
import type { CastOfScene, ComposedShot } from '../storyboard/schema.ts';
import { finishStep } from '../task/advance.ts';
import type { Run, TaskRow } from '../task/store.ts';
import { begun } from './begun.ts';
import { remembered } from './cache.ts';
import { keepEpisode } from './extract.ts';

export async function storyboard(
  ctx: Ctx,
  input: Run & { episode?: number },
): Promise<{ episode: number; cached: boolean }> {
  const task = await begun(ctx, input);
  const number = input.episode ?? 0;
  const row = await Episode.load(ctx, task.project, number);
  // an episode whose extraction failed has nothing to stand on; it was reported there
  if (row.status !== 'COMPLETED') return { episode: number, cached: false };
  const { document, episode } = await Episode.loadContent(ctx, row);
  const [cast, style] = [
    await libraryCast(ctx, task.project),
    styleOf(await Project.load(ctx, task.project), document.language),
  ];
  const { value, cached, draft } = await remembered<ComposedShot[]>(
    ctx,
    task.project,
    'storyboard',
    [episode, castIn(episode, cast), style],
    () => ({ value: composeEpisode(episode, cast, style) }),
  );
  await keepShots(ctx, task, episode, value);
  await keepEpisode(ctx, await Episode.load(ctx, task.project, number), {
    storyboardStatus: 'COMPLETED',
    errorCode: undefined,
  });
  const step = { name: `storyboard:${number}`, cached, draft };
  await finishStep(ctx, input, step, { word: 'boarded', values: { episode: number } });
  return { episode: number, cached };
}

function styleOf(
  { visualStyle, imageSize }: { visualStyle: string; imageSize: string },
  language: StyleOptions['language'],
): StyleOptions {
  return { visualStyle, language, aspect: aspectOf(imageSize) };
}

/** The part of the library this episode can name: what else changes in the library leaves its storyboard valid. */
function castIn(episode: ScriptEpisode, cast: CastOfScene): CastOfScene {
  const words = episode.scenes
    .flatMap((scene) => [
      scene.heading,
      scene.location,
      ...scene.cast,
      ...scene.elements.flatMap(({ text, speakers = [] }) => [text, ...speakers]),
    ])
    .join('\n');
  const named = <T extends { forms: string[] }>(list: T[]): T[] =>
    list.filter(({ forms }) => forms.some((form) => words.includes(form)));
  return {
    characters: named(cast.characters),
    locations: named(cast.locations),
    props: named(cast.props),
    extras: named(cast.extras),
    ambiguous: Object.fromEntries(Object.entries(cast.ambiguous).filter(([form]) => words.includes(form))),
  };
}

/** Brings the rows to what was composed. Repeated after a crash it finds its own rows by their keys and changes nothing twice. */
async function keepShots(ctx: Ctx, task: TaskRow, episode: ScriptEpisode, composed: ComposedShot[]): Promise<void> {
  const { number } = episode;
  const board = boardId(task.project, number);
  const existing = await loadShots(ctx, board);
  const { sceneId } = task.order;
  const others = sceneId === undefined ? [] : existing.filter(({ content }) => content.sceneId !== sceneId);
  // regenerating one scene: the shots of the others are held as they are
  const held = existing.map((row) => (others.includes(row) ? { ...row, locked: true } : row));
  const order = episode.scenes.flatMap(({ elements }) => elements.map((element) => element.id));
  const { insert, update, remove, listed } = replaceGenerated(held, composed, order);
  const byId = new Map(existing.map((row) => [row.id, row]));
  const inserted = insert.map((shot) => newShot(ctx, board, shot));
  const rows: Write[] = [
    ...inserted.map((row) => putting(ctx.stores.core, ShotEntity.create(row))),
    ...update.flatMap((row) => {
      const before = byId.get(row.id);
      return before ? [savingShot(ctx, before, { ...row, locked: before.locked })] : [];
    }),
    ...remove.map((row) => removingShot(ctx, row)),
  ];
  for (let at = 0; at < rows.length; at += maxWrites) await commit(ctx, { rows: rows.slice(at, at + maxWrites) });
  await keepBoard(
    ctx,
    task,
    number,
    await loadShots(ctx, board),
    listed.flatMap(({ elementIds }) => elementIds),
  );
}

async function keepBoard(
  ctx: Ctx,
  task: TaskRow,
  episode: number,
  shots: ShotRow[],
  unanchored: string[],
): Promise<void> {
  const before = await findBoard(ctx, task.project, episode);
  const coverage = await report(ctx, { project: task.project, episode }, shots);
  const next: BoardRow = {
    tenant: ctx.tenant,
    project: task.project,
    episode,
    snapshot: snapshotId(task.id, task.attempt),
    unanchored,
    ...summary(shots, coverage),
    version: (before?.version ?? 0) + 1,
    updatedAt: ctx.now(),
  };
  const put = before
    ? BoardEntity.put(next).where(({ version }, { eq }) => eq(version, before.version))
    : BoardEntity.create(next);
  await commit(ctx, {
    rows: [putting(ctx.stores.core, put)],
    audit: {
      object: boardId(task.project, episode),
      project: task.project,
      before: { shots: before?.shots ?? 0 },
      after: { shots: next.shots },
    },
    facts: [
      {
        type: 'storyboard.composed',
        subject: boardId(task.project, episode),
        project: task.project,
        detail: { episode, shots: next.shots, complete: next.coverage.complete },
      },
    ],
  });
}
