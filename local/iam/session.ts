// Session credentials, as STS gives them: a key of three parts whose token says which role, tags and end it has.
// The token is sealed under the seed of the boot, so that every thread can read it and nobody can make one.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { SignatureRefused } from '../signature/index.ts';

export type Session = {
  readonly accessKeyId: string;
  /** ARN of the role that was assumed. */
  readonly role: string;
  /** RoleSessionName. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch ms. */
  readonly ends: number;
};

export type SessionCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Epoch ms. */
  readonly ends: number;
};

export type Sessions = {
  /** New credentials for a role. `ends` in epoch ms. */
  readonly issue: (of: Omit<Session, 'accessKeyId'>) => SessionCredentials;
  /** The secret that belongs to a key and its token; undefined when they do not. Throws SignatureRefused ExpiredToken. */
  readonly secretOf: (accessKeyId: string, token: string) => string | undefined;
  /** The session of a key whose token was proven in this thread. */
  readonly of: (accessKeyId: string) => Session | undefined;
};

/** Temporary keys begin so (IAM User Guide, "Unique identifiers"); 16 letters and digits of base 32 follow. */
const prefix = 'ASIA';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const newKeyId = (): string => prefix + Array.from(randomBytes(16), (byte) => letters[byte & 31]).join('');

/** Sessions a thread remembers at once; one that was forgotten is read from its token again. */
const most = 2000;

type Proven = { readonly session: Session; readonly secret: string; readonly token: string };

export function makeSessions(seed: Uint8Array, now: () => number = Date.now): Sessions {
  const mac = (what: string, text: string) => createHmac('sha256', seed).update(`${what} ${text}`).digest();
  const secretFor = (token: string) => mac('session secret', token).toString('base64');
  const proven = new Map<string, Proven>();

  /** The content of a token that was sealed here; the seal vouches for its form. */
  const open = (token: string): Session | undefined => {
    const [content = '', seal = ''] = token.split('.');
    const [given, wanted] = [Buffer.from(seal, 'base64url'), mac('session', content)];
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
    return JSON.parse(Buffer.from(content, 'base64url').toString('utf8')) as Session;
  };

  const prove = (accessKeyId: string, token: string): Proven | undefined => {
    const known = proven.get(accessKeyId);
    if (known?.token === token) return known;
    const session = open(token);
    if (session?.accessKeyId !== accessKeyId) return undefined;
    if (proven.size >= most) proven.delete(proven.keys().next().value ?? '');
    const found = { session, secret: secretFor(token), token };
    proven.set(accessKeyId, found);
    return found;
  };

  return {
    issue: (of) => {
      const session: Session = { ...of, accessKeyId: newKeyId() };
      const content = Buffer.from(JSON.stringify(session)).toString('base64url');
      const sessionToken = `${content}.${mac('session', content).toString('base64url')}`;
      const { accessKeyId, ends } = session;
      return { accessKeyId, secretAccessKey: secretFor(sessionToken), sessionToken, ends };
    },
    secretOf: (accessKeyId, token) => {
      const found = prove(accessKeyId, token);
      if (found && found.session.ends <= now())
        throw new SignatureRefused('ExpiredToken', 'The security token included in the request is expired');
      return found?.secret;
    },
    of: (accessKeyId) => proven.get(accessKeyId)?.session,
  };
}
