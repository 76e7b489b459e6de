// Episode headings: 第1集 · 第一集 标题 · 【第12集】 · EPISODE 1 · （第1集完） is an end.
import { numeral } from './vocabulary.ts';

export type EpisodeLine = { readonly number: number; readonly title: string };

const NUMBERED =
  /^[【［[(（]?\s*第\s*([0-9０-９]{1,4}|[零〇一二三四五六七八九十百两]{1,6})\s*([集话回])\s*([^】］\])）]*?)\s*[】］\])）]?\s*(.*)$/;
const ENGLISH = /^[【[]?\s*(?:EPISODE|EP|E)\s*[.#]?\s*([0-9]{1,4})\s*[】\]]?\s*(?:[：:.\-—–\s]\s*(.*))?$/i;
const ENDING = /^(?:[\s·—-]*)(?:完|终|结束|剧终|END)[。.]?$/i;
const SEPARATED = /^[\s：:、.．·—–\-《「“]/;
const SENTENCE = /[。；，,]/;
const RUNS_ON = /^(?:里|中|的|开始|时|后|前|合|结尾|开头|播出|讲|说|共|是|与|和|到|至|、)/;

/** The number and title when the line (free of Markdown marks) is an episode heading. `第3集` inside a sentence is text. */
export function episodeLine(line: string): EpisodeLine | undefined {
  if (line.length > 60) return undefined;
  const match = NUMBERED.exec(line);
  if (!match) {
    const english = ENGLISH.exec(line);
    return english ? { number: Number(english[1]), title: tidy(english[2] ?? '') } : undefined;
  }
  const number = numeral(match[1]!);
  const raw = line
    .slice(line.indexOf(match[2]!) + 1)
    .replace(/^[】］\])）]/, ' ')
    .replace(/[】］\])）]$/, '');
  if (number === undefined || ENDING.test(raw)) return undefined;
  const title = tidy(raw);
  if (title === '' || SEPARATED.test(raw)) return title.length > 40 || /。/.test(title) ? undefined : { number, title };
  return title.length > 14 || SENTENCE.test(title) || RUNS_ON.test(title) ? undefined : { number, title };
}

/** True for （第1集完）, 第一集 完, 【本集完】, 【全剧终】, 未完待续 and the like. */
export function endLine(line: string): boolean {
  return line.length <= 24 && END.test(line);
}

const END =
  /^[【［[(（—–\-=\s]*(?:第\s*[0-9０-９零〇一二三四五六七八九十百两]{1,6}\s*[集话回]\s*[·：:—\-\s]*(?:完|终|结束)|本集(?:完|终|结束|剧终)|(?:全剧|剧|全文|正片|正文)(?:终|完|结束)|全剧完结|完结|完|终|未完待续|敬请期待|THE END|END|FIN)[】］\])）—–\-=。.！!\s]*$/i;

const tidy = (title: string) =>
  title
    .replace(/^[\s：:、.．·—–-]+/, '')
    .replace(/^《([^》]*)》$/, '$1')
    .trim();
