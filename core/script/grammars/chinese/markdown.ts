// Markdown is noise in a script, but a line of it may be furniture: a rule, a table.

const BOLD = /\*{1,3}|__|~~/g;
const CODE = /^`[^`]+`$/;
const LEAD = /^(?:#{1,6}\s{0,8}|>\s?|[-*+]\s{1,8}(?=\S)){1,8}/;

// 🎬 第1集, 📍场景1: before a blank, or right before what a heading or a bold word begins with
const EMOJI =
  /^(?:(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)\u200d?){1,4}(?:\s+(?=\S)|(?=[第场集【EＥ0-9]))/u;

/** The words without Markdown marks and the picture in front of them. Cheap for lines without any, which is nearly all. */
export function unmarked(line: string): string {
  const words = withoutMarks(line);
  const first = words.charCodeAt(0);
  const isPicture = (first >= 0xd83c && first <= 0xd83e) || (first >= 0x2600 && first < 0x2c00);
  return isPicture ? words.replace(EMOJI, '') : words;
}

function withoutMarks(line: string): string {
  const first = line.charCodeAt(0);
  // # > - * + _ ~
  // `音效：雷声`
  if (first === 96 && CODE.test(line)) return line.slice(1, -1).trim();
  const leads = first === 35 || first === 62 || first === 45 || first === 42 || first === 95 || first === 126;
  if (!leads && !line.includes('**') && !line.includes('__')) return line;
  const bare = line.replace(LEAD, '');
  return (bare.length < 4 || !/[*_~]{2}|^\*|\*$/.test(bare) ? bare : bare.replace(BOLD, '')).trim();
}

const RULE = /^(?:[-=_*~—–─━·.。＊＝－\s]{3,}|[-—–─━=＝*]{2,}|```.*)$/;

/** A line of marks only: ---, ***, ═══. Nothing of it is read. */
export const isRule = (line: string) => line.length < 200 && RULE.test(line);

/** A row of a table: | 集 | 时长 | */
export const isTableRow = (line: string) => line.charCodeAt(0) === 124 && line.lastIndexOf('|') > 0;
