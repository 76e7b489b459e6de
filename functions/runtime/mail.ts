// Mail by SES (API v2, SendEmail). One call, so that no further client is carried.
import { Failure } from '../../core/platform/failure.ts';
import { type Letter, letterOf, type Mail, type Mailer, noMailer } from '../../core/platform/mail.ts';
import { signedHeaders } from '../../core/platform/sign.ts';
import { words } from '../../core/platform/words.ts';
import { awsKeys, env, envIfSet } from './env.ts';
import { cause, log } from './log.ts';

const endpoint = (): URL =>
  new URL(envIfSet('AWS_ENDPOINT_URL_SESV2') ?? `https://email.${env('AWS_REGION')}.amazonaws.com`);

/** Milliseconds the service may take. */
const patience = 5_000;

async function sent({ to, subject, text }: Letter): Promise<Response> {
  const { origin, host } = endpoint();
  const path = '/v2/email/outbound-emails';
  const body = JSON.stringify({
    FromEmailAddress: env('MAIL_FROM'),
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: { Subject: { Data: subject, Charset: 'UTF-8' }, Body: { Text: { Data: text, Charset: 'UTF-8' } } },
    },
  });
  const own = { host, 'content-type': 'application/json' };
  const unsigned = { service: 'ses', region: env('AWS_REGION'), path, headers: own, body };
  const headers = signedHeaders(unsigned, awsKeys(), Date.now());
  const signal = AbortSignal.timeout(patience);
  return fetch(`${origin}${path}`, { method: 'POST', headers, body, signal });
}

/** Throws MAIL_UNAVAILABLE with what SES answered; addresses stay out of it. */
async function send(mail: Mail): Promise<void> {
  const unavailable = (error: unknown) => {
    log.error('mail not sent', { error: cause(error) });
    return new Failure(
      'MAIL_UNAVAILABLE',
      { reason: words('邮件服务未接受', 'the mail service did not take it') },
      error,
    );
  };
  const answer = await sent(letterOf(mail)).catch((error: unknown) => {
    throw unavailable(error);
  });
  if (!answer.ok)
    throw unavailable(new Error(`SES answered ${answer.status} ${answer.headers.get('x-amzn-errortype')}`));
}

/** The mailer of this function; where the stage has no address to send from, one that says so. */
export const mailer = (): Mailer => (envIfSet('MAIL_FROM') ? { send } : noMailer);
