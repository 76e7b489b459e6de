// Accept-Language (RFC 9110, 12.5.4): in which of our languages somebody wants to be answered.
import type { Locale } from '../../core/platform/failure.ts';

/** By the first subtag of a range. */
const ours: ReadonlyMap<string, Locale> = new Map([
  ['zh', 'zh-CN'],
  ['en', 'en'],
]);

/** `en-GB;q=0.8`; a part that is written otherwise is passed over. */
const range = /^([a-z]{1,8}|\*)(?:-[a-z0-9]{1,8})*\s*(?:;\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?)\s*)?$/i;

/** The language liked best: by weight, then as they are named; `*` is one that is not named. Chinese where none of ours is wanted. */
export function localeOf(accepted = ''): Locale {
  const ranges = accepted.split(',').flatMap((part) => {
    const [, name, weight = '1'] = range.exec(part.trim()) ?? [];
    return name === undefined ? [] : [{ name: name.toLowerCase(), weight: Number(weight) }];
  });
  const named = new Set(ranges.map(({ name }) => name));
  const [other = ''] = [...ours.keys()].filter((name) => !named.has(name));
  const liked = ranges
    .filter(({ weight }) => weight > 0)
    .sort((one, next) => next.weight - one.weight)
    .map(({ name }) => ours.get(name === '*' ? other : name));
  return liked.find((locale) => locale !== undefined) ?? 'zh-CN';
}
