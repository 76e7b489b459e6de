// Whether words are in the language they were asked for in, by their letters. Pure.

/** Words too short to tell are let through. A Chinese text may hold Latin names; an English one no Chinese. */
export function isIn(language: 'zh' | 'en', text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 2) return true;
  const share = (script: RegExp) => (text.match(script)?.length ?? 0) / letters;
  if (language === 'en') return share(/\p{Script=Latin}/gu) >= 0.8;
  // Japanese is written with Chinese characters too, but not with them alone
  return share(/\p{Script=Han}/gu) >= 0.3 && share(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu) === 0;
}
