// The language of the pages: the one asked for in the address, else the one the browser likes best, else English.

export type Language = 'en' | 'zh';

const known = (tag: string): Language | undefined =>
  /^zh\b/i.test(tag) ? 'zh' : /^en\b/i.test(tag) ? 'en' : undefined;

const weight = (part: string): number => Number(/;\s*q=([\d.]+)/.exec(part)?.[1] ?? 1);

/** `lang` as in the address (`zh-CN`, `en`), and the Accept-Language header. */
export const languageOf = (lang: string | null, accepted = ''): Language => {
  const liked = accepted
    .split(',')
    .filter((part) => weight(part) > 0)
    .sort((one, other) => weight(other) - weight(one))
    .map((part) => known(part.trim()));
  return known(lang ?? '') ?? liked.find((one) => one !== undefined) ?? 'en';
};
