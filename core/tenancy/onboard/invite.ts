// The owner is invited: whoever accepts founds nothing, but owns what is there.
import * as Invitation from '../../invitation/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure } from '../../platform/failure.ts';
import { words } from '../../platform/words.ts';
import type { Onboarding } from '../onboarding.ts';
import { hasOwner } from '../owner.ts';

/** As long as an invitation can be. */
const days = 30;

/**
 * Invites once; done again, the invitation is sent again with another code, because nobody knows whether the mail went out. Where the
 * owner has come in already there is nobody to invite. Throws MAIL_UNAVAILABLE: the code is shown to nobody else.
 */
export async function invite(ctx: Ctx, { email }: Onboarding): Promise<void> {
  if (await hasOwner(ctx, { email })) return;
  const open = await Invitation.holderOf(ctx, email);
  const { mailed } = await (open
    ? Invitation.resend(ctx, { id: open.id })
    : Invitation.create(ctx, { email, role: 'owner', days }));
  if (!mailed)
    throw new Failure('MAIL_UNAVAILABLE', {
      reason: words('邀请邮件没有被接受', 'the invitation was not taken by the mail service'),
    });
}
