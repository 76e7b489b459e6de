// The words of a slug line that stand in cells of their own: 场次, 场景, 时间, 内外.
import { sceneField } from '../../grammars/chinese/field.ts';

/** 场号 and 场序 are 场次 by other words. */
export const sceneWord = (word: string) => (/^(?:场号|场序|场次号)$/.test(word) ? '场次' : word);

export const isNumber = (word: string) => word === '场次';
export const isPlace = (word: string) => sceneField(`${word}：`)?.name === 'place';
export const isOfSlug = (word: string) => isNumber(word) || sceneField(`${word}：`) !== undefined;

/** The number comes first, then the place, then the rest. */
export const slugRank = (word: string) => (isNumber(word) ? 0 : isPlace(word) ? 1 : 2);

/** 场次：1-1; 第1场 says by itself what it is. */
export const slugLine = (word: string, value: string) =>
  isNumber(word) && value.startsWith('第') ? value : `${word}：${value}`;
