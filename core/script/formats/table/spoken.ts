// Words said in a table, with the name that another cell may give them.
import { fieldKind } from '../../grammars/chinese/field.ts';
import { labelOf } from '../../grammars/chinese/label.ts';
import { type Cell, filledLines } from './cell.ts';

export const SPOKEN = /^(?:台词|对白|对话)(?:内容)?$/;

/** Whether the words say themselves who speaks. */
export function isLabelled(line: string): boolean {
  const label = labelOf(line);
  return label !== undefined && (label.name !== '' || label.voice !== undefined);
}

/** 甲：走。 / 乙：来。 in one line of a cell: what each says. */
function speechesOf(line: string): string[] {
  const parts = line.split(/(?<=[。！？!?…～~”」])\s*[/／|｜]\s*/);
  return parts.length > 1 && parts.every((part) => isLabelled(part) && !/^[0-9]/.test(part)) ? parts : [line];
}

/** 台词：甲：词 where the words say who, 甲：词 where `speaker` or the line before does, 台词：词 where nobody does. Stage business and other fields stay as they are. */
export function spokenLines(cell: Cell, speaker: string): string[] {
  let name = speaker;
  return filledLines(cell)
    .flatMap(speechesOf)
    .map((line) => {
      if (isLabelled(line)) {
        const own = labelOf(line)!.name;
        // 音效：雷声 below 台词/音效
        if (fieldKind(own) !== undefined) return line;
        // OS：词 is said by the one who is named beside it
        if (own === '' && name !== '') return `${name}${line}`;
        name = own;
        return `台词：${line}`;
      }
      if (/^[△▲※■【]/.test(line) || /^[（(][^）)]*[）)]$/.test(line)) return line;
      return `${name || '台词'}：${line}`;
    });
}
