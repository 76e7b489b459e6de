// Words in the picture: what is said in bubbles, what is thought or heard from elsewhere in boxes, what stands on screen in a band.
import { type Said, voiceNames } from '../labels.ts';
import type { ShotContent, ShotLine } from '../schema.ts';
import { type Frame, n, safeArea } from './frame.ts';

/** Text that may stand in HTML and SVG, in content and in attributes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`).replace(/(?![\t\n\r])\p{Cc}/gu, '');

const FONT = 6.4;
const LEADING = 8;

/** Width of a text in ems: Chinese and full-width marks 1, Latin about half. */
export const ems = (text: string): number => Array.from(text).reduce((sum, c) => sum + emOf(c), 0);

function emOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2e80) return 1;
  if (/[\u2014\u2026]/.test(character)) return 1;
  return /[\s.,:;!'|il]/.test(character) ? 0.3 : /[A-Zmw@]/.test(character) ? 0.72 : 0.53;
}

/** Lines of a text no wider than `max` ems; words stay whole, closing marks stay with what they close. What does not fit ends in …. */
export function wrapped(text: string, max: number, most: number): string[] {
  const pieces =
    text
      .replace(/\s+/g, ' ')
      .trim()
      .match(/[A-Za-z0-9'’-]+|./gu) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    const hangs = /^[，。！？、；：”’」』）》…,.!?;:)\]—]$/.test(piece);
    if (line !== '' && ems(line + piece) > max && !hangs) {
      lines.push(line.trim());
      line = piece === ' ' ? '' : piece;
    } else line += piece;
  }
  if (line.trim() !== '') lines.push(line.trim());
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${(lines[most - 1] ?? '').slice(0, -1)}…`];
}

/** Where a speaker's mouth is, by line; undefined when they are not seen. */
export type Mouth = { readonly x: number; readonly y: number } | undefined;

/** Bubbles and boxes of a shot, from the top of the safe area down; at most two lines are written out. */
export function speech(
  lines: readonly ShotLine[],
  mouths: readonly Mouth[],
  language: keyof Said,
  frame: Frame,
): string {
  const safe = safeArea(frame);
  const said = lines.map((line, i) => ({ line, mouth: mouths[i] })).filter(({ line }) => line.text.trim() !== '');
  const shown = said.slice(0, 2);
  const most = shown.length > 1 || frame.width > frame.height ? 2 : 4;
  let y = safe.y;
  const out: string[] = [];
  for (const { line, mouth } of shown) {
    // room is left for a closing mark that hangs
    const max = Math.min((safe.width - 7) / FONT - 1, 14);
    const label = mouth === undefined ? offScreen(line, language) : '';
    const rows = [...(label === '' ? [] : wrapped(label, max + 2, 1)), ...wrapped(line.text, max, most)];
    const width = Math.min(Math.max(...rows.map(ems)) * FONT + 7, safe.width);
    const height = rows.length * LEADING + 4;
    const at = mouth?.x ?? frame.width / 2;
    const x = Math.min(Math.max(at - width / 2, safe.x), safe.x + safe.width - width);
    out.push(bubble({ x, y, width, height }, line, mouth), written(rows, x + 3.5, y, label !== ''));
    y += height + 3;
  }
  if (said.length > shown.length)
    out.push(`<text class="t" x="${n(safe.x + 2)}" y="${n(y + 4)}">+${said.length - shown.length}</text>`);
  return out.join('');
}

function offScreen({ speakers, voice }: ShotLine, language: keyof Said): string {
  const name = speakers.join(language === 'zh' ? '、' : ', ');
  if (voice === 'ON') return language === 'zh' ? `${name}（画外）` : `${name} (off)`;
  return `${name} ${voice === 'PHONE' ? '☎' : voiceNames[voice][language]}`;
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

function bubble({ x, y, width, height }: Box, { voice }: ShotLine, mouth: Mouth): string {
  const rect = (kind: string, round: number) =>
    `<rect class="${kind}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${round}"/>`;
  if (mouth === undefined) return rect('v', 1);
  const foot = y + height;
  const from = Math.min(Math.max(mouth.x, x + 8), x + width - 8);
  // the tail points at the mouth and stops short of the face
  const reach = Math.max(foot + 3, Math.min(mouth.y - 5, foot + 14));
  const to = from + (mouth.x - from) * 0.6;
  if (voice === 'OS')
    return `${rect('b', 7)}<circle class="b" cx="${n(from)}" cy="${n(foot + 3)}" r="2"/><circle class="b" cx="${n((from + to) / 2)}" cy="${n(foot + 7.5)}" r="1.2"/>`;
  return `${rect(voice === 'PHONE' ? 'b d' : 'b', 5)}<path class="b k" d="M${n(from - 3)} ${n(foot - 0.4)}L${n(to)} ${n(reach)} ${n(from + 3)} ${n(foot - 0.4)}"/>`;
}

function written(rows: readonly string[], x: number, y: number, labelled: boolean): string {
  const spans = rows.map(
    (row, i) =>
      `<tspan x="${n(x)}" y="${n(y + 1.2 + LEADING * (i + 0.8))}"${labelled && i === 0 ? ' class="w"' : ''}>${escaped(row)}</tspan>`,
  );
  return `<text class="t">${spans.join('')}</text>`;
}

/** Words that stand on screen, in a band at the foot of the safe area. */
export function caption(shot: ShotContent, frame: Frame): string {
  if (shot.caption.trim() === '') return '';
  const safe = safeArea(frame);
  const rows = wrapped(shot.caption, (safe.width - 6) / FONT - 1, 3);
  const height = rows.length * LEADING + 4;
  const y = safe.y + safe.height - height - (shot.blocking.length > 0 ? 9 : 0);
  const spans = rows.map(
    (row, i) => `<tspan x="${n(frame.width / 2)}" y="${n(y + 1.2 + LEADING * (i + 0.8))}">${escaped(row)}</tspan>`,
  );
  return `<rect class="q" x="${n(safe.x)}" y="${n(y)}" width="${n(safe.width)}" height="${n(height)}" rx="1"/><text class="t i" text-anchor="middle">${spans.join('')}</text>`;
}
