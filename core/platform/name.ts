// One rule for every name, and one for every note, that people write and others read: what is seen is what is there.
import * as z from 'zod';
import { rule } from './words.ts';

/**
 * Control, format and other characters that cannot be seen: line breaks, bidirectional overrides, zero-width ones, fillers, tags.
 * Allowed where writing needs them: joiners in Arabic and Indic script and in emoji, U+FE0F behind a picture, ideographic variants behind Han.
 * Source: Unicode Standard Annex 31, "Format Characters"; Technical Report 36, "Bidirectional Text Spoofing".
 */
const needed = new RegExp(
  [
    '(?<=[\\p{sc=Arab}\\p{M}])[\\u200C\\u200D](?=[\\p{sc=Arab}\\p{L}])',
    '(?<=[\\p{Extended_Pictographic}\\p{EMod}]|\\uFE0F)\\u200D(?=\\p{Extended_Pictographic})',
    '(?<=[\\p{Extended_Pictographic}0-9#*])\\uFE0F',
    '(?<=\\p{sc=Han})[\\u{E0100}-\\u{E01EF}]',
  ].join('|'),
  'gu',
);
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{DI}]/u;
/** More marks over one letter than any writing has. */
const stacked = /\p{M}{5}/u;
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u;

const isClean = (name: string): boolean => !unseen.test(name.replace(needed, ''));

/** A name of at most `max` characters: composed (NFC), without spaces around it, spaces inside it single; never empty to the eye. */
export const displayName = (max: number) =>
  z
    .string()
    .refine(isClean, {
      message: rule(
        '不能包含换行、控制字符、不可见字符或改变文字方向的字符',
        'no line breaks, control characters, invisible characters or characters that turn the direction of writing',
      ),
    })
    .overwrite((name) =>
      name
        .normalize('NFC')
        .replace(/\p{Zs}+/gu, ' ')
        .trim(),
    )
    .min(1)
    .max(max)
    .refine((name) => !stacked.test(name), { message: rule('一个字上的附加符号过多', 'too many marks on one letter') })
    .refine((name) => name === '' || seen.test(name), {
      message: rule('要有看得见的字', 'something that can be seen'),
    });

/** Turns the direction of what follows, also of what somebody else wrote (Trojan Source, CVE-2021-42574). */
const turning = /[\u202A-\u202E\u2066-\u2069]/u;
const control = /[^\P{Cc}\n\t]/u;

/** A note of at most `max` characters: lines and tabs may stand in it, other control characters and turned writing may not. */
export const note = (max: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, '\n').trim())
    .min(1)
    .max(max)
    .refine((text) => !control.test(text) && !turning.test(text), {
      message: rule(
        '不能包含控制字符或改变文字方向的字符',
        'no control characters, none that turn the direction of writing',
      ),
    });
