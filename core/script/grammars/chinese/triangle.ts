// The marks that stand before a line of action: △甲推开门。
import { charset } from './charset.ts';

const MARKS = '△▲▴▵Δ※■◆●▽▼◇□▶►';
const IS_MARK = charset(MARKS);
const LEAD = new RegExp(`^[${MARKS}]+\\s*[：:]?\\s*`);

/** Whether the line begins with such a mark. */
export const isTriangle = (line: string) => IS_MARK[line.charCodeAt(0)] === 1;

const IS_MARKED = charset(`${MARKS}【#`);

/** Whether the line begins with such a mark, or with one of a heading or a bracket: what begins so is nobody's words. */
export const isMarked = (line: string) => IS_MARKED[line.charCodeAt(0)] === 1;

/** △：甲推开门。 → 甲推开门。 */
export const withoutTriangle = (line: string) => line.replace(LEAD, '');
