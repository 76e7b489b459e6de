// Whether a password that fits the policy is still one that is guessed. Pure.
import { type Words, words } from '../platform/words.ts';
import { roots, walks } from './common.ts';

const lookAlike: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
  '+': 't',
};

const read = (text: string): string => text.replace(/[@431!0$57+]/g, (sign) => lookAlike[sign] ?? sign);

/** The word inside: without digits and signs around it, look-alike signs read as letters, nothing else between. */
const wordIn = (password: string): string =>
  read(password.replace(/^[^a-z]+|[^a-z]+$/g, '').toLowerCase()).replace(/[^a-z]/g, '');

/** Without digits and signs that were added at the end, one run after the other: `1qaz@wsx3edc!`, `1qaz@wsx3edc`. */
const beginnings = (password: string): string[] => [
  password,
  password.replace(/[^a-z\d]+$/, ''),
  password.replace(/[^a-z]+$/, ''),
  password.replace(/\d{1,4}[^a-z\d]*$/, ''),
];

/** One sign, or one short pattern, over and over: `Aa1!Aa1!Aa1!`. */
const repeated = (password: string): boolean => /^(.{1,4})\1{2,}.{0,3}$/.test(password);

const isCommon = (password: string): boolean => {
  const lower = password.toLowerCase();
  return roots.has(wordIn(lower)) || beginnings(lower).some((part) => walks.has(part)) || repeated(lower);
};

/** What a guesser knows of a person: address and name, whole and in parts long enough to count. */
function partsOf({ email, name }: { email: string; name?: string | undefined }): string[] {
  const [local = ''] = email.toLowerCase().split('@');
  const given = (name ?? '').toLowerCase();
  const latin = [local, ...local.split(/[._+-]/), given.replace(/\s/g, ''), ...given.split(/\s+/)];
  const han = given.match(/\p{Script=Han}{2,}/gu) ?? [];
  return [...latin.filter((part) => part.length >= 4 && /[a-z]/.test(part)), ...han];
}

/** Why a password is too weak although it may fit the policy; undefined when it is not. */
export function weakness(password: string, person: { email: string; name?: string | undefined }): Words | undefined {
  const lower = password.toLowerCase();
  if (isCommon(password)) return words('这是常见密码，最先被猜到', 'it is a common password, which is guessed first');
  if (partsOf(person).some((part) => lower.includes(part)))
    return words('密码中不要包含邮箱或姓名', 'it may not contain your e-mail or name');
  return undefined;
}
