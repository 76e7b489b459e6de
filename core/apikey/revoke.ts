import * as z from 'zod';
import { commit } from '../platform/commit.ts';
import { mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { RevokeKey } from './schema.ts';
import { forgetting, load } from './store.ts';

/** Calls that were let in go on; new ones are refused once the authorizer's answer has run out (lib/config.ts). */
export const revoke = verb({
  name: 'apikey.revoke',
  summary: 'Ends an API key, within a minute and for good; its name is free again.',
  needs: 'tenant:write',
  input: RevokeKey,
  output: z.object({ id: z.string() }),
  run: async (ctx, { id, version }) => {
    const row = await load(ctx, id);
    mustBeAt(row, version);
    await commit(ctx, {
      rows: forgetting(ctx, row),
      audit: { object: id, before: { name: row.name, start: row.start } },
    });
    return { id };
  },
});
