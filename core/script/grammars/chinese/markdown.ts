// Markdown and the bullets of word processors are noise in a script, but a line of it may be furniture: a rule, a page number, a table.

const BOLD = /\*{1,3}|__|~~/g;
const CODE = /^`[^`]+`$/;
const LEAD = /^(?:#{1,6}\s{0,8}|>\s?|[-*+]\s{1,8}(?=\S)){1,8}/;

/** •	沈母：词, as lists are copied out of Word and 飞书; the last five are bullets of its symbol fonts. */
const BULLET = /^(?:[•◦▪‣\uf06c\uf06e\uf0a7\uf0b7\uf0d8]\s{0,8}|·\s{1,8})(?=\S)|^·(?=[一-龥【△（])/;

/** 人 物：…, 叶 辰（低声）：…: two characters set as wide as three by full-width blanks. */
const WIDE = /^([一-龥])\u3000{1,2}([一-龥])(?=\s*[：:（(【])/;

// 🎬 第1集, 📍场景1: before a blank, or right before what a heading or a bold word begins with
const EMOJI =
  /^(?:(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)\u200d?){1,4}(?:\s+(?=\S)|(?=[第场集【EＥ0-9]))/u;

/** The words without Markdown marks and the picture in front of them. Cheap for lines without any, which is nearly all. */
export function unmarked(line: string): string {
  const bare = withoutMarks(withoutBullet(line));
  const words = bare.charCodeAt(1) === 0x3000 ? bare.replace(WIDE, '$1$2') : withColon(bare);
  const first = words.charCodeAt(0);
  const isPicture = (first >= 0xd83c && first <= 0xd83e) || (first >= 0x2600 && first < 0x2c00);
  return isPicture ? words.replace(EMOJI, '') : words;
}

/** 时间	夜, as a table of two columns is pasted: its word stands before a tab. */
const TABBED = /^(场次|时间|地点|场景|内外景?|人物|出场人物|角色|道具)[ \u3000]*\t\s*(?=[^\s\t][^\t]*$)/;

function withColon(line: string): string {
  const tab = line.indexOf('\t');
  return tab > 1 && tab < 6 ? line.replace(TABBED, '$1：') : line;
}

function withoutBullet(line: string): string {
  const first = line.charCodeAt(0);
  // · • and beyond
  const leads = first === 183 || (first >= 0x2022 && first < 0x2600) || first >= 0xf000;
  return leads ? line.replace(BULLET, '') : line;
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

/** 第 2 页 共 88 页, 第2页/共88页, 页码 2 */
const PAGE =
  /^[-—–\s]*(?:第\s*[0-9]{1,4}\s*页(?:\s*[，,/／|]?\s*[（(]?共\s*[0-9]{1,4}\s*页[）)]?)?|页码?\s*[：:]?\s*[0-9]{1,4})[-—–\s]*$/;

/** A line of marks only, ---, ***, ═══, or the number of a page. Nothing of it is read. */
export const isRule = (line: string) => line.length < 200 && (RULE.test(line) || isPage(line));

/** The number of a page, which may stand amid a speech. */
export const isPage = (line: string) => line.length < 40 && PAGE.test(line);

/** A row of a table: | 集 | 时长 | */
export const isTableRow = (line: string) => line.charCodeAt(0) === 124 && line.lastIndexOf('|') > 0;
