// Episode headings: 第1集 · 第一集 标题 · 【第12集】 · EPISODE 1 · 集数：第1集. （第1集完） is an end.
import { numeral } from './vocabulary.ts';

export type EpisodeLine = {
  readonly number: number;
  readonly title: string;
  /** One only if the numbers count up from 1 (集数：3, 3集), or if nothing else divides the script (第3章). */
  readonly doubt?: 'count' | 'chapter';
};

const COUNT = '[0-9０-９]{1,4}|[零〇一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾]{1,6}';
const NUMBERED = new RegExp(
  `^[【［[(（《“]?\\s*第\\s*(${COUNT})(?:\\s*[-—–~～至到、]\\s*(?:第\\s*)?(?:${COUNT}))?\\s*([集话話回章])(\\s*[】］\\])）》”])?(.*)$`,
);
const ENGLISH =
  /^[【[]?\s*(?:EPISODE|EP|E)\s*[.#]?\s*([0-9]{1,4})\s*[】\]]?\s*(?:(?:[：:.\-—–\s]|(?=[【《「“].*[】》」”]$))\s*(.*))?$/i;
const SPELLED = /^EPISODE\s+(ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN)\b\s*[：:.\-—–\s]*(.*)$/i;
const SPELLED_NUMBERS = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE', 'TEN'];
const FIELD = /^(?:集数|剧集|集号|集次)\s*[：:]\s*(.+)$/;
const COUNTED = /^([0-9]{1,3})\s*集?$/;
const ENDING = /^[\s·：:—（(【-]*(?:完|终|结束|剧终|END)[）)】。.\s]*$/i;
const SEPARATED = /^[\s：:、.．·—–\-《「“（(【|｜]/;
const SENTENCE = /[。；，,]/;
const RUNS_ON = /^(?:里|中|的|开始|时|后|前|合|结尾|开头|播出|讲|说|共|团军|是|与|和|到|至|、)/;

// Marks that decorate a heading on either side: ----第1集----, ★第1集★, ＃第1集
const ORNAMENT = /^[\s#＃=＝\-—–_*＊·•★☆◆◇■~～]+|[\s#＃=＝\-—–_*＊·•★☆◆◇■~～]+$/g;
/** 2. 第一集, 二、第二集: numbered as a list of headings is. */
const LISTED = /^(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*[、.．]\s*(?=第)/;
const PAIRS = ['【】', '［］', '[]', '（）', '()', '《》', '〈〉', '“”', '「」'];

/** The number and title when the line (free of Markdown marks) is an episode heading. `第3集` inside a sentence is text. */
export function episodeLine(line: string): EpisodeLine | undefined {
  if (line.length > 60) return undefined;
  const words = unpaired(line.replace(ORNAMENT, '').replace(LISTED, ''));
  const match = NUMBERED.exec(words);
  if (match) return numbered(match);
  const english = ENGLISH.exec(words);
  if (english) return { number: Number(english[1]), title: tidy(english[2] ?? '') };
  const spelled = SPELLED.exec(words);
  if (spelled) return { number: SPELLED_NUMBERS.indexOf(spelled[1]!.toUpperCase()) + 1, title: tidy(spelled[2]!) };
  const field = FIELD.exec(words)?.[1];
  if (field !== undefined && NUMBERED.test(field)) return episodeLine(field);
  const counted = COUNTED.exec(field ?? words);
  // 80集 behind 集数： is how many there are
  if (!counted || words.endsWith('集') === (field !== undefined)) return undefined;
  return { number: Number(counted[1]), title: '', doubt: 'count' };
}

function numbered(match: RegExpExecArray): EpisodeLine | undefined {
  const number = numeral(match[1]!);
  const raw = match[4]!;
  if (number === undefined || ENDING.test(raw)) return undefined;
  const title = tidy(raw);
  const doubt = match[2] === '章' ? ({ doubt: 'chapter' } as const) : {};
  const separated = match[3] !== undefined || SEPARATED.test(raw);
  if (title === '' || separated) return title.length > 40 || /。/.test(title) ? undefined : { number, title, ...doubt };
  return title.length > 14 || SENTENCE.test(title) || RUNS_ON.test(title) ? undefined : { number, title, ...doubt };
}

/** True for （第1集完）, 第一集 完, 【本集完】, 【全剧终】, 未完待续 and the like. */
export function endLine(line: string): boolean {
  return line.length <= 24 && END.test(line);
}

const END =
  /^[【［[(（—–－\-=■◆★\s]*(?:第\s*[0-9０-９零〇一二三四五六七八九十百两]{1,6}\s*[集话回章]\s*[·：:—（(\-\s]*(?:完|终|结束)|本集(?:完|终|结束|剧终)|(?:全剧|剧|全文|正片|正文)(?:终|完|结束)|全剧完结|完结|完|终|未完待续|敬请期待|THE END|END|FIN)[】］\])）—–－\-=■◆★。.！!\s]*$/i;

const RUNNING_TIME = /^(?:约|时长|预计)?\s*[：:]?\s*约?\s*[0-9.]+\s*(?:分钟|分|秒|min|s)(?:\s*[0-9]+\s*秒)?(?:左右)?$/i;

/** A title without its separators, its own pair of brackets, or a running time in its place. */
function tidy(written: string): string {
  const title = unpaired(written.replace(/^[\s：:、.．·—–|｜-]+/, '').trim());
  return RUNNING_TIME.test(title) || /^(?:剧本)?(?:正文|剧本)$/.test(title) ? '' : title;
}

/** The words inside when one pair of brackets or quotation marks encloses all of them. */
function unpaired(words: string): string {
  const pair = PAIRS.find((one) => words.startsWith(one.charAt(0)) && words.endsWith(one.charAt(1)));
  if (pair === undefined || words.length < 3) return words;
  const inner = words.slice(1, -1);
  return inner.includes(pair.charAt(0)) || inner.includes(pair.charAt(1)) ? words : inner.trim();
}
