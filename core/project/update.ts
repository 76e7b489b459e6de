import { commit } from '../platform/commit.ts';
import { differing } from '../platform/differing.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { madeOf } from './project.ts';
import { Project, UpdateProject } from './schema.ts';
import { load, type ProjectRow, saving, shown, titles } from './store.ts';

export const update = verb({
  name: 'project.update',
  summary:
    'Changes a project: title, stage, status (active, archived), settings. What is put back as it was read changes nothing.',
  needs: 'project:write',
  input: UpdateProject,
  output: Project,
  run: async (ctx, { id, version, title, stage, status, thumbnail, ...asked }) => {
    if (version === undefined) throw new Failure('VERSION_REQUIRED');
    const before = await load(ctx, id);
    mustBeAt(before, version);
    const { making, own } = madeOf(asked);
    const change = differing<ProjectRow>(before, {
      ...making,
      ...(title !== undefined && { title }),
      ...(stage && { stage }),
      ...(status && { status }),
      ...(thumbnail !== undefined && { thumbnail: thumbnail ?? undefined }),
      ...(asked.settings && { own }),
    });
    const fields = Object.keys(change) as (keyof ProjectRow)[];
    if (fields.length === 0) return shown(before);
    const now = ctx.now();
    await commit(ctx, {
      rows: [
        saving(ctx, before, change, now),
        ...(change.title === undefined ? [] : titles.moving(ctx, before.title, change.title, id)),
      ],
      audit: { object: id, project: id, before: pick(before, fields), after: pick(change, fields) },
      facts: [{ type: 'project.updated', subject: id, project: id, detail: { fields } }],
    });
    return shown({ ...before, ...change, version: before.version + 1, updatedAt: now });
  },
});

const pick = (row: Partial<ProjectRow>, fields: (keyof ProjectRow)[]) =>
  Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
