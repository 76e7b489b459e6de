// The mail that carries a code, in the words of the template or else in Cognito's own.
import type { Pool } from './pool.ts';
import type { User } from './store/users.ts';

/** As text: a template's message may hold line breaks of HTML. */
const asText = (message: string): string => message.replace(/<br\s*\/?>/gi, '\n').replace(/<[^>]*>/g, '');

/** Sign-up and a forgotten password share the pool's verification message (Developer Guide, "Customizing email"). */
export const mailCode = (pool: Pool, user: User, code: string): void => {
  const { subject = 'Your verification code', message = 'Your confirmation code is {####}' } =
    pool.settings.verification ?? {};
  pool.mail({
    to: user.attributes.email ?? user.email,
    subject,
    text: asText(message).replaceAll('{####}', code),
  });
};
