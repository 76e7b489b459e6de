// Somebody who runs the platform on the running cloud, and what the cloud mailed.
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { inject } from 'vitest';
import { codeAt } from '../../local/cognito/totp.ts';
import { aPerson, clientOf, forAccount, password } from './client.ts';

/** A client of somebody in the group of those who run the platform, with a second factor. */
export async function anOperator() {
  const { email, token: first } = await aPerson('operator');
  const state = dirname(inject('cloud').logs);
  execFileSync(process.execPath, ['scripts/platform-admin.ts', email, '--state', state]);
  const client = await forAccount(first);
  const { secret } = await client.mfaEnrol({});
  await client.mfaConfirm({ code: codeAt(secret, Date.now()), name: 'phone' });
  const { challenge } = await clientOf().memberLogin({ email, password });
  const { token } = await clientOf().memberChallenge({
    email,
    name: 'SOFTWARE_TOKEN_MFA',
    session: challenge?.session ?? '',
    // a code counts once
    answer: codeAt(secret, Date.now() + 30_000),
  });
  return clientOf(token?.access);
}

/** Asks until it is so; fails after half a minute. */
export async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not become so within half a minute');
}

/** The text of the last mail to an address. */
export async function mailTo(email: string): Promise<string> {
  const answer = await fetch(`${inject('cloud').mailUrl}/mails.json?to=${encodeURIComponent(email)}`);
  const { mails } = (await answer.json()) as { mails: { text: string }[] };
  return mails[0]?.text ?? '';
}

/** The code of the invitation in that mail. */
export const invitationTo = async (email: string): Promise<string> =>
  /Code: (\S+)/.exec(await mailTo(email))?.[1] ?? '';
