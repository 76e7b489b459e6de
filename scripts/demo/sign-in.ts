// The demo's person: signs in through Cognito, registers on the first run.
import { api } from '../../web/src/data/api.ts';
import { caller, Refusal } from '../../web/src/data/call.ts';

/** Valid on this machine only: the local cloud listens on 127.0.0.1. */
export const demoPerson = {
  email: 'demo@scriptloom.local',
  password: 'Lantern-2026!',
  name: '演示用户',
  tenant_name: '演示工作室',
};

const changed =
  '演示账号的密码已被修改，请用修改后的密码登录；若要用演示账号重新开始，请用 --state 指定新的目录。' +
  " The demo person's password was changed: sign in with the new one, or start afresh with --state and another folder.";

/** A client that carries the access token of the demo's person. Throws Refusal when the person may not sign in. */
export async function signIn(origin: string, person = demoPerson) {
  const open = api(caller({ origin }));
  const access = await tokenOf(open, person);
  return api(caller({ origin, token: () => access }));
}

async function tokenOf(open: ReturnType<typeof api>, person: typeof demoPerson): Promise<string> {
  const { email, password } = person;
  try {
    const { token } = await open.memberLogin({ email, password });
    if (token) return token.access;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'WRONG_CREDENTIALS') throw error;
  }
  const { token } = await open.memberRegister(person).catch((error: unknown) => {
    const known = error instanceof Refusal && error.code === 'EMAIL_TAKEN';
    throw known ? new Refusal(error.status, 'PASSWORD_CHANGED', changed) : error;
  });
  if (!token) throw new Error('The stage asks for an e-mail code; run the demo on the local stage.');
  return token.access;
}
