// Names in brackets that say who speaks: 【更夫】 above the words, 【沈青】：词 and 沈青（VO）词 on one line with them.
import type { Source } from '../../source.ts';
import { markOf } from './bracket.ts';
import { castMembers, castOf, fieldKind } from './field.ts';
import { type Label, labelOf, speakable, voiceOf } from './label.ts';
import { unmarked } from './markdown.ts';

const OPEN = '【'.charCodeAt(0);
const SQUARE = '['.charCodeAt(0);
/** 【更夫】, 【老者】（背对镜头）: a name in brackets above what is said. A million blanks behind it are no name. */
const FRAMED = /^【([一-龥·A-Za-z0-9]{1,8})】\s{0,8}((?:[（(][^()（）]{1,30}[）)])?)\s{0,8}[：:]?$/;
/** 【沈青】：词, 【陆川】（冷笑）词, [沈青] 词; [停顿] alone is no name. */
const INLINE =
  /^[【[]([一-龥·A-Za-z0-9]{1,8})[】\]]\s{0,8}((?:[（(][^()（）]{1,30}[）)](?=\s{0,8}\S))?)\s{0,8}([：:]?)\s{0,8}(?=[^\s（(]|[（(][^()（）]{0,200}[）)]\s{0,8}\S)/;
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
  const first = line.charCodeAt(0);
  const match = (first === OPEN || first === SQUARE) && !FRAMED.test(line) ? INLINE.exec(line) : null;
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

/** Words that somebody says, not what is seen of them: 我救你。 来了！ */
const SAID = /[你您我咱俺]|[！!？?…吧啊呀嘛呢吗][。”」]?$/;

/**
 * Names in brackets, in a script that shows so who speaks: at least three such lines of two people, and more than those with a label. Without
 * a colon or a manner the words behind it count for somebody of a cast line, 【任务】 and 【主体】 are nobody, and when a third of them are
 * surely said: 【沈青】微笑着站在门口。 tells of a picture.
 */
export function namesFramed({ lines }: Source): Set<string> {
  const names = new Set<string>();
  const opened = lines.map(unmarked).filter((line) => isOpen(line.charCodeAt(0)));
  if (opened.length < 3) return names;
  const isBare = (line: string) => inlineLabel(line)?.marked === false;
  const cast = opened.some(isBare) ? castOfAll(lines) : NOBODY;
  const said = bareAreSaid(opened, cast) ? cast : NOBODY;
  let count = 0;
  for (const line of opened) {
    const label = framedIn(line, said);
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

const NOBODY: ReadonlySet<string> = new Set();

/** Everybody a cast line names. */
const castOfAll = (lines: readonly string[]): ReadonlySet<string> =>
  new Set(
    lines.flatMap((line) => {
      const listed = line.length < 200 ? castOf(unmarked(line)) : undefined;
      return listed === undefined ? [] : castMembers(listed).names;
    }),
  );

/** Whether a third of the lines with nothing but a name of the cast in brackets before their words are surely said. */
function bareAreSaid(opened: readonly string[], cast: ReadonlySet<string>): boolean {
  let [bare, said] = [0, 0];
  for (const line of opened) {
    const inline = cast.size > 0 ? inlineLabel(line) : undefined;
    if (!inline || inline.marked || !cast.has(inline.label.name)) continue;
    bare++;
    if (SAID.test(line.slice(inline.label.end, inline.label.end + 200))) said++;
  }
  return said * 3 >= bare;
}

const isOpen = (code: number) => code === OPEN || code === SQUARE;

function framedIn(line: string, cast: ReadonlySet<string>): Label | undefined {
  const inline = inlineLabel(line);
  return framedLabel(line) ?? (inline && (inline.marked || cast.has(inline.label.name)) ? inline.label : undefined);
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
