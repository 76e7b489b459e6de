// What an audit line may tell of a change: fields that are named like secrets, and values that look like one, are left out.

/** Stands where a secret was. */
export const hidden = '[hidden]';

/** Names of fields whose values are never told, compared without case, `_` and `-`. */
const secretName =
  /password|passphrase|secret|credential|authorization|cookie|session$|signature|privatekey|apikey|sealed|token$|^token|otp|^code$/;

/** Values that open something wherever they stand: our keys and those of model providers, JSON web tokens, PEM keys, AWS keys, signed links. */
const secretValue =
  /\bslk_[\w-]{8,}|\bsk-[\w-]{8,}|\beyJ[\w-]{8,}\.[\w-]+\.|-----BEGIN [A-Z ]*PRIVATE KEY|\b(AKIA|ASIA)[A-Z0-9]{16}\b|X-Amz-Signature=|\bBearer\s+\S{8,}/i;

/** Characters of a text that a line tells: names and sentences, no script. */
const longestText = 500;

/** The same value without secrets, and with long texts cut; what JSON does not know is left out. */
export function redacted(value: unknown): unknown {
  if (typeof value === 'string') return told(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [name, isSecret(name) && opens(held) ? hidden : redacted(held)]),
  );
}

/** Whether a value can hold a secret at all: a number, a yes or no, and nothing cannot. */
const opens = (held: unknown): boolean => typeof held === 'string' || (typeof held === 'object' && held !== null);

const isSecret = (name: string): boolean => secretName.test(name.toLowerCase().replace(/[_-]/g, ''));

const told = (text: string): string => {
  if (secretValue.test(text)) return hidden;
  return text.length > longestText ? `${text.slice(0, longestText).toWellFormed()}…` : text;
};
