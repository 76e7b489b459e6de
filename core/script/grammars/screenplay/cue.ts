// Character cues and what stands in brackets behind a name: MOM (O.S.), STEEL (CONT'D), @McCLANE, STEEL ^.
import type { Voice } from '../../schema.ts';
import { englishTime } from './slug.ts';

export type Cue = { readonly name: string; readonly voice: Voice; readonly paren: string };

const EXTENSION = /\s*[（(]([^()（）]*)[)）]?\s*$/;
const CONTINUED = /^(?:CONT(?:'|’|‘)?D?\.?|CONTINU(?:ED|ING))$/i;
const VOICES: readonly (readonly [RegExp, Voice])[] = [
  [/^(?:V[./]?\s*O\.?|VOICE\s?-?OVER|PRE-?\s?LAP|NARRAT(?:ION|ING)|画外音|旁白)$/i, 'VO'],
  [
    /^(?:O[./]?\s*[SC]\.?|O\.?O\.?V\.?|OFF(?:\s?-?SCREEN|\s?-?CAMERA)?|UNSEEN|INNER (?:VOICE|MONOLOGUE|THOUGHTS?)|INTERNAL(?: MONOLOGUE)?|THOUGHTS?|内心|心声|OS)$/i,
    'OS',
  ],
  [
    /^(?!INTO\b).*(?:PHONE|RADIO|INTERCOM|FILTERED|WALKIE|SPEAKER|ON (?:TV|SCREEN|VIDEO)|TELEVISION|RECORDING|电话|广播)/i,
    'PHONE',
  ],
];
// What stands in capitals and is no name. Ends with a colon: a transition or a caption.
const NOT_A_NAME =
  /:$|^(?:INT|EXT|EST|I\/E)[. /]|^(?:ANGLE|CLOSE|CLOSEUP|INSERT|WIDE|WIDER|TRACKING|SERIES OF|MONTAGE|INTERCUT|BACK TO|THE END|END OF|FADE|CUT TO|SMASH CUT|DISSOLVE|SUPER|TITLE|CONTINUED|OMITTED|ACT (?:ONE|TWO|THREE|FOUR|FIVE|[IVX]+)$|END ACT|COLD OPEN|TEASER$|TAG$|CLIFFHANGER|(?:LOGLINE|SYNOPSIS|SUMMARY|CHARACTERS|CAST|SETTING)$|(?:SCENE|EPISODE) [0-9IVX]+)\b/;
/** NARRATOR, V.O.: a name that says itself how it is heard. */
const VOICE_ALONE = /^(?:NARRAT(?:OR|ION)|V\.?O\.?|VOICE-? ?OVER)$/i;
/** LATER, MOMENTS LATER, THAT NIGHT, THE NEXT MORNING, DAY TWO: where time has passed nobody speaks. */
const WHEN =
  /^(?:(?:DAY|NIGHT|WEEK|MONTH|YEAR) (?:[0-9]{1,3}|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN)|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY (?:MORNING|AFTERNOON|EVENING|NIGHT)|PRESENT DAY|SAME TIME|(?:[A-Z0-9]+ ){0,4}(?:LATER|EARLIER)(?: (?:THAT|THE SAME) (?:DAY|NIGHT|MORNING|EVENING|AFTERNOON))?|(?:(?:LATE|EARLY|LATER) )?(?:THE |THAT |SAME |NEXT |FOLLOWING ){1,3}(?:DAY|NIGHT|MORNING|EVENING|AFTERNOON)|MEANWHILE|CONTINUOUS)$/;
/** 3 DAYS LATER, 1945, 12A: in plain text no cue. */
const isCounted = (name: string) =>
  /^[0-9]/.test(name) && (/^[0-9]+[A-Z]?\b[.)]?$/.test(name) || englishTime(name) !== undefined || /\bAGO$/.test(name));
const SENTENCE_END = /[!?…]$|[^.A-Z][.]$|,$|--$|[—–]$/;

/** The cue on a line that stands after an empty line and before words, or undefined. `strict` refuses capitals that look like a sentence (plain text has no rule that makes them a cue). */
export function cueOf(line: string, strict: boolean): Cue | undefined {
  if (line.length > 80) return undefined;
  if (line.startsWith('@')) return named(line.slice(1).replace(/\s*\^$/, ''));
  const cue = named(line.replace(/\s*\^$/, ''));
  if (cue === undefined || !isName(cue.name, strict)) return undefined;
  if (!strict) return cue;
  if (cue.name.length > 38 || SENTENCE_END.test(cue.name) || cue.name.split(' ').length > 6) return undefined;
  if (isCounted(cue.name)) return undefined;
  return cue;
}

/** In Fountain a digit glued to a name (3PO) wants its @. */
const FIRST = /^(?:[\p{Lu}"“'‘#]|[0-9]+(?:ST|ND|RD|TH)?\s)/u;
const PLAIN_FIRST = /^[\p{Lu}0-9"“'‘#]/u;

/** Capitals throughout, a digit first perhaps (2ND GUARD, 7 OF 9); or a short name in a script without capitals. */
function isName(name: string, strict: boolean): boolean {
  if (NOT_A_NAME.test(name) || WHEN.test(name) || name.includes('^')) return false;
  if (/^[\p{Script=Han}·]{1,8}$/u.test(name)) return true;
  return (
    (strict ? PLAIN_FIRST : FIRST).test(name) &&
    /\p{Lu}/u.test(name) &&
    !/\p{Ll}/u.test(name.replace(/\bMc(?=\p{Lu})/gu, ''))
  );
}

function named(line: string): Cue | undefined {
  let name = line.trim();
  let voice: Voice = 'ON';
  const paren: string[] = [];
  for (let extension = EXTENSION.exec(name); extension; extension = EXTENSION.exec(name)) {
    const words = extension[1]!.trim();
    const found = VOICES.find(([pattern]) => pattern.test(words))?.[1];
    if (found !== undefined) voice = found;
    if (!CONTINUED.test(words) && (found === undefined || found === 'PHONE') && words !== '') paren.unshift(words);
    name = name.slice(0, extension.index).trim();
  }
  if (voice === 'ON' && VOICE_ALONE.test(name) && !paren.some((words) => /^ON\b/i.test(words))) voice = 'VO';
  return name === '' ? undefined : { name, voice, paren: paren.join('; ') };
}

/** What a bracket on a line of its own under a cue says of the voice: (O.S.), (V.O., tired); the other words stay, (CONT'D) says nothing. Undefined where it says nothing. */
export function voiceIn(words: string): { voice: Voice; paren: string } | undefined {
  if (CONTINUED.test(words)) return { voice: 'ON', paren: '' };
  const [first = '', ...rest] = words.split(/\s*[,;]\s*/);
  const voice = VOICES.find(([pattern, found]) => found !== 'PHONE' && pattern.test(first.trim()))?.[1];
  return voice === undefined ? undefined : { voice, paren: rest.join(', ') };
}

/** MAN AND WOMAN, JIM & KAY, DJ/DAVE: several speakers when each part is known or the mark is unmistakable. */
export function jointly(name: string, known: ReadonlySet<string>): string[] {
  const parts = name.split(/\s*(?:\/|&|\+|、)\s*/).filter((part) => part !== '');
  if (parts.length > 1 && parts.every((part) => /\p{L}/u.test(part))) return parts;
  const pair = name.split(/\s+AND\s+/);
  return pair.length > 1 && pair.every((part) => known.has(part)) ? pair : [name];
}
