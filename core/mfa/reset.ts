import * as z from 'zod';
import { dropApp, signOutEverywhere } from '../identity/index.ts';
import * as Member from '../member/index.ts';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { tell } from '../platform/mail.ts';
import { verb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import * as Session from '../session/index.ts';
import { droppedMail } from './mail.ts';
import { ResetMfa } from './schema.ts';

export const reset = verb({
  name: 'mfa.reset',
  summary:
    'Switches off the second factor of a member who lost it, and ends all sign-ins of that person, who is told by mail.',
  needs: 'member:write',
  input: ResetMfa,
  output: z.object({ enabled: z.literal(false) }),
  run: async (ctx, { id }) => {
    if (id === ctx.actor.id) throw new Failure('CONFLICT', { reason: ownWay });
    const member = await Member.load(ctx, id);
    // who was joined to the organisation by a password alone has shown no second factor here: it is not the organisation's to take off
    if (member.lastLogin === undefined) throw new Failure('CONFLICT', { reason: neverHere });
    await mustBeOurs(ctx, id, member.role);
    // rows and sign-ins first: cut off anywhere, the app is still asked for by whoever signs in, and the same call goes on
    const rows = [Member.withoutApp(ctx, id), ...(await Session.endingAll(ctx, id))];
    await commit(ctx, {
      rows,
      audit: { object: id, after: { mfa: false } },
      facts: [{ type: 'session.ended', subject: id }],
    });
    await signOutEverywhere(ctx, id);
    await dropApp(ctx, id);
    await tell(ctx.stores.mail, droppedMail(member.email));
    return { enabled: false as const };
  },
});

const ownWay = words('关闭自己的两步验证需要密码和验证码', 'one’s own second factor goes by password and code');

const neverHere = words(
  '此人从未登录过本组织，不能由本组织关闭其两步验证',
  'this person has never signed in to your organisation, which therefore cannot switch off the second factor',
);

/**
 * Throws FORBIDDEN for an owner, unless an owner asks; MFA_OF_MANY for somebody who leads another tenant as well: one organisation may
 * not make the door of another weaker.
 */
async function mustBeOurs(ctx: Ctx, id: string, role: string): Promise<void> {
  if (role === 'owner' && ctx.role !== 'owner') throw new Failure('FORBIDDEN', { role: ctx.role, needs: 'owner' });
  const others = (await Member.membershipsOf(ctx, id)).filter(({ tenant }) => tenant !== ctx.tenant);
  if (others.some((one) => one.isActive && Member.leads(one.role))) throw new Failure('MFA_OF_MANY');
}
