// What the product mails to people, and who delivers it. Each mail is written in both languages: whose language an address reads is not known.
import { Failure } from './failure.ts';
import { type Words, words } from './words.ts';

export type Mail = { readonly to: string; readonly subject: Words; readonly text: Words };

/** `send` throws MAIL_UNAVAILABLE when the mail was not taken. */
export type Mailer = { readonly send: (mail: Mail) => Promise<void> };

/** As it is delivered. */
export type Letter = { readonly to: string; readonly subject: string; readonly text: string };

// names of people and tenants stand in subjects: they may not begin a header of their own
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

/** Both languages of a mail as one letter, Chinese first. */
export const letterOf = ({ to, subject, text }: Mail): Letter => ({
  to,
  subject: oneLine(`${subject['zh-CN']} / ${subject.en}`),
  text: `${text['zh-CN']}\n\n${text.en}\n`,
});

/** Mails what nobody waits for, and answers whether it was taken: that it was not stops nothing, and the mailer has logged it. */
export async function tell({ send }: Mailer, mail: Mail): Promise<boolean> {
  try {
    await send(mail);
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** For stages that have no address to send from. */
export const noMailer: Mailer = {
  send: () =>
    Promise.reject(
      new Failure('MAIL_UNAVAILABLE', {
        reason: words('此环境没有配置发件地址', 'this stage has no address to send from'),
      }),
    ),
};
