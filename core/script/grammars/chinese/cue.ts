// How a script shows who speaks where no colon does: names alone on their lines, names before a blank.
import type { Source } from '../../source.ts';
import { fixedLine } from '../screenplay/line.ts';
import { isDone } from './bracket-cue.ts';
import { episodeLine } from './episode.ts';
import { fieldKind } from './field.ts';
import { moreAreSpoken } from './framed.ts';
import { type Label, labelOf, speakable } from './label.ts';
import { unmarked } from './markdown.ts';
import { isMarked } from './triangle.ts';

const ALONE_LENGTH = 30;

/** SARAH (O.S.): a cue as English screenplays write it. */
const CAPITALS = /^(?=.*[A-Z]{2})[A-Z][A-Z0-9 .'’#-]{1,29}(?:\s*\([^()]{1,30}\))*$/;
const SHORT = /^[一-龥·]{2,6}(?:\s*[（(][^()（）]{1,30}[）)])*$/;
const ENGLISH_SLUG = /^(?:INT|EXT|I\/E)[./ ]/;
const ALONE = /^[一-龥·A-Za-z0-9]{1,8}(?:\s*[（(【][^）)】]{1,20}[）)】])?$/;
const NO_NAME = /^(?:[0-9]+|[一二三四五六七八九十]+|沉默|停顿|良久|片刻|黑屏|静|.*[着了])$/;

/** （七嘴八舌） below a name: how it is said, no sentence. 门铃响起 above （三声） is longer than a name. */
const MANNER_BELOW = /^[（(][^，。！？（()）]{1,8}[）)]$/;
const NAME_LENGTH = 3;
/** 护士, 保镖甲, 孙大妈: who speaks once and is called by what they are. */
const WALK_ON =
  /^(?![一二三四五六七八九十两几数])(?![他她它你我])[^的着了看向对给把被跟上下进出]{0,4}(?:[甲乙丙丁们]|众人|护士|医生|大夫|大[妈爷叔婶]|阿姨|司机|保安|保镖|警[察官]|律师|记者|老板|店员|服务员|主持人|老师|校长|经理|助理|秘书|管家|丫鬟|宫女|太监|侍卫|小二|掌柜|男人|女人|老[人者]|少[年女]|[男女]孩|父亲|母亲|爸爸|妈妈|爷爷|奶奶|外[公婆]|哥哥|姐姐|弟弟|妹妹)$/;

/** Whether the name tells what somebody is who may speak only once. */
export const isWalkOn = (name: string) => WALK_ON.test(name);

/**
 * Names that stand alone on a line before words: those that are labels elsewhere (甲：词), and, where that is no rare thing beside
 * labels, those that stand so at least twice, and once above a manner or by what somebody is. Where the script has English slug lines,
 * cues in capitals too.
 */
export function namesAlone(source: Source): Set<string> {
  const { lines } = source;
  const counts = new Map<string, number>();
  const labels = new Set<string>();
  const likely = new Set<string>();
  let labelled = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const colon = line.slice(0, ALONE_LENGTH).search(/[：:]/);
    if (colon > 0) {
      labelled++;
      if (colon <= 12) labels.add(nameOf(line.slice(0, colon)));
    } else if (line.length <= ALONE_LENGTH && standsAlone(line, lines[at + 1] ?? '')) {
      const name = nameOf(unmarked(line));
      if (NO_NAME.test(name)) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (isWalkOn(name) || (name.length <= NAME_LENGTH && MANNER_BELOW.test(lines[at + 1]!))) likely.add(name);
    }
  }
  const often = [...counts].filter(([, times]) => times > 1).reduce((sum, [, times]) => sum + times, 0);
  const usual = often * 2 > labelled;
  const alone = [...counts]
    .filter(([name, times]) => labels.has(name) || (usual && (times > 1 || (often > 5 && likely.has(name)))))
    .map(([name]) => name);
  return new Set([...alone, ...englishCues(source)]);
}

/** Names between an empty line and words, in a script that is laid out so: some of them are in capitals. */
function englishCues({ lines, numbers }: Source): string[] {
  if (!lines.some((line) => line.length < 200 && ENGLISH_SLUG.test(line))) return [];
  const cues = lines.filter((line, at) => {
    if (line.length > 60 || !(CAPITALS.test(line) || SHORT.test(line))) return false;
    if (ENGLISH_SLUG.test(line) || fixedLine(line) || NO_NAME.test(line)) return false;
    return numbers[at] !== (numbers[at - 1] ?? -1) + 1 && numbers[at + 1] === numbers[at]! + 1;
  });
  return cues.some((line) => CAPITALS.test(line)) ? cues.map(nameOf) : [];
}

const standsAlone = (line: string, next: string) =>
  ALONE.test(unmarked(line)) && !isMarked(next) && (/[。！？!?…～~”」]$/.test(next) || /^[（(]/.test(next));

/**
 * Whether a name with a colon stands on a line of its own above what is said, an empty line before it: 甲： above 走。 In such a script a
 * speech may be of several lines.
 */
export function labelsAbove({ lines, numbers }: Source): boolean {
  let [all, apart] = [0, 0];
  for (let at = 0; at + 1 < lines.length; at++) {
    const line = lines[at]!;
    if (line.length > ALONE_LENGTH || !(line.endsWith('：') || line.endsWith(':'))) continue;
    const label = labelOf(unmarked(line));
    if (!label || label.name === '' || fieldKind(label.name) !== undefined) continue;
    all++;
    if (numbers[at] !== (numbers[at - 1] ?? -1) + 1 && numbers[at + 1] === numbers[at]! + 1) apart++;
  }
  return apart > 2 && apart * 2 > all;
}

const nameOf = (line: string) => line.replace(/\s*[（(【].*$/, '');

/** 甲 词, 甲（冷笑） 词, 甲OS 词: a short name, how it is said, blanks, words. */
const SPACED = /^[一-龥·A-Za-z]{1,8}(?:\s*[（(【][^（()）【】]{1,20}[）)】])?\s+(?=\S)/;

/** 小 翠 词: a name of two characters set as wide as the others, its blanks often as wide as a character. */
const WIDE = /^([一-龥])[ \u3000]{1,2}(?=[一-龥](?:\s*[（(【][^（()）【】]{1,20}[）)】])?\s+\S)/;

/** The label of a line whose name ends at a blank; whether it is a name the caller knows. */
export function spacedLabel(line: string): Label | undefined {
  const narrow = line.replace(WIDE, '$1');
  const cue = SPACED.exec(narrow)?.[0];
  const label = cue === undefined ? undefined : labelOf(`${cue.trimEnd()}：`);
  const end = (cue?.length ?? 0) + line.length - narrow.length;
  return label && label.name !== '' && fieldKind(label.name) === undefined ? { ...label, end } : undefined;
}

/**
 * Names that stand before a blank and words at least twice, in a script that shows so who speaks: such lines are more than those with a
 * label. In it 茶客甲 speaks once too. Empty for every other script, where 甲 推门 is action.
 */
export function namesBeforeBlanks({ lines }: Source): Set<string> {
  const counts = new Map<string, number>();
  const done = new Set<string>();
  for (const line of lines) {
    const label = SPACED.test(line) && !labelOf(line) && !episodeLine(line) ? spacedLabel(line) : undefined;
    if (!label || !speakable(label.name)) continue;
    counts.set(label.name, (counts.get(label.name) ?? 0) + 1);
    if (isDone(line.slice(label.end))) done.add(label.name);
  }
  const often = [...counts].filter(([, times]) => times > 1);
  const spaced = often.reduce((sum, [, times]) => sum + times, 0);
  if (spaced === 0 || moreAreSpoken(lines, spaced - 1)) return new Set();
  const once = [...counts.keys()].filter((name) => isWalkOn(name) && !done.has(name));
  return new Set([...often.map(([name]) => name), ...once]);
}
