// What a request says in its headers: the version a change is based on, and the language it is to be answered in.
import { describe, expect, test } from 'vitest';
import { localeOf } from '../../functions/runtime/accept-language.ts';
import { versionOf } from '../../functions/runtime/if-match.ts';

describe('If-Match', () => {
  test.each(['"3"', 'W/"3"', ' "3" ', '3'])('%s is version 3', (header) => {
    expect(versionOf(header, undefined)).toBe(3);
    expect(versionOf(header, 3)).toBe(3);
    expect(versionOf(header, '3')).toBe(3);
  });

  test('that is not there says nothing', () => {
    expect(versionOf(undefined, undefined)).toBeUndefined();
    expect(versionOf(undefined, 3)).toBeUndefined();
  });

  test.each([
    ['*', undefined, /\*/],
    ['abc', undefined, /one version/],
    ['', undefined, /one version/],
    ['"3", "4"', undefined, /one version/],
    ['"3', undefined, /one version/],
    ['w/"3"', undefined, /one version/],
    ['"-1"', undefined, /one version/],
    ['"3"', 4, /differ/],
    ['W/"3"', '4', /differ/],
    ['"3"', 'x', /differ/],
  ])('%s beside %o is refused and says why', (header, said, why) => {
    let refused: unknown;
    try {
      versionOf(header, said);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({
      code: 'INVALID_REQUEST',
      details: { reason: { en: expect.stringMatching(why), 'zh-CN': expect.stringContaining('If-Match') } },
    });
  });
});

describe('Accept-Language', () => {
  test.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['en', 'en'],
    ['EN-us', 'en'],
    ['zh-TW', 'zh-CN'],
    ['en,zh', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en;q=0.1,zh;q=0.9', 'zh-CN'],
    ['en; q=0.1, zh; q=0.09', 'en'],
    ['de-DE,de;q=0.9,en-US;q=0.8', 'en'],
    ['de-DE,zh;q=0.1', 'zh-CN'],
    ['fr', 'zh-CN'],
    ['*', 'zh-CN'],
    ['zh;q=0,*', 'en'],
    ['zh;q=0.5,*;q=0.8', 'en'],
    ['en;q=0.5,*;q=0.8', 'zh-CN'],
    ['en;q=0', 'zh-CN'],
    ['enm', 'zh-CN'],
    ['en;q=2,zh;q=0.1', 'zh-CN'],
    ['ja;q=1.0,,en;q=0.5;x,en;q=0.2', 'en'],
  ] as const)('%s is answered in %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });
});
