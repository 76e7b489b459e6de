// Whether texts about a subject can be used: all there, in their languages, of a fit length, naming whom they must and nobody else. Pure.

import { isIn } from '../../reader/language.ts';
import { pronoun } from '../../storyboard/index.ts';
import type { Answer, Field, Row, Texts } from './answer.ts';
import { type Language, languageOf, type Subject } from './subject.ts';

const languages = { zh: 'Chinese', en: 'English' } as const;
/** Characters a text must have at least; a word or two is no picture. */
const shortest: Readonly<Record<Language, number>> = { zh: 8, en: 20 };
/** Characters of what stands behind a name in every prompt, and of what must not be seen. */
const longestOf: Readonly<Partial<Record<Field, number>>> = { tr: 160, trEn: 160, neg: 300 };

/** Faults of the texts, in words for the model; none when they can be used. @param script language of the script. */
export function faultsOf(texts: Texts, subject: Subject, script: Language): string[] {
  return subject.wanted.flatMap((field) => {
    const text = texts[field]?.trim() ?? '';
    // what must not be seen is said where something goes wrong easily
    if (field === 'neg' && text === '') return [];
    if (text === '') return [`${field} is missing`];
    if (field === 'neg') return [...languageFault(text, field, subject, script), ...lengthFault(text, field, subject)];
    return [
      ...languageFault(text, field, subject, script),
      ...lengthFault(text, field, subject),
      ...nameFaults(text, field, subject),
    ];
  });
}

function languageFault(text: string, field: Field, { names }: Subject, script: Language): string[] {
  const language = languageOf(field, script);
  const bare = names.reduce((rest, name) => (name === '' ? rest : rest.replaceAll(name, ' ')), text);
  return isIn(language, bare) ? [] : [`${field} is not in ${languages[language]}`];
}

const isTraits = (field: Field): boolean => field === 'tr' || field === 'trEn';

function lengthFault(text: string, field: Field, { longest }: Subject): string[] {
  const most = longestOf[field] ?? longest;
  const least = field in longestOf ? 1 : shortest[languageOf(field, 'zh')];
  if (text.length < least) return [`${field} is too short to draw from`];
  return text.length > most ? [`${field} has more than ${most} characters`] : [];
}

function nameFaults(text: string, field: Field, { people, strangersIn }: Subject): string[] {
  const strangers = strangersIn(text).map((name) => `${field} names ${name}, who is not in it`);
  if (isTraits(field)) return strangers;
  const missing = people.filter(({ name, isNeeded }) => isNeeded && !text.toLowerCase().includes(name.toLowerCase()));
  const nobody = people.length === 0 && pronoun.test(text) ? [`${field} has a pronoun for nobody`] : [];
  return [...missing.map(({ name }) => `${field} does not name ${name}`), ...strangers, ...nobody];
}

export type Share = { readonly texts: Texts; readonly faults: readonly string[] };

/** What was answered about each subject, and what is wrong with it; one that was left out has a fault and no text. */
export function sharesOf({ prompts }: Answer, subjects: readonly Subject[], script: Language): Share[] {
  return subjects.map((subject, at) => {
    const rows = prompts.filter(({ n }) => n === at + 1);
    const [{ n: _n, ...texts } = { n: 0 } as Row] = rows;
    if (rows.length === 0) return { texts, faults: ['is not answered'] };
    return { texts, faults: [...(rows.length > 1 ? ['is answered more than once'] : []), ...faultsOf(texts, subject, script)] }; // biome-ignore format: one thought
  });
}

/** Faults told to the model at once: more would be lost on it. */
const mostShown = 12;

/**
 * The fault of an answer as a whole, or undefined. Single subjects that do not stand are asked about again alone; where more than half do
 * not, or `strict`, all are.
 */
export function faultOf(
  answer: Answer,
  subjects: readonly Subject[],
  script: Language,
  strict: boolean,
): string | undefined {
  const shares = sharesOf(answer, subjects, script);
  const foreign = answer.prompts.filter(({ n }) => !(Number.isInteger(n) && n >= 1 && n <= subjects.length));
  const bad = shares.filter(({ faults }) => faults.length > 0).length;
  if (strict ? bad + foreign.length === 0 : bad * 2 <= subjects.length && foreign.length * 2 <= subjects.length)
    return undefined;
  const told = [
    ...shares.flatMap(({ faults }, at) => faults.map((fault) => `#${at + 1}: ${fault}`)),
    ...foreign.map(({ n }) => `#${n} is no subject`),
  ];
  return told.slice(0, mostShown).join('\n');
}
