// Words said in a table, with the name that another cell may give them.
import { labelOf } from '../../grammars/chinese/label.ts';
import { type Cell, filledLines } from './cell.ts';

export const SPOKEN = /^(?:台词|对白|对话)(?:内容)?$/;

/** Whether the words say themselves who speaks. */
export function isLabelled(line: string): boolean {
  const label = labelOf(line);
  return label !== undefined && (label.name !== '' || label.voice !== undefined);
}

/** 台词：甲：词 where the words say who, 甲：词 where `speaker` or the line before does, 台词：词 where nobody does. Stage business stays as it is. */
export function spokenLines(cell: Cell, speaker: string): string[] {
  let name = speaker;
  return filledLines(cell).map((line) => {
    if (isLabelled(line)) {
      const own = labelOf(line)!.name;
      // OS：词 is said by the one who is named beside it
      if (own === '' && name !== '') return `${name}${line}`;
      name = own;
      return `台词：${line}`;
    }
    if (/^[△▲※■【]/.test(line) || /^[（(][^）)]*[）)]$/.test(line)) return line;
    return `${name || '台词'}：${line}`;
  });
}
