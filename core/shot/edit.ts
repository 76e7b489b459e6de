// Editing a storyboard: insert, delete, move, split, merge. The rules are pure (core/storyboard); these verbs load and commit.
import * as z from 'zod';
import * as Episode from '../episode/index.ts';
import { verb } from '../platform/verb.ts';
import { deleteShot, insertShot, mergeShots, moveShot, splitShot } from '../storyboard/index.ts';
import { type Editing, edited, openBoard, openBoardOf } from './apply.ts';
import { mustHave } from './named-assets.ts';
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
    const decide = async ({ board, shots }: Editing) => {
      await mustHave(ctx, board.project, content);
      const edit = insertShot(shots, afterId, content);
      return { ...edit, insert: edit.insert.map((shot) => ({ ...shot, ...promptedBy(content) })) };
    };
    return { shots: await edited(ctx, () => openBoard(ctx, id), decide, 'shot.created') };
  },
});

export const remove = verb({
  name: 'shot.remove',
  summary: 'Deletes a shot; the coverage report then names the lines that are missing.',
  needs: 'storyboard:write',
  input: RemoveShot,
  output: Touched,
  run: async (ctx, { id, version }) => {
    const open = () => openBoardOf(ctx, id, version);
    return { shots: await edited(ctx, open, ({ shots }) => deleteShot(shots, id), 'shot.deleted') };
  },
});

export const move = verb({
  name: 'shot.move',
  summary: 'Moves a shot behind another, or to the front.',
  needs: 'storyboard:write',
  input: MoveShot,
  output: Touched,
  run: async (ctx, { id, version, afterId }) => {
    const open = () => openBoardOf(ctx, id, version);
    const decide = ({ shots }: Editing) => moveShot(shots, id, afterId ?? undefined);
    return { shots: await edited(ctx, open, decide, 'shot.reordered') };
  },
});

export const split = verb({
  name: 'shot.split',
  summary: 'Cuts a shot in two before a line or an element, or inside a line.',
  needs: 'storyboard:write',
  input: SplitShot,
  output: Touched,
  run: async (ctx, { id, version, beforeElementId, at }) => {
    const open = () => openBoardOf(ctx, id, version);
    const decide = async ({ board, shots }: Editing) => {
      const { episode } = await Episode.loadContent(ctx, await Episode.load(ctx, board.project, board.episode));
      const order = episode.scenes.flatMap(({ elements }) => elements.map((element) => element.id));
      return splitShot(shots, id, { beforeElementId, ...(at !== undefined && { at }) }, order);
    };
    return { shots: await edited(ctx, open, decide, 'shot.updated') };
  },
});

export const merge = verb({
  name: 'shot.merge',
  summary: 'Joins two neighbouring shots of one scene.',
  needs: 'storyboard:write',
  input: MergeShots,
  output: Touched,
  run: async (ctx, { id, version, withId }) => {
    const open = () => openBoardOf(ctx, id, version);
    return { shots: await edited(ctx, open, ({ shots }) => mergeShots(shots, id, withId), 'shot.updated') };
  },
});
