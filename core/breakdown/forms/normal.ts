// When two written forms are the same form: width, case, spaces, punctuation, Traditional and Simplified.
import { simplified } from '../../script/simplified.ts';
import { syllableOf } from '../vocabulary/pinyin.ts';

export { simplified };

/** The key under which a form is one form: NFKC, lower case, Simplified, without spaces, quotes and dots. */
export function normalForm(surface: string): string {
  return simplified(surface.normalize('NFKC'))
    .toLowerCase()
    .replace(/[\s\u3000"'“”‘’《》「」『』【】[\]().,，。、:：;；!！?？·•・\-–—_~…*]+/g, '');
}

/** Toneless pinyin of a Chinese form, syllables joined by a space; undefined when a character has none. */
export function pinyinOf(form: string): string | undefined {
  const syllables: string[] = [];
  for (const character of form) {
    const syllable = syllableOf(character);
    if (!syllable) return undefined;
    syllables.push(syllable);
  }
  return syllables.length > 0 ? syllables.join(' ') : undefined;
}

/** True when one letter was left out, added, changed, or two neighbours swapped. Linear in the length. */
export function oneSlipApart(a: string, b: string): boolean {
  if (a === b) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1);
  if (short.slice(start + 1) === long.slice(start + 1)) return true;
  return (
    short[start] === long[start + 1] &&
    short[start + 1] === long[start] &&
    short.slice(start + 2) === long.slice(start + 2)
  );
}
