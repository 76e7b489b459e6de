// Names that people give: what is seen is what is there.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayName, note } from '../../../core/platform/name.ts';

const name = displayName(40);

describe('a name', () => {
  test.each([
    ['锦灯工作室', '锦灯工作室'],
    ['  Ann   Lee ', 'Ann Lee'],
    ['Ann\u00a0\u3000Lee', 'Ann Lee'],
    ['Zoe\u0308', 'Zoë'],
    ['محمد', 'محمد'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['क्\u200dष', 'क्\u200dष'],
    ['👩\u200d👩\u200d👧 ❤\ufe0f', '👩\u200d👩\u200d👧 ❤\ufe0f'],
    ['葛\u{e0100}城', '葛\u{e0100}城'],
    ["O'Neil-Łukasz 3", "O'Neil-Łukasz 3"],
  ])('%j is kept as %j', (given, kept) => {
    expect(name.parse(given)).toBe(kept);
  });

  test.each([
    ['a line break', 'Ann\r\nBcc: all@example.com'],
    ['a line separator', 'Ann\u2028Lee'],
    ['a tab', 'Ann\tLee'],
    ['a null', 'Ann\0'],
    ['a right-to-left override', 'Ann\u202egpj.exe'],
    ['an isolate', 'Ann\u2067x\u2069'],
    ['a right-to-left mark', 'Ann\u200f'],
    ['a zero-width space', 'ad\u200bmin'],
    ['a zero-width joiner between Latin letters', 'ad\u200dmin'],
    ['a soft hyphen', 'ad\u00admin'],
    ['a word joiner', 'ad\u2060min'],
    ['a byte order mark', '\ufeffadmin'],
    ['a Hangul filler', 'ad\u3164min'],
    ['tags', 'admin\u{e0041}\u{e007f}'],
    ['a variation selector behind a letter', 'admin\ufe0f'],
    ['a private character', 'admin\ue000'],
    ['half a character', 'admin\ud800'],
    ['a heap of marks', `Z${'\u0334'.repeat(20)}`],
    ['nothing', ''],
    ['blanks alone', ' \u3000 '],
    ['marks alone', '\u0301'],
    ['more than it may hold', 'x'.repeat(41)],
  ])('with %s is refused', (_, given) => {
    expect(name.safeParse(given).success).toBe(false);
  });

  test('that is taken holds nothing unseen, and taken again stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (given) => {
        const { data } = name.safeParse(given);
        if (data === undefined) return;
        expect(data).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/u);
        expect(data).toBe(data.normalize('NFC').trim());
        expect(data.length).toBeLessThanOrEqual(40);
        expect(name.parse(data)).toBe(data);
      }),
      { numRuns: 500 },
    );
  });
});

test('a note keeps its lines, and nothing that turns what others wrote', () => {
  expect(note(20).parse(' 一\r\n二\t三\r ')).toBe('一\n二\t三');
  for (const bad of ['a\0b', 'a\u202eb', 'a\u2066b', 'a\u001b[31m', '', ' \n ', 'x'.repeat(21)])
    expect(note(20).safeParse(bad).success).toBe(false);
});
