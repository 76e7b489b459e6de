import { commit } from '../platform/commit.ts';
import { mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { ReviseScript, Revision } from './schema.ts';
import { stored } from './source.ts';
import { loadScript, shownRevision } from './store.ts';
import { nextRevision } from './write.ts';

export const revise = verb({
  name: 'script.revise',
  summary: 'Adds a revision to a script; earlier revisions stay as they are.',
  needs: 'script:write',
  input: ReviseScript,
  output: Revision,
  run: async (ctx, { id, version, ...source }) => {
    const before = await loadScript(ctx, id);
    mustBeAt(before, version);
    await Project.load(ctx, before.project);
    const { revision, rows } = nextRevision(ctx, before, await stored(ctx, before.project, source));
    await commit(ctx, {
      rows,
      audit: {
        object: id,
        project: before.project,
        before: { revision: before.revision },
        after: { revision: revision.number },
      },
      facts: [{ type: 'script.revised', subject: id, project: before.project, detail: { revision: revision.number } }],
    });
    return shownRevision(revision);
  },
});
