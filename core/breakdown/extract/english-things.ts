// Things in an English script: nouns of the dictionary with the words between them and their article.
import type { Document } from '../../script/schema.ts';
import { byText } from '../forms/order.ts';
import {
  englishCreatures,
  englishLikeness,
  englishProps,
  englishRoles,
  englishStops,
  englishTails,
  englishVehicles,
} from '../vocabulary/english.ts';
import { elementsOf } from './elements.ts';

interface Phrase {
  /** a large stone throne → large stone throne. */
  readonly form: string;
  readonly head: string;
  readonly start: number;
  readonly end: number;
}

const determiner =
  /^(?:a|an|the|his|her|its|their|my|your|another|this|that|these|those|some|any|two|three|four|several|each|every)$/i;

/** Verbs that look like nouns of the dictionary: his wife watches. */
const verbs: ReadonlySet<string> = new Set(
  'hammer hammers shovel shovels rake rakes trumpet trumpets mirror mirrors button buttons switch switches fork forks will check checks whip whips mop mops drone drones collar collars watch watches lock locks ring rings note notes book match matches light file files bow bows sign signs camera mask masks pan pans stretcher comb brush call desk key phones phone photographs'.split(
    ' ',
  ),
);

/** The singular of a noun of the dictionary, or undefined for another word. */
function thingOf(word: string, nouns: ReadonlySet<string>): string | undefined {
  const lower = word.toLowerCase();
  if (nouns.has(lower)) return lower;
  for (const singular of [lower.replace(/s$/, ''), lower.replace(/es$/, ''), lower.replace(/ies$/, 'y')])
    if (singular !== lower && nouns.has(singular)) return singular;
  return undefined;
}

/** The noun a word is among its neighbours: a toy truck and a guitar case are things, a stuffed bear is no creature. */
function headAt(words: readonly RegExpExecArray[], at: number, nouns: ReadonlySet<string>): string | undefined {
  const word = words[at]![0].toLowerCase();
  const before = words[at - 1]?.[0].toLowerCase() ?? '';
  const isLikeness = englishLikeness.test(before);
  if (nouns !== englishProps) return isLikeness ? undefined : thingOf(word, nouns);
  const like = isLikeness ? (thingOf(word, englishCreatures) ?? thingOf(word, englishVehicles)) : undefined;
  if (like) return like;
  const tail = [word, word.replace(/s$/, '')].find((one) => englishTails.has(one));
  if (tail) return englishTails.get(tail)!.test(before) ? `${before} ${tail}` : undefined;
  return thingOf(word, nouns);
}

/** Noun phrases whose last noun is in `nouns`, with up to three modifiers. */
export function phrasesIn(text: string, nouns: ReadonlySet<string>): Phrase[] {
  const words = [...text.matchAll(/[A-Za-z][A-Za-z'’-]*/g)];
  return words.flatMap((word, index) => {
    const head = headAt(words, index, nouns);
    if (
      !head ||
      (words[index + 1] &&
        !isRinging(word[0], words[index + 1]![0]) &&
        !isDoubled(word[0], words[index + 1]![0]) &&
        // car keys are no car
        (headAt(words, index + 1, nouns) ?? headAt(words, index + 1, englishProps)) &&
        text.slice(word.index + word[0].length, words[index + 1]!.index) === ' ')
    )
      return [];
    // A guitar case is one without an article too.
    const least = head.includes(' ') ? index - 1 : index;
    let first = index;
    while (first > 0 && index - first < 3 && joins(text, words[first - 1]!, words[first]!)) first -= 1;
    const before = words[first - 1]?.[0] ?? '';
    // Without an article the words in front may be anything: keep the noun alone.
    if (!determiner.test(before) || !joinsArticle(text, words[first - 1]!, words[first]!)) first = least;
    const isVerb = verbs.has(word[0].toLowerCase());
    if (isVerb && isDone(words[index - 1]?.[0] ?? '', word[0], first === index)) return [];
    const behind = text.slice(word.index + word[0].length);
    const isOwned = determiner.test(words[index - 1]?.[0] ?? '') || !/s$/i.test(word[0]);
    if ((isVerb && !isOwned && doneTo.test(behind)) || (head === 'fork' && inRoad.test(behind))) return [];
    const start = words[first]!.index;
    const end = word.index + word[0].length;
    return [{ form: text.slice(start, end).replace(/\s+/g, ' ').toLowerCase(), head, start, end }];
  });
}

/** The rain hammers the roof; not the ring her mother wore. */
const doneTo = /^ (?:the|an?|his|her|its|their|my|your|it|him|them|against|away)(?![A-Za-z])/;

/** A fork in the trail. */
const inRoad = /^ in (?:an?|the) (?:\w+ )?(?:road|trail|path|river|stream|tunnel)(?![A-Za-z])/;

/** Mia signs, her father watches, the crow watches: what the word before does. */
function isDone(before: string, word: string, isBare: boolean): boolean {
  const lower = before.toLowerCase();
  return isBare
    ? !determiner.test(before)
    : isDoubled(before, word) ||
        isShownFirst(before, word) ||
        englishRoles.has(lower) ||
        englishCreatures.has(lower) ||
        isRinging(before, word);
}

/** A MAN IN A GREY HAT watches: in capitals stands who does it. */
const isShownFirst = (before: string, word: string): boolean => /^[A-Z]{2,}$/.test(before) && !/[A-Z]/.test(word);

/** A drone drones. */
const isDoubled = (before: string, word: string) => `${before.toLowerCase()}s` === word.toLowerCase();

const isRinging = (before: string, word: string) => /(?:phone|bell)$/i.test(before) && /^rings?$/i.test(word);

function joins(text: string, word: RegExpExecArray, next: RegExpExecArray): boolean {
  const lower = word[0].toLowerCase();
  return (
    /^\s+$/.test(text.slice(word.index + word[0].length, next.index)) &&
    !englishStops.has(lower) &&
    !determiner.test(lower)
  );
}

function joinsArticle(text: string, word: RegExpExecArray, next: RegExpExecArray): boolean {
  return /^\s+$/.test(text.slice(word.index + word[0].length, next.index));
}

/** Forms of things that action lines show, sorted. */
export function englishThings(document: Document): string[] {
  const shown = elementsOf(document).filter(({ kind }) => kind === 'action' || kind === 'shot');
  return [
    ...new Set(shown.flatMap(({ text }) => phrasesIn(text, englishProps).flatMap(({ form, head }) => [form, head]))),
  ].sort(byText);
}
