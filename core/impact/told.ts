// What a revision changes, and what that does to what was made of the one before.
import { verb } from '../platform/verb.ts';
import { RevisionOf } from '../revision/schema.ts';
import { Impact } from './schema.ts';

export const impact = verb({
  name: 'script.impact',
  summary:
    'What a revision changes, scene by scene, and what starting the breakdown on it does: stale assets and shots, what people did that is kept, what cannot be placed again, and the price.',
  needs: 'script:read',
  input: RevisionOf,
  output: Impact,
  run: async (ctx, { id, revision }) => (await import('./of.ts')).impactOf(ctx, id, revision),
});
