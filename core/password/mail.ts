import type { Mail } from '../platform/mail.ts';
import { words } from '../platform/words.ts';

/** Tells the owner of an address that the password is another now. */
export const changedMail = (to: string): Mail => ({
  to,
  subject: words('您的 Scriptloom 密码已修改', 'Your Scriptloom password was changed'),
  text: words(
    '您的密码刚刚被修改，其他设备上的登录已结束。若非本人操作，请立即在登录页选择“忘记密码”重新设置。',
    'Your password was just changed, and sign-ins on other devices were ended. If it was not you, choose “forgot password” on the sign-in page at once.',
  ),
});
