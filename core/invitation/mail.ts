// The mail of an invitation. Names are people's own words; they stand on lines of their own making nowhere (core/platform/name.ts).
import * as Member from '../member/index.ts';
import type { Ctx } from '../platform/ctx.ts';
import { tell } from '../platform/mail.ts';
import { minuteOf, type Words, words } from '../platform/words.ts';
import * as Tenant from '../tenant/index.ts';
import type { InvitationRow } from './store.ts';

type Told = { readonly who: string; readonly tenant: string; readonly code: string; readonly until: string };

const subject = ({ who, tenant }: Told): Words =>
  words(`${who} 邀请您加入「${tenant}」`, `${who} invites you to ${tenant}`);

const text = ({ who, tenant, code, until }: Told): Words =>
  words(
    `${who} 邀请您加入 Scriptloom 上的组织「${tenant}」。\n\n邀请码：${code}\n\n用此邮箱登录后接受邀请，或在注册时填写邀请码。${until}（UTC）前有效，只能使用一次。若不认识对方，请忽略此邮件。`,
    `${who} invites you to the organisation ${tenant} on Scriptloom.\n\nCode: ${code}\n\nSign in with this address and accept it, or give it when you register. It works once, until ${until} (UTC). If you do not know who this is, do nothing.`,
  );

/** Mails the code. Answers whether the mail was taken: an invitation stands without it, and its code can be handed over. */
export async function mailed(ctx: Ctx, { email: to, expiresAt }: InvitationRow, code: string): Promise<boolean> {
  const [who, { name: tenant }] = await Promise.all([Member.nameOf(ctx), Tenant.load(ctx)]);
  const told = { who, tenant, code, until: minuteOf(expiresAt) };
  return tell(ctx.stores.mail, { to, subject: subject(told), text: text(told) });
}
