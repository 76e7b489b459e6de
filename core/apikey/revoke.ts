import * as z from 'zod';
import { again } from '../platform/again.ts';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
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
    const once = () => revokeOnce(ctx, id, version);
    // who named a version is told that another was faster
    await (version === undefined ? again(once) : once());
    return { id };
  },
});

/** A key that is given another text at this moment is left as it is: that text would live on where nobody sees it. */
async function revokeOnce(ctx: Ctx, id: string, version: number | undefined): Promise<void> {
  const row = await load(ctx, id);
  mustBeAt(row, version);
  await commit(ctx, {
    rows: forgetting(ctx, row),
    audit: { object: id, before: { name: row.name, start: row.start } },
  });
}
