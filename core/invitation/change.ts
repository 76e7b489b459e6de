// What becomes of an invitation before it is accepted: taken back, or sent again with another code.
import * as z from 'zod';
import { mustAssign } from '../member/assign.ts';
import { commit } from '../platform/commit.ts';
import { mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import * as Tenant from '../tenant/index.ts';
import { mailed } from './mail.ts';
import { ChangeInvitation, Invited } from './schema.ts';
import { closing, hashOf, load, mustBeOpen, newCode, recoding, saving, shown } from './store.ts';

export const revoke = verb({
  name: 'invitation.revoke',
  summary: 'Takes an invitation back; its code opens nothing from then on.',
  needs: 'member:write',
  input: ChangeInvitation,
  output: z.object({ id: z.string() }),
  run: async (ctx, { id, version }) => {
    const before = await load(ctx, id);
    mustBeAt(before, version);
    // one past its time still holds its seat
    mustBeOpen({ now: () => 0 }, before);
    await commit(ctx, {
      rows: [saving(ctx, before, { status: 'revoked' }), ...closing(ctx, before), Tenant.releasing(ctx, 'members', 1)],
      audit: { object: id, before: { status: 'open' }, after: { status: 'revoked' } },
    });
    return { id };
  },
});

/** As long as a new one, so that nobody gets a day. */
const resentMs = 7 * 86_400_000;

export const resend = verb({
  name: 'invitation.resend',
  summary: 'Sends an invitation again, with a new code that lives seven days; the old one opens nothing any more.',
  needs: 'member:write',
  input: ChangeInvitation,
  output: Invited,
  run: async (ctx, { id, version }) => {
    const before = await load(ctx, id);
    mustBeAt(before, version);
    mustAssign(ctx, before.role);
    mustBeOpen({ now: () => 0 }, before);
    const code = newCode();
    const next = { hash: hashOf(code), expiresAt: ctx.now() + resentMs };
    await commit(ctx, {
      rows: [saving(ctx, before, next), ...recoding(ctx, before, next.hash)],
      audit: { object: id, before: { expiresAt: before.expiresAt }, after: { expiresAt: next.expiresAt } },
    });
    const row = { ...before, ...next, version: before.version + 1 };
    return { ...shown(row, ctx.now()), code, mailed: await mailed(ctx, row, code) };
  },
});
