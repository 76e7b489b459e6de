import type { Mail } from '../platform/mail.ts';
import { words } from '../platform/words.ts';

/** `l***@example.com`: enough for who knows the address, too little for who does not. */
const masked = (email: string): string => email.replace(/^(.).*@/, '$1***@');

/** Tells the old address that another one counts now. */
export const changedMail = (to: string, email: string): Mail => ({
  to,
  subject: words('您的 Scriptloom 邮箱已更换', 'Your Scriptloom address was changed'),
  text: words(
    `您账号的登录邮箱已改为 ${masked(email)}。若非本人操作，请立即联系组织管理员。`,
    `The address of your account is now ${masked(email)}. If it was not you, tell an administrator of your organisation at once.`,
  ),
});

/** Tells the owner of an address that somebody wanted it for another account. */
export const takenMail = (to: string): Mail => ({
  to,
  subject: words('有人想把您的邮箱用于另一个 Scriptloom 账号', 'Somebody wanted your address for another account'),
  text: words(
    '此邮箱已有账号，因此没有更改。若是您本人，请先在原账号更换邮箱。若非本人操作，可忽略此邮件。',
    'This address has an account, so nothing was changed. If it was you, change the address of that account first. If not, nothing has to be done.',
  ),
});
