import * as Episode from '../episode/index.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import * as Revision from '../revision/index.ts';
import { ParseScript } from './order.ts';
import { Started } from './schema.ts';
import { start } from './start.ts';

/** A drama has twenty or so; how many it is shows when it is read. */
const usualEpisodes = 20;

export const parseScript = verb({
  name: 'task.parse_script',
  summary:
    'Starts the whole breakdown of a script: read, extract, resolve, snapshot, storyboard. A text that the project has already is that script.',
  needs: 'task:write',
  input: ParseScript,
  output: Started,
  run: async (ctx, { projectId, scriptId, rawText, title, fileName, rerun, ...asked }) => {
    await Project.load(ctx, projectId);
    const order = { episodes: [], through: 'storyboard' as const, storyboardOnly: false, rerun };
    const work = { type: 'script_parse' as const, project: projectId, order, asked, episodes: usualEpisodes };
    const script =
      scriptId === undefined
        ? await Revision.sameText(ctx, projectId, { rawText, fileName }, title)
        : await Revision.loadScript(ctx, scriptId);
    if (!script) {
      const source = await Revision.stored(ctx, projectId, { rawText, fileName });
      const { script: fresh, revision, rows } = Revision.newScript(ctx, projectId, title, source);
      return start(ctx, { ...work, script: fresh.id, revision: revision.number }, rows);
    }
    if (script.project !== projectId) throw new Failure('NOT_FOUND');
    const done = await finished(ctx, projectId, script.id, script.revision);
    if (done && !rerun) throw new Failure('ALREADY_DONE', { script_id: script.id });
    return start(ctx, { ...work, script: script.id, revision: script.revision });
  },
});

/** Whether every episode of this revision has its assets and its storyboard. */
async function finished(ctx: Ctx, project: string, script: string, revision: number): Promise<boolean> {
  const episodes = (await Episode.loadAll(ctx, project)).filter(
    (row) => row.script === script && row.revision === revision,
  );
  return (
    episodes.length > 0 && episodes.every((row) => row.status === 'COMPLETED' && row.storyboardStatus === 'COMPLETED')
  );
}
