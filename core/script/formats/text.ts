// Bytes of a text file to text: UTF-8, UTF-16 with or without BOM, GB18030, Big5, Windows-1252; a character cut at the end is told, not fatal.
import { Failure } from '../../platform/failure.ts';
import type { Reading } from './reading.ts';

export type Decoded = {
  readonly text: string;
  readonly encoding: string;
  /** The file ends in the middle of a character. */
  readonly cut: boolean;
  /** Characters that could not be decoded. */
  readonly lost: number;
};

/** Reads a text file. Throws as `decodeText` does. */
export function readText(bytes: Uint8Array): Reading {
  const { text, encoding, cut, lost } = decodeText(bytes);
  return {
    text,
    encoding,
    warnings: [
      ...(cut ? [{ code: 'cut_character' as const, values: {} }] : []),
      ...(lost > 0 ? [{ code: 'encoding_loss' as const, values: { count: lost, encoding } }] : []),
    ],
  };
}

/** Decodes a text file. Throws EMPTY_FILE when nothing but blanks is left and BINARY_FILE when it is no text in any encoding known here. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) throw new Failure('EMPTY_FILE');
  const decoded = byMark(bytes) ?? unmarked(bytes) ?? strict(bytes, 'utf-8') ?? western(bytes) ?? chinese(bytes);
  if (isNoise(decoded)) throw new Failure('BINARY_FILE');
  if (decoded.text.trim() === '') throw new Failure('EMPTY_FILE');
  return decoded;
}

function byMark(bytes: Uint8Array): Decoded | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return strict(bytes, 'utf-8');
  if (a === 0xff && b === 0xfe) return utf16(bytes, 'utf-16le');
  if (a === 0xfe && b === 0xff) return utf16(bytes, 'utf-16be');
  return undefined;
}

/** Decodes without loss, or with up to three bytes of a cut character left off at the end; undefined otherwise. */
function strict(bytes: Uint8Array, encoding: string): Decoded | undefined {
  for (let left = 0; left <= 3 && left < bytes.length; left++) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(
        left === 0 ? bytes : bytes.subarray(0, bytes.length - left),
      );
      return { text, encoding, cut: left > 0, lost: 0 };
    } catch {
      // not this encoding, or cut further
    }
    // only a byte that belongs to a longer character can be the rest of a cut one
    if (bytes[bytes.length - 1 - left]! < 0x80 && encoding === 'utf-8') return undefined;
  }
  return undefined;
}

function lossy(bytes: Uint8Array, encoding: string): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  const lost = text.split('\ufffd').length - 1;
  return { text, encoding, cut: false, lost };
}

/** Two bytes to a character; an odd byte, or half of a pair of characters, at the end is a cut. */
function utf16(bytes: Uint8Array, encoding: string): Decoded {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const high = whole.at(encoding === 'utf-16le' ? -1 : -2) ?? 0;
  const half = high >= 0xd8 && high <= 0xdb;
  const decoded = lossy(half ? whole.subarray(0, -2) : whole, encoding);
  return { ...decoded, cut: half || whole.length < bytes.length };
}

/** UTF-16 without a mark: where ASCII stands tells the order of the bytes; what comes of it must be characters that people write. */
function unmarked(bytes: Uint8Array): Decoded | undefined {
  const sample = bytes.subarray(0, 4000);
  const ascii = [0, 0];
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (isAscii(sample[at]!) && sample[at + 1] === 0) ascii[0]!++;
    if (isAscii(sample[at + 1]!) && sample[at] === 0) ascii[1]!++;
  }
  const [little, big] = ascii as [number, number];
  if (Math.max(little, big) * 100 < sample.length || Math.min(little, big) * 4 > Math.max(little, big))
    return undefined;
  const decoded = utf16(bytes, little > big ? 'utf-16le' : 'utf-16be');
  const strange = decoded.text.slice(0, 20_000).match(STRANGE)?.length ?? 0;
  return strange * 100 > Math.min(decoded.text.length, 20_000) ? undefined : decoded;
}

const isAscii = (byte: number) => byte === 0x0a || byte === 0x0d || (byte >= 0x20 && byte < 0x7f);
/** Nothing, or nothing that has a meaning for others. */
const STRANGE = /(?![\n\r\t])[\p{Cc}\p{Cn}\p{Co}\p{Cs}\ufffd]/gu;

/** Bytes looked at to tell Windows-1252. */
const SAMPLE = 200_000;

/**
 * Windows-1252: a Latin text with a letter beyond ASCII (é) or a typographic mark (’ – “) here and there, one byte each. In GB18030
 * and Big5 such bytes come in pairs, and a text has more of them.
 */
function western(bytes: Uint8Array): Decoded | undefined {
  const sample = bytes.subarray(0, SAMPLE);
  let high = 0;
  let single = 0;
  for (let at = 0; at < sample.length; at++) {
    if (sample[at]! < 0x80) continue;
    high++;
    if (isMark(sample[at]!) || (stands(sample[at - 1]) && stands(sample[at + 1]))) single++;
  }
  if (high === 0 || high * 8 > sample.length || single * 10 < high * 9) return undefined;
  return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252', cut: false, lost: 0 };
}

/** … ‘ ’ “ ” • – — stand next to each other and to a letter: “No…” */
const isMark = (byte: number) => byte === 0x85 || (byte >= 0x91 && byte <= 0x97);
const stands = (byte = 0) => byte < 0x80 || isMark(byte);

/** GB18030 or Big5, whichever gives more common characters; both decode most of each other's bytes without complaint. */
function chinese(bytes: Uint8Array): Decoded {
  const candidates = ['gb18030', 'big5'].map((encoding) => strict(bytes, encoding) ?? lossy(bytes, encoding));
  candidates.push(lossy(bytes, 'utf-8'));
  return candidates.sort((a, b) => plausibility(b) - plausibility(a))[0]!;
}

// The commonest characters of scripts in both scripts, and full-width punctuation.
const COMMON = new Set(
  '的一是不了人我在有他这这個个们們来來到时時大地为為子中你说說生国國年着就那和要她出也得里裡後后自以会會家可下而过過天去能对對小多然于於心学學么麼之都好看起发發当當没沒成只如事把还還用第样樣道想作种種开開美总總从從无無情己面最女但现現前些所同日手又行意动動方期它头頭经經长長儿兒回位分爱愛老因很给給名法间間斯知世什两兩次使身者被高已亲親其进進此话話常与與活正感见見明问問力理尔爾点點文几幾定本公特做外孩相西果走将將月十实實向声聲车車全信重三机機工物气氣每并別别真打太新比才便夜集场場景内內，。！？：、；“”（）《》【】△▲…—',
);

function plausibility({ text, lost }: Decoded): number {
  const sample = text.slice(0, 20_000);
  let common = 0;
  let wide = 0;
  for (let i = 0; i < sample.length; i++) {
    if (sample.charCodeAt(i) < 0x80) continue;
    wide++;
    if (COMMON.has(sample.charAt(i))) common++;
  }
  return (wide === 0 ? 1 : common / wide) - (10 * lost) / (text.length + 1);
}

/** More than one in fifty characters a control character, or one in ten lost: no text. Looks at the beginning and at the loss of the whole. */
function isNoise({ text, lost }: Decoded): boolean {
  if (lost * 10 > text.length) return true;
  const sample = text.slice(0, 20_000);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const found = sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u0084\u0086-\u009f\ufffd]/g);
  return (found?.length ?? 0) * 50 > sample.length;
}
