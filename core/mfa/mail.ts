import type { Mail } from '../platform/mail.ts';
import { words } from '../platform/words.ts';

/** Tells a person that the password alone lets in again. */
export const droppedMail = (to: string): Mail => ({
  to,
  subject: words('您的 Scriptloom 两步验证已关闭', 'Your Scriptloom second factor was switched off'),
  text: words(
    '您账号的两步验证刚刚被关闭，登录只需密码。若非本人操作，请立即修改密码并联系组织管理员。',
    'The second factor of your account was just switched off: the password alone lets in. If it was not you, change the password at once and tell an administrator of your organisation.',
  ),
});

/** Tells a person that another app counts now. */
export const replacedMail = (to: string): Mail => ({
  to,
  subject: words('您的 Scriptloom 身份验证器已更换', 'Your Scriptloom authenticator app was replaced'),
  text: words(
    '您账号的身份验证器刚刚被更换，登录时需要新验证器的验证码。若非本人操作，请立即修改密码并联系组织管理员。',
    'The authenticator app of your account was just replaced: sign-in asks for a code of the new one. If it was not you, change the password at once and tell an administrator of your organisation.',
  ),
});
