// How long things last on screen.

/** Chinese characters a second, acted (range 4–5; news is read at 4.2–4.5, read speech with pauses cut at 5.18 syllables). */
const HAN_PER_SECOND = 4.5;
/** English words a second, acted. */
const WORDS_PER_SECOND = 2.5;
/** Breath before and after a line, seconds. */
const BREATH = 0.3;
/** The longest shot a video model makes, seconds. */
export const LONGEST = 15;
const SHORTEST = 1.2;

/** How many Chinese characters and how many words of alphabets or digits a text has; one pass, as every line is measured often. */
function measure(text: string): { han: number; words: number } {
  let characters = 0;
  let words = 0;
  let inWord = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isHan =
      (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0xd840 && code <= 0xd88c);
    const isLetter = !isHan && isWordCode(code);
    if (isHan) characters++;
    if (isLetter && !inWord) words++;
    // an apostrophe does not end a word: don't
    inWord = isLetter || (inWord && (code === 0x27 || code === 0x2019));
  }
  return { han: characters, words };
}

/** Digits, Latin, Greek and Cyrillic letters, full-width forms. */
const isWordCode = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) ||
  (code >= 0xc0 && code <= 0x52f) ||
  (code >= 0xff10 && code <= 0xff19) ||
  (code >= 0xff21 && code <= 0xff3a) ||
  (code >= 0xff41 && code <= 0xff5a);

/** Seconds it takes to say a text, without the breath. */
export function speech(text: string): number {
  const { han: characters, words } = measure(text);
  return characters / HAN_PER_SECOND + words / WORDS_PER_SECOND;
}

/** Seconds a shot needs for its lines: Σ line ÷ rate + 0.3 s a line. */
export function spoken(lines: readonly { readonly text: string }[]): number {
  return lines.reduce((sum, line) => sum + speech(line.text) + BREATH, 0);
}

/** Seconds of an action by its length alone: about nine characters or four words a second. */
export function pace(text: string): number {
  const { han: characters, words } = measure(text);
  return characters * 0.11 + words * 0.24;
}

/** Seconds an action needs on screen: a beat to see it, then its pace; 8 at most. */
export const acted = (text: string): number => Math.min(8, 1.2 + pace(text));

/** A shot's duration in seconds, one decimal, rounded up: long enough for its lines and its action, 15 at most. */
export function lasting(lines: readonly { readonly text: string }[], action: string): number {
  const need = Math.max(spoken(lines), action === '' ? 0 : acted(action), SHORTEST);
  return Math.min(LONGEST, Math.ceil(need * 10 - 1e-9) / 10);
}

// a closing quote or bracket belongs to the sentence it ends
const SENTENCE = /[^。！？!?；;…\n.]*[。！？!?；;…\n.]+[”’」』）)"']*\s*|[^。！？!?；;…\n.]+$/gu;
// not the comma of 1,000 and the colon of 10:30; blanks part clauses in Chinese, in English the words that join them do
const CLAUSE_END = /[，,、：:—]+(?!\d)\s*|(?<=\p{Script=Han})\s+|\s+(?=(?:and|but|while|as|then|when|which)\s)/giu;

/** Sentences of a text; joined they give the text. */
export const sentences = (text: string): string[] => text.match(SENTENCE) ?? [text];
/** Clauses of a text; joined they give the text. */
export const clauses = (text: string): string[] => cutAfter(text, CLAUSE_END);
const words = (text: string): string[] => cutAfter(text, /\s+/gu);

/** What stands in brackets or between quotes; marks without their other half are none. */
const ENCLOSED = /\([^()]*\)|（[^（）]*）|\[[^[\]]*\]|【[^【】]*】|“[^“”]*”|「[^「」]*」|『[^『』]*』|"[^"\n]*"/gu;

/** A title whose full stop ends no sentence: MRS. WHITMORE. */
const TITLE = /\b(?:mrs?|ms|dr|st|prof|sgt|lt|capt)\.\s*$/i;

/**
 * Pieces of a text with those joined that a bracket, a quote or a title before a name holds together; joined they still give the text.
 * One that is the whole text, or longer than a shot, holds nothing together.
 */
export function unbroken(pieces: readonly string[]): string[] {
  const text = pieces.join('');
  const held = [...text.matchAll(ENCLOSED)]
    .map(({ index, 0: words }) => ({ from: index, to: index + words.length, words }))
    .filter(({ words }) => words.length < text.trim().length && acted(words) < 8);
  const out: string[] = [];
  let at = 0;
  for (const piece of pieces) {
    const isTitled = TITLE.test(out.at(-1) ?? '');
    if (isTitled || held.some(({ from, to }) => from < at && at < to)) out[out.length - 1] += piece;
    else out.push(piece);
    at += piece.length;
  }
  return out;
}

/** A text cut behind each mark; joined the pieces give the text. */
function cutAfter(text: string, mark: RegExp): string[] {
  const out: string[] = [];
  let from = 0;
  for (const hit of text.matchAll(mark)) {
    const end = hit.index + hit[0].length;
    if (end > from) out.push(text.slice(from, end));
    from = end;
  }
  return from < text.length || out.length === 0 ? [...out, text.slice(from)] : out;
}

/**
 * A line of dialogue cut into parts that each fit a shot: at sentence ends, else at commas, else between words, else anywhere.
 * @returns one part when it fits; joined the parts give the text, character for character
 */
export function fitting(text: string, longest: number = LONGEST): string[] {
  const room = longest - BREATH;
  if (speech(text) <= room) return [text];
  const fits = (part: string) => speech(part) <= room;
  const fine = sentences(text)
    .flatMap((s) => (fits(s) ? [s] : clauses(s)))
    .flatMap((c) => (fits(c) ? [c] : words(c)))
    .flatMap((w) => (fits(w) ? [w] : hard(w, room)));
  // parts of about the same length read better than one full and one crumb
  const even = Math.min(room, (speech(text) / Math.ceil(speech(text) / room)) * 1.15);
  return packed(fine, even, room);
}

function packed(fine: readonly string[], even: number, room: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const piece of fine) {
    if (
      part !== '' &&
      (speech(part) >= even || speech(part + piece) > Math.max(even, speech(piece)) || speech(part + piece) > room)
    ) {
      parts.push(part);
      part = '';
    }
    part += piece;
  }
  return part === '' ? parts : [...parts, part];
}

/** A text without marks cut by characters; only a long run without any punctuation comes here. */
function hard(text: string, room: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of text) {
    if (part !== '' && speech(part + character) > room) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}
