// Syllable of each common character, tone left out, as pinyin-pro reads it. A table (pinyin.json), because that library alone would fill a function's bundle.
import table from './pinyin.json' with { type: 'json' };

const syllables = new Map<string, string>();
for (const [syllable, characters] of Object.entries(table))
  for (const character of characters) syllables.set(character, syllable);

/** Toneless pinyin of a character (lü is written lv), or undefined for one outside the table. */
export function syllableOf(character: string): string | undefined {
  return syllables.get(character);
}
