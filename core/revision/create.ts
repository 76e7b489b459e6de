import { commit } from '../platform/commit.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { CreateScript, Script } from './schema.ts';
import { stored } from './source.ts';
import { shownScript } from './store.ts';
import { newScript } from './write.ts';

export const create = verb({
  name: 'script.create',
  summary: 'Adds a script to a project from an uploaded file or from text; its first revision.',
  needs: 'script:write',
  input: CreateScript,
  output: Script,
  run: async (ctx, { projectId, title, ...source }) => {
    await Project.load(ctx, projectId);
    const { script, rows } = newScript(ctx, projectId, title, await stored(ctx, projectId, source));
    await commit(ctx, {
      rows,
      audit: { object: script.id, project: projectId, after: { title: script.title, revision: 1 } },
      facts: [{ type: 'script.revised', subject: script.id, project: projectId, detail: { revision: 1 } }],
    });
    return shownScript(script);
  },
});
