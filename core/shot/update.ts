// Changing one shot's fields, and locking it.
import { commit } from '../platform/commit.ts';
import { differing } from '../platform/differing.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { bounded } from '../storyboard/index.ts';
import { changeOf } from './change.ts';
import { mustHave } from './named-assets.ts';
import { promptedBy } from './prompted.ts';
import { refigured } from './refigured.ts';
import { LockShot, Shot, UpdateShot } from './schema.ts';
import { openShot, readBoardId, type ShotRow, savingShot, shownShot } from './store.ts';

export const update = verb({
  name: 'shot.update',
  summary: 'Changes a shot; a changed shot is kept by later runs. What is put back as it was read changes nothing.',
  needs: 'storyboard:write',
  input: UpdateShot,
  output: Shot,
  run: async (ctx, { id, version, content, ...rest }) => {
    if (version === undefined) throw new Failure('VERSION_REQUIRED');
    const { shot: before, standing } = await openShot(ctx, id);
    mustBeAt(before, version);
    if (before.locked) throw new Failure('SHOT_LOCKED');
    const shot = Shot.parse(shownShot(before, standing));
    const written = changeOf(shot, content ?? {});
    const beside = differing<ShotRow>(before, rest);
    const fields = [...Object.keys(written), ...Object.keys(beside)];
    if (fields.length === 0) return shownShot(before, standing);
    await mustHave(ctx, readBoardId(before.board).project, written, shot);
    const next: Partial<ShotRow> = {
      ...beside,
      ...(Object.keys(written).length > 0 && {
        content: bounded({ ...before.content, ...written }),
        edited: true,
        ...promptedBy(written),
      }),
    };
    const now = ctx.now();
    await refigured(ctx, { ...before, ...next }, fields, (figures) =>
      commit(ctx, {
        rows: [savingShot(ctx, before, next, now), ...figures],
        audit: { object: id, before: picked(before, fields), after: picked({ ...before, ...next }, fields) },
        facts: [{ type: 'shot.updated', subject: before.board, detail: { shot: id, fields } }],
      }),
    );
    return shownShot({ ...before, ...next, version: version + 1, updatedAt: now }, standing);
  },
});

export const lock = verb({
  name: 'shot.lock',
  summary: 'Locks a shot against every change and run, or unlocks it.',
  needs: 'storyboard:write',
  input: LockShot,
  output: Shot,
  run: async (ctx, { id, version, locked }) => {
    const { shot: before, standing } = await openShot(ctx, id);
    mustBeAt(before, version);
    const now = ctx.now();
    await commit(ctx, {
      rows: [savingShot(ctx, before, { locked }, now)],
      audit: { object: id, before: { locked: before.locked }, after: { locked } },
      facts: [{ type: 'shot.updated', subject: before.board, detail: { shot: id, fields: ['locked'] } }],
    });
    return shownShot({ ...before, locked, version: before.version + 1, updatedAt: now }, standing);
  },
});

/** The named fields, wherever they lie, for the audit line. */
const picked = (row: ShotRow, fields: string[]) =>
  Object.fromEntries(
    fields.map((field) => [
      field,
      (row.content as Record<string, unknown>)[field] ?? (row as Record<string, unknown>)[field] ?? null,
    ]),
  );
