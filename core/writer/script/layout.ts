// The layout of scripts that are written here: one our own parser reads without doubt, by language. Pure.
import type { Language } from './brief.ts';

/** Told to the model. */
export const layouts: Readonly<Record<Language, (number: number) => string>> = {
  zh: (n) => `第${n}集 集名
（空一行）
${n}-1 夜 内 地点 —— 每场一行：集-场、日或夜或晨或昏、内或外或内/外、地点；场号从 1 起连续
人物：甲、乙 —— 本场所有出场和说话的人，用顿号隔开
△看得见、听得见的动作，每段一行
甲：台词，一人一行
乙（低声）：带语气或动作的台词
甲（OS）：画外音或内心独白
每场之间空一行。不用 Markdown，不写解说、镜头或“完”。`,
  en: (n) => `EPISODE ${n}: TITLE
(a blank line)
INT. PLACE - DAY   one for each scene: INT. or EXT. or INT./EXT., the place, DAY or NIGHT or DAWN or DUSK
(a blank line)
What is seen, in the present tense. A blank line before and behind every paragraph.

NAME
(how, where it matters)
What is said, directly under the name.

NAME (V.O.)
What is heard only.

Names above speech in capitals. No Markdown, no transitions, no camera, no "THE END".`,
};

/** What stands before the first episode, so that its heading is not read as a title page. */
export const leads: Readonly<Record<Language, string>> = { zh: '', en: 'Title: Script\n\n' };

/** How an episode begins in this layout. */
const heads: Readonly<Record<Language, RegExp>> = {
  zh: /^\s*第\s*\S{1,6}\s*集/m,
  en: /^\s*EPISODE\s+\S/m,
};

/** What is said to the client behind a script: it speaks of the writing. What somebody may say or do as well stays, for it would be lost. */
const farewells: Readonly<Record<Language, RegExp>> = {
  zh: /^[（(【]?(?=.*(?:剧本|版本|改写|修改|调整|续写|第.{1,4}集))(?:以上(?:就)?是[^：:]|希望[^：:]*(?:满意|喜欢|帮助|符合|要求)|如[果需有您][^：:]*(?:告诉我|告知|随时|继续)|需要我[^：:]*[吗？?])/,
  en: /^[([]?(?=.*\b(?:script|screenplay|episodes?|season|draft|rewrites?|revisions?|changes|adjustments|tweaks|edits)\b)(?:I hope (?:this|you)|Let me know if you|Would you like me to|Feel free to)\b/,
};
const rule = /^[-*_=—]{3,}$/;

/**
 * A text without words to the client at its end, and rules in front of them: read with it, they would be what is done in its last scene. They
 * stand apart from it; what is right below another line may be what is said there.
 * @param isSource lines of the script that is written on, which stay.
 */
export function unaddressed(text: string, language: Language, isSource = (_line: string): boolean => false): string {
  const lines = text.trimEnd().split('\n');
  const said = lines.map((line) => line.trim());
  const isGap = (line: string): boolean => line === '' || rule.test(line);
  const from = said.findLastIndex((line) => !isGap(line) && (!farewells[language].test(line) || isSource(line))) + 1;
  const gap = said.findIndex((line, at) => at >= from && isGap(line));
  return gap < 0 ? text : lines.slice(0, gap).join('\n');
}

/**
 * A text without what models put around it: a fence, a sentence before the heading or behind the end, marks of emphasis. Lines are trimmed at their ends, and no
 * more than one is blank in a row.
 */
export function cleaned(text: string, language: Language): string {
  const bare = unaddressed(text.replace(/^\s*```\w*\s*$/gm, ''), language)
    .replace(/\*\*/g, '')
    .replace(/^#+\s+/gm, '');
  const head = bare.search(heads[language]);
  return bare
    .slice(Math.max(0, head))
    .replace(/[ \t\u3000]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
