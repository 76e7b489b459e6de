// Lines that stand in brackets as a whole: 【字幕：…】 【闪回】 【本集完】 （她转身）.
import type { ElementKind } from '../../schema.ts';
import { CAPTIONS, CUTS } from './field.ts';

const CLOSES: ReadonlyMap<number, string> = new Map(
  ['【】', '（）', '()', '[]', '［］', '〔〕'].map((pair) => [pair.charCodeAt(0), pair.charAt(1)]),
);

const FLASHBACK_END =
  /(?:闪回|回忆|插叙|倒叙|梦境|幻想|回想|闪前)\s*(?:结束|完|毕|止|终)|^(?:闪出|出闪回|回到现实|现实)$|^(?:结束|end)\s*(?:闪回|回忆)/i;
const FLASHBACK_START =
  /^(?:闪回|回忆|插叙|倒叙|闪前|回想|进入回忆|梦境|幻想|入闪回)(?:开始|起|画面|片段|镜头|入)?(?:$|[\s：:，,·—-])/;
const CAPTION = new RegExp(`^(?:${longestFirst(CAPTIONS)}|字)\\s*[：:]?\\s*`);
const SOUND = /^(?:音效|音乐|背景音乐|BGM|配乐|环境音|SFX|♪|♫|声音)\s*[：:]?\s*/i;
/** 音乐起，渐弱: without 音乐 it would say nothing. */
const SOUND_TOLD = /^(?:音乐|背景音乐|BGM|配乐)(?![\s：:])./i;
const TRANSITION = new RegExp(
  `^(?:蒙太奇(?:开始|结束)?|叠化|黑屏|淡入|淡出|渐黑|渐显|白屏|黑场|${longestFirst(CUTS)}|转场|划|化入|化出|叠|闪黑|闪白|定格|时间流逝|快进|渐隐)(?:$|[\\s：:，,。·—-])`,
);
const SHOT =
  /^(?:特写|空镜|空镜头|全景|近景|中景|远景|大特写|大全景|航拍|俯拍|仰拍|俯视|镜头|慢镜头|主观镜头|主观视角|跟拍|推近|拉远|摇镜|升格|分屏|平行剪辑)/;
const VOICED = /^(VO|V\.O\.|OS|O\.S\.|画外音|旁白|内心|心声)\s*[：:]\s*(.*)$/is;

export type Bracketed = { readonly kind: ElementKind | 'voice'; readonly text: string; readonly label?: string };

/** 短信内容 before 短信 */
function longestFirst(words: string): string {
  return words
    .split(' ')
    .sort((a, b) => b.length - a.length)
    .join('|');
}

/** The words inside when one pair of brackets encloses the line or its beginning; `rest` is what follows the pair. */
export function bracketed(line: string): { inner: string; rest: string } | undefined {
  const close = CLOSES.get(line.charCodeAt(0));
  if (close === undefined) return undefined;
  const end = line.indexOf(close, 1);
  return end < 0 ? undefined : { inner: line.slice(1, end).trim(), rest: line.slice(end + 1).trim() };
}

/** What bracketed words (or an unbracketed mark such as 闪回结束) are, or undefined when they are just stage business. */
export function markOf(words: string): Bracketed | undefined {
  const head = words.length > 60 ? words.slice(0, 60) : words;
  if (FLASHBACK_END.test(head) && words.length <= 20) return { kind: 'flashback_end', text: words };
  if (FLASHBACK_START.test(head)) return { kind: 'flashback_start', text: words };
  const caption = CAPTION.exec(head);
  if (caption && (caption[0] !== '字' || words === '字'))
    return { kind: 'caption', text: words.slice(caption[0].length).trim() || words };
  const sound = SOUND.exec(head);
  if (sound)
    return { kind: 'sound', text: (SOUND_TOLD.test(head) ? '' : words.slice(sound[0].length).trim()) || words };
  if (TRANSITION.test(head)) return { kind: 'transition', text: words };
  if (SHOT.test(head)) return { kind: 'shot', text: words };
  const voiced = words.length < 2000 ? VOICED.exec(words) : null;
  if (voiced) return { kind: 'voice', text: voiced[2]!.trim(), label: voiced[1]! };
  return undefined;
}

/** What a mark in brackets says together with the words behind it: 【字幕】三年后 says 三年后, 【特写】甲的手 both. */
export function markText(mark: Bracketed, { inner, rest }: { inner: string; rest: string }): string {
  const named = (mark.kind === 'caption' || mark.kind === 'sound') && mark.text === inner;
  const words = named ? rest.replace(/^[：:]\s*/, '') : rest;
  return named && words !== '' ? words : [mark.text, words].filter((part) => part !== '').join(' ');
}

/** True when the line without brackets is such a mark and nothing else: 闪回结束, 黑屏。 */
export function bareMark(line: string): Bracketed | undefined {
  if (line.length > 8) return undefined;
  const mark = markOf(line.replace(/[。.]$/, ''));
  return mark && (mark.kind === 'flashback_start' || mark.kind === 'flashback_end' || mark.kind === 'transition')
    ? mark
    : undefined;
}
