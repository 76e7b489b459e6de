// Names in brackets that say who speaks: 【更夫】 above the words, 【沈青】：词 and 沈青（VO）词 on one line with them.
import type { Source } from '../../source.ts';
import { markOf } from './bracket.ts';
import { castOf, fieldKind } from './field.ts';
import { type Label, labelOf, speakable, voiceOf } from './label.ts';
import { unmarked } from './markdown.ts';

const OPEN = '【'.charCodeAt(0);
/** 【更夫】, 【老者】（背对镜头）: a name in brackets above what is said. */
const FRAMED = /^【([一-龥·A-Za-z0-9]{1,8})】\s*((?:[（(][^()（）]{1,30}[）)])?)\s*[：:]?$/;
/** 【沈青】：词, 【陆川】（冷笑）词 */
const INLINE = /^【([一-龥·A-Za-z0-9]{1,8})】\s*((?:[（(][^()（）]{1,30}[）)])?)\s*([：:]?)\s*(?=\S)/;
/** What is told of a scene or of the system in it, not a person. */
const NO_NAME = /(?:描述|说明|提示|要求|内容|要点|标题|介绍|效果|设计|安排|变化|任务|奖励|通知|公告)$/;
/** 沈青（VO）词. Any other word in the bracket may be action, and so may what tells of the voice: 沈青（VO）渐弱. */
const VOICED =
  /^([一-龥·A-Za-z0-9]{1,8}?)\s*[（(【]\s*(?:内心|心里)?\s*(O\.?S\.?|V\.?O\.?)\s*[）)】]\s*(?![：:，,。！？、；响传的渐完停起落越消]|结束)(?=\S)/i;

const isName = (name: string) => !markOf(name) && !fieldKind(name) && speakable(name) && !NO_NAME.test(name);

/** The label of a line that is a name in brackets; a mark (【特写】) is none. */
export function framedLabel(line: string): Label | undefined {
  const match = FRAMED.exec(line);
  return match && isName(match[1]!) ? labelOf(`${match[1]!}${match[2]!}：`) : undefined;
}

/** The label of a line that goes on behind a name in brackets, and whether a colon or a manner stands between: 【她转身】离开 has neither. */
export function inlineLabel(line: string): { label: Label; colon: boolean; marked: boolean } | undefined {
  const match = line.charCodeAt(0) === OPEN && !FRAMED.test(line) ? INLINE.exec(line) : null;
  const label = match && isName(match[1]!) ? labelOf(`${match[1]!}${match[2]!}：`) : undefined;
  if (!match || !label) return undefined;
  const colon = match[3] !== '';
  return { label: { ...label, end: match[0].length }, colon, marked: colon || match[2] !== '' };
}

/** The label of 沈青（VO）词, for the caller to see whether the name is anybody's. */
export function voicedLabel(line: string): Label | undefined {
  const match = VOICED.exec(line);
  return match ? { name: match[1]!, paren: '', voice: voiceOf(match[2]!), end: match[0].length } : undefined;
}

/** Names in brackets, in a script that shows so who speaks: at least three such lines of two people, and more than those with a label. */
export function namesFramed({ lines }: Source): Set<string> {
  const names = new Set<string>();
  let count = 0;
  for (const line of lines) {
    const label = framedIn(unmarked(line));
    if (!label) continue;
    names.add(label.name);
    count++;
  }
  return names.size > 1 && count > 2 && !moreAreSpoken(lines, count - 1) ? names : new Set();
}

/**
 * Whether a name in brackets stands alone above words at least twice: 【甲】 above what is said, so that 【甲】拿起茶杯 is action.
 * 【主要人物】 stands so once, and other brackets below it.
 */
export function namesAboveWords({ lines }: Source): boolean {
  const above = new Set<string>();
  for (let at = 0; at + 1 < lines.length; at++) {
    if (lines[at]!.charCodeAt(0) !== OPEN || lines[at + 1]!.charCodeAt(0) === OPEN) continue;
    const name = framedLabel(lines[at]!)?.name;
    if (name === undefined) continue;
    if (above.has(name)) return true;
    above.add(name);
  }
  return false;
}

function framedIn(line: string): Label | undefined {
  if (line.charCodeAt(0) !== OPEN) return undefined;
  const inline = inlineLabel(line);
  return framedLabel(line) ?? (inline?.marked ? inline.label : undefined);
}

/** Whether more lines than so many begin with somebody's label: 甲：词. Looks no further than it must. */
export function moreAreSpoken(lines: readonly string[], than: number): boolean {
  let spoken = 0;
  return lines.some((line) => isSpoken(line) && ++spoken > than);
}

function isSpoken(line: string): boolean {
  const words = unmarked(line.slice(0, 80));
  const label = labelOf(words);
  if (label === undefined || (label.name === '' && label.voice === undefined)) return false;
  return castOf(words) === undefined && fieldKind(label.name) === undefined;
}
