// Codes of authenticator apps (RFC 6238 with SHA-1, six digits, 30 seconds: what Cognito's software token MFA takes). Pure but for the secret.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 base 32 without padding: what people type into an app. */
const base32 = (bytes: Buffer): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
};

const unbase32 = (text: string): Buffer => {
  const bits = Array.from(text, (sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};

/** A new secret: 256 bits in base 32, as long as Cognito's. */
export const newTotpSecret = (): string => base32(randomBytes(32));

const STEP = 30_000;

const ofStep = (secret: string, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', unbase32(secret)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
};

/** The code an app shows at a time (epoch ms). */
export const codeAt = (secret: string, now: number): string => ofStep(secret, Math.floor(now / STEP));

/**
 * The time step a code is of: this one, or one to either side for clocks that differ (RFC 6238 §5.2). Undefined when it is of none.
 * `now`: epoch ms.
 */
export const stepOf = (secret: string, code: string, now: number): number | undefined => {
  const given = Buffer.from(code);
  const current = Math.floor(now / STEP);
  return [current, current - 1, current + 1].find((step) => {
    const wanted = Buffer.from(ofStep(secret, step));
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  });
};
