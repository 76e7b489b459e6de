// The heads of a shot list: 镜号 · 场景 · 景别 · 画面 · 人物 · 台词 · 时长.
import { fieldKind } from '../../grammars/chinese/field.ts';
import { type Row, wordsOf } from './cell.ts';
import { isNumber, isOfSlug, isPlace, sceneWord } from './scene.ts';
import { SPOKEN } from './spoken.ts';

const PEOPLE = /^(?:出场人物|人物|角色|说话人)$/;

/** The script of a whole scene, line by line. */
const CONTENT = /^(?:内容|剧情|正文|剧本|剧情内容|剧本内容|剧本正文|场景内容)$/;

/** A longer cell is no head of a column. */
const HEAD_LENGTH = 40;

/** A column: `field` is the word that its cells are of, `kind` is empty when scripts know no such word. */
export type Column = {
  readonly at: number;
  readonly field: string;
  readonly kind: 'scene' | 'people' | 'spoken' | 'content' | 'field' | '';
};

/** The columns below these heads, or undefined: at least two must be fields of a shot, one of them what is seen or said. */
export function shotColumns(heads: Row): Column[] | undefined {
  const columns = heads.map((cell, at) => columnOf(cell.map((line) => line.trim()).join('') || wordsOf(cell), at));
  const has = (kind: Column['kind']) => columns.some((one) => one.kind === kind);
  const isShown = has('content') || columns.some(({ field }) => fieldKind(field) === 'action');
  const isSpoken = has('spoken');
  const known = columns.filter(({ kind }) => kind !== '' && (kind !== 'people' || isSpoken)).length;
  if (known < 2 || !(isSpoken || isShown)) return undefined;
  // 时间 alone may be how long a shot is, 人物 in a list of episodes who is new
  const isPlaced = columns.some(({ kind, field }) => kind === 'scene' && (isNumber(field) || isPlace(field)));
  const isOfScenes = has('content') && columns.some(({ kind, field }) => kind === 'scene' && isNumber(field));
  const isOfShots = isSpoken || isOfScenes || columns.some(({ field }) => fieldKind(field) === 'shot');
  return columns.map((one) => {
    if (one.kind === 'content' && !isOfScenes) return { ...one, kind: 'field' };
    if (one.kind === 'scene' && !isPlaced) return { ...one, kind: 'field' };
    return one.kind === 'people' && !isOfShots ? { ...one, kind: '' } : one;
  });
}

function columnOf(words: string, at: number): Column {
  if (PEOPLE.test(words)) return { at, field: words, kind: 'people' };
  if (words.length > HEAD_LENGTH) return { at, field: words, kind: '' };
  if (isOfSlug(sceneWord(words))) return { at, field: sceneWord(words), kind: 'scene' };
  if (CONTENT.test(words)) return { at, field: fieldKind(words) === undefined ? '内容' : words, kind: 'content' };
  // 画面/动作, 时长（秒）
  const names = words.replace(/[（(].*$/, '').split(/\s*[/／、+＋&]\s*/);
  if (names.some((name) => SPOKEN.test(name))) return { at, field: '台词', kind: 'spoken' };
  const field = names.find((name) => fieldKind(name) !== undefined);
  if (field === undefined) return { at, field: words, kind: '' };
  return { at, field, kind: isOfSlug(field) ? 'scene' : 'field' };
}
