// Forms: what is told of a scene stands in rows of a word and what it says: 场次 | 1-1, 地点 | 客厅, 内容 | …
import { episodeLine } from '../../grammars/chinese/episode.ts';
import { castOf, fieldKind } from '../../grammars/chinese/field.ts';
import { headingLine } from '../../grammars/chinese/heading.ts';
import { type Cell, filledLines, isFilled, ownCells, type Row, wordsOf } from './cell.ts';
import { isNumber, isOfSlug, isPlace, sceneWord, slugLine, slugRank } from './scene.ts';
import { SPOKEN, spokenLines } from './spoken.ts';

/** No word: a cell over the whole width. */
type Pair = { readonly word: string; readonly value: Cell };

/** The script of the scene itself; its lines say what they are. */
const CONTENT = /^(?:内容|正文|剧情内容|剧本内容|剧本正文|场景内容|画面内容|内容描述|)$/;

/** A form of one scene or more as lines, or undefined. It must name a scene, and tell its number or what happens in it. */
export function formLines(rows: readonly Row[]): string[] | undefined {
  const own = rows.map(ownCells);
  const pairs = headed(own) ?? own.map(pairsOf);
  if (pairs.some((row) => row === undefined)) return undefined;
  const all = pairs.flatMap((row) => row!).filter((pair, at, before) => !isSaid(pair, before[at - 1]));
  const first = all.findIndex(({ word }) => word !== '');
  const told = all.slice(first);
  const isScene = told.some(({ word, value }) => (isNumber(word) || isPlace(word)) && isFilled(value));
  const isWhole = told.some(({ word }) => isNumber(word) || CONTENT.test(word) || SPOKEN.test(word));
  if (first < 0 || told.length < 2 || !isScene || !isWhole) return undefined;
  return [
    ...all.slice(0, first).flatMap(({ value }) => value),
    ...scenesOf(told).flatMap((scene) => scene.toSorted((one, two) => rank(one) - rank(two)).flatMap(linesOf)),
  ];
}

/** 第2场 | 街道 | 夜 | 外: the slug line that a row is, or undefined. */
export function headingRow(row: Row): string | undefined {
  const cells = row.filter(isFilled).map(wordsOf);
  const line = cells.join(' ');
  if (cells.length < 2 || line.length > 60 || episodeLine(line) !== undefined) return undefined;
  const heading = headingLine(line);
  return heading?.certainty === 'sure' && heading.number !== '' && heading.words.hits > 0 ? line : undefined;
}

const wordOf = (cell: Cell) => sceneWord(wordsOf(cell).replace(/\s|[：:]$/g, ''));
const isCast = (word: string) => castOf(`${word}：`) !== undefined;
const isWord = (word: string) =>
  word !== '' && (CONTENT.test(word) || SPOKEN.test(word) || isCast(word) || fieldKind(word) !== undefined);

/** 场次 | 1-1 | 时间 | 日 内, one below the other in a cell, or a cell over the whole width. */
function pairsOf(row: Row): Pair[] | undefined {
  if (row.length === 1) {
    const [word = '', ...value] = filledLines(row[0]!);
    return value.length === 1 && isWord(wordOf([word]))
      ? [{ word: wordOf([word]), value }]
      : [{ word: '', value: row[0]! }];
  }
  const pairs: Pair[] = [];
  for (let at = 0; at + 1 < row.length; at += 2) pairs.push({ word: wordOf(row[at]!), value: row[at + 1]! });
  return row.length % 2 === 0 && pairs.every(({ word }) => isWord(word)) ? pairs : undefined;
}

/** The words in one row, what they say in the next. */
function headed([heads = [], values = [], ...more]: readonly Row[]): Pair[][] | undefined {
  if (more.length > 0 || heads.length !== values.length || heads.length < 3) return undefined;
  const pairs = heads.map((cell, at) => ({ word: wordOf(cell), value: values[at]! }));
  return pairs.every(({ word, value }) => isWord(word) && !isWord(wordOf(value))) ? [pairs] : undefined;
}

/** The number of a scene said twice in a row. */
const isSaid = ({ word, value }: Pair, before: Pair | undefined) =>
  isNumber(word) && before?.word === word && wordsOf(before.value) === wordsOf(value);

/** The word with which the first scene begins begins every scene. */
function scenesOf(pairs: readonly Pair[]): Pair[][] {
  const first = pairs.find((pair) => rank(pair) < 4)!.word;
  const scenes: Pair[][] = [];
  for (const pair of pairs) {
    if (scenes.length === 0 || (pair.word === first && scenes.at(-1)!.some(({ word }) => word === first)))
      scenes.push([]);
    scenes.at(-1)!.push(pair);
  }
  return scenes;
}

/** The slug line, then the people; the rest as it stands. */
const rank = ({ word }: Pair) => (isOfSlug(word) ? slugRank(word) : isCast(word) ? 3 : 4);

function linesOf({ word, value }: Pair): string[] {
  const lines = filledLines(value);
  if (word === '') return lines;
  if (lines.length === 0) return [`| ${word} |  |`];
  if (SPOKEN.test(word)) return spokenLines(value, '');
  if (CONTENT.test(word) && (lines.length > 1 || word !== '画面内容')) return lines;
  if (isOfSlug(word)) return [slugLine(word, lines.join(' '))];
  return isCast(word) ? [`${word}：${lines.join('、')}`] : lines.map((line) => `${word}：${line}`);
}
