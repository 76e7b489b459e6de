// Editing a storyboard: insert, delete, move, split, merge. The rules are pure (core/storyboard); these verbs load and commit.
import * as z from 'zod';
import * as Episode from '../episode/index.ts';
import { verb } from '../platform/verb.ts';
import { deleteShot, insertShot, mergeShots, moveShot, splitShot } from '../storyboard/index.ts';
import { apply, openBoard, openBoardOf } from './apply.ts';
import { promptedBy } from './prompted.ts';
import { InsertShot, MergeShots, MoveShot, RemoveShot, Shot, SplitShot } from './schema.ts';

const Touched = z.object({ shots: z.array(Shot) });

export const insert = verb({
  name: 'shot.insert',
  summary: 'Adds a shot behind another, or in front of all; it takes its scene from its neighbour.',
  needs: 'storyboard:write',
  input: InsertShot,
  output: Touched,
  run: async (ctx, { id, afterId, content }) => {
    const editing = await openBoard(ctx, id);
    const edit = insertShot(editing.shots, afterId, content);
    const insert = edit.insert.map((shot) => ({ ...shot, ...promptedBy(content) }));
    return { shots: await apply(ctx, editing, { ...edit, insert }, 'shot.created') };
  },
});

export const remove = verb({
  name: 'shot.remove',
  summary: 'Deletes a shot; the coverage report then names the lines that are missing.',
  needs: 'storyboard:write',
  input: RemoveShot,
  output: Touched,
  run: async (ctx, { id, version }) => {
    const editing = await openBoardOf(ctx, id, version);
    return { shots: await apply(ctx, editing, deleteShot(editing.shots, id), 'shot.deleted') };
  },
});

export const move = verb({
  name: 'shot.move',
  summary: 'Moves a shot behind another, or to the front.',
  needs: 'storyboard:write',
  input: MoveShot,
  output: Touched,
  run: async (ctx, { id, version, afterId }) => {
    const editing = await openBoardOf(ctx, id, version);
    return { shots: await apply(ctx, editing, moveShot(editing.shots, id, afterId ?? undefined), 'shot.reordered') };
  },
});

export const split = verb({
  name: 'shot.split',
  summary: 'Cuts a shot in two before a line or an element, or inside a line.',
  needs: 'storyboard:write',
  input: SplitShot,
  output: Touched,
  run: async (ctx, { id, version, beforeElementId, at }) => {
    const editing = await openBoardOf(ctx, id, version);
    const { episode } = await Episode.loadContent(
      ctx,
      await Episode.load(ctx, editing.board.project, editing.board.episode),
    );
    const order = episode.scenes.flatMap(({ elements }) => elements.map((element) => element.id));
    const edit = splitShot(editing.shots, id, { beforeElementId, ...(at !== undefined && { at }) }, order);
    return { shots: await apply(ctx, editing, edit, 'shot.updated') };
  },
});

export const merge = verb({
  name: 'shot.merge',
  summary: 'Joins two neighbouring shots of one scene.',
  needs: 'storyboard:write',
  input: MergeShots,
  output: Touched,
  run: async (ctx, { id, version, withId }) => {
    const editing = await openBoardOf(ctx, id, version);
    return { shots: await apply(ctx, editing, mergeShots(editing.shots, id, withId), 'shot.updated') };
  },
});
