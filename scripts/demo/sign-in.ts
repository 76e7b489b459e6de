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

/** A client that carries the access token of the demo's person. */
export async function signIn(origin: string) {
  const open = api(caller({ origin }));
  const access = await tokenOf(open);
  return api(caller({ origin, token: () => access }));
}

async function tokenOf(open: ReturnType<typeof api>): Promise<string> {
  const { email, password } = demoPerson;
  try {
    const { token } = await open.memberLogin({ email, password });
    if (token) return token.access;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'WRONG_CREDENTIALS') throw error;
  }
  const { token } = await open.memberRegister(demoPerson);
  if (!token) throw new Error('The stage asks for an e-mail code; run the demo on the dev stage.');
  return token.access;
}
