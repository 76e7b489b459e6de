// What stands before the script: title, people, synopsis. Kept line by line as notes and harvested.
import type { Assembly } from '../../assembly.ts';
import { episodeLine } from './episode.ts';
import { fieldKind } from './field.ts';
import { isRule, isTableRow, unmarked } from './markdown.ts';

const SECTION_LEAD = /^(?:[#*\s【[（(]*)(?:[一二三四五六七八九十0-9]{1,3}\s*[、.．]\s*)?/;
const PEOPLE =
  /^(?:(?:主要|核心|重要|次要|登场|全剧|剧中)?(?:人物|角色)|剧中人)(?:小传|介绍|设定|表|简介|关系|档案|小传及关系)?(?:[：:】\])）*]*)$/;
const STORY =
  /^(?:(?:故事|剧情|剧本|内容|全剧|分集)?(?:梗概|大纲|简介|概要|提要|概述|内容简介)|一句话(?:故事|简介|梗概)|故事背景|世界观|LOGLINE)(?:[：:】\])）*]*)$/i;
const STORY_INLINE =
  /^(?:【(?=[^】]{2,8}】))?(?:故事梗概|剧情简介|故事简介|故事大纲|一句话故事|一句话梗概|一句话简介|梗概|简介|内容简介)(?:\s*[：:]|】\s*[：:]?)\s*(.+)$/s;
const OTHER =
  /^(?:正文|剧本正文|分集剧本|剧本|题材|类型|目录|版权|交付|备注|创作|集数|卖点|亮点|主题|受众|时长|风格)[^，。]{0,12}(?:[：:】\])）*]*)$/;
const TITLE =
  /^(?:(?:(?:微|竖屏|真人)?短剧|[漫动]剧|动态漫|广播剧|(?:分镜头?)?(?:剧本|脚本)|文档标题\s*[：:])\s*|(?:(?:剧名|片名|剧本名称|剧本名|项目名称|名称|作品名称|作品名|标题)\s*[：:]|【(?:剧名|片名|剧本名称|作品名称|作品名)】\s*[：:]?)\s*)?[《〈]([^》〉]{1,40})[》〉]/;
const TITLE_FIELD =
  /^(?:(?:剧名|片名|剧本名称|剧本名|项目名称|作品名称|作品名)\s*[：:]|【(?:剧名|片名|剧本名称|作品名称|作品名)】\s*[：:]?)\s*(.{1,40})$/;

// 1.林叶：… · 林星野（28）：… · 谢灯儿，十九岁，… · 李一鸣（男主 · 18 岁）
const PERSON =
  /^(?:[0-9０-９]{1,3}\s*[、.．)）]\s*|[-·•●○◎◆◇■□★☆※▲►▶]\s*|(?:男主|女主|男一|女一|男二|女二|主角|反派|配角)(?:角)?\s*[：:]\s*)?([一-龥A-Za-z][一-龥A-Za-z·•.\s]{0,14}?)(?:\s*[（(【]([^）)】]{0,60})[）)】])?\s*(?:([：:，,—–\-|])+\s*(.*))?$/s;

// 【林星野】：男，28岁
const NAME_IN_BRACKETS = /^[【［[]([^】］\]]{1,12})[】］\]]\s*[：:]?\s*(?=\S)/;

// ### 李一鸣（男主 · 18 岁）: a heading of their own says who they are
const CALLED_PERSON = /(?:^|[·・,，、/\s])[男女](?:$|[主一二三四·・,，、/\s])|[0-9０-９]\s*岁|主角|反派|配角/;

/** person: below the heading of one person that stands in no part of its own. */
type Section = 'none' | 'people' | 'person' | 'story' | 'other';

/** Reads the lines [from, to) as front matter: title, biographies and synopsis go to the assembly, every line becomes a note. Adds the names it finds to `known`. */
export function readFront(assembly: Assembly, from: number, to: number, known: Set<string>): void {
  const story: string[] = [];
  const first = unmarked(assembly.source.lines[from] ?? '');
  let section: Section = 'none';
  for (let at = from; at < to; at++) {
    assembly.note(at, 'front_matter');
    const marked = assembly.source.lines[at]!;
    const line = unmarked(marked);
    if (line === '' || isRule(line)) continue;
    if (readTitle(assembly, line)) continue;
    const heading = sectionOf(line);
    if (heading !== undefined) {
      section = heading;
      continue;
    }
    if (section === 'people' && isTableRow(line)) {
      readRow(assembly, at, line, known);
      continue;
    }
    const inline = line.length < 5000 ? STORY_INLINE.exec(line) : null;
    if (inline) story.push(inline[1]!);
    else if (section === 'story') story.push(line);
    else section = readPerson(assembly, at, line, section, /^#{1,6}\s|^\*\*/.test(marked), known);
  }
  if (assembly.title === '' && to > from && isBareTitle(first)) assembly.title = first;
  if (assembly.synopsis === '') assembly.synopsis = story.join('\n');
}

/** A few words on the first line, with no mark that makes them anything else: 归来, 离婚后，前夫跪求复合. */
const isBareTitle = (line: string) =>
  /^(?!楔子|序|引子|前言|.*岁)(?:[^：:，。！？；（(【△▲※■]{2,20}|[^：:，。！？；（(【△▲※■]{2,12}，[^：:，。！？；（(【△▲※■]{2,12}[！？]?)$/.test(
    line,
  ) &&
  sectionOf(line) === undefined &&
  fieldKind(line) === undefined &&
  !isRule(line);

/** Whether the line opens a part of the front matter (人物小传, 故事梗概, 正文 …), and which. */
export function sectionOf(line: string): Section | undefined {
  if (line.length > 30) return undefined;
  const words = line.replace(SECTION_LEAD, '').trim();
  if (PEOPLE.test(words)) return 'people';
  if (STORY.test(words)) return 'story';
  return OTHER.test(words) ? 'other' : undefined;
}

/** 《剧名》 or 剧名：… */
export function titleOf(line: string): string | undefined {
  if (line.length > 80) return undefined;
  return (TITLE.exec(line) ?? TITLE_FIELD.exec(line))?.[1]?.trim();
}

/** 第1-5集 are several. */
const RANGE = /[0-9〇零一二三四五六七八九十百]\s*[-—–~～至到、]\s*(?:第\s*)?[0-9〇零一二三四五六七八九十百]/;

/** 《剧名》第5集 above the first scene: the episode that a file of one is. The title is that of the script, not of one it tells of. */
export function episodeOfTitle(lines: readonly string[], title: string): number | undefined {
  for (const marked of lines) {
    const line = marked.length > 80 ? '' : unmarked(marked);
    if (titleOf(line) !== title) continue;
    const behind = line.replace(/^[^》〉]*[》〉][\s·：:—-]*/, '');
    const episode = RANGE.test(behind) ? undefined : episodeLine(behind);
    if (episode && episode.doubt === undefined) return episode.number;
  }
  return undefined;
}

function readTitle(assembly: Assembly, line: string): boolean {
  const title = titleOf(line);
  if (title === undefined) return false;
  if (assembly.title === '') assembly.title = title;
  return true;
}

/** Answers the section the next line stands in. */
function readPerson(
  assembly: Assembly,
  at: number,
  line: string,
  section: Section,
  marked: boolean,
  known: Set<string>,
): Section {
  const person = line.length < 5000 ? PERSON.exec(line.slice(0, 200).replace(NAME_IN_BRACKETS, '$1：')) : null;
  const name = person?.[1]?.trim() ?? '';
  if (
    person &&
    told(person, assembly.source.lines[at]!, section, marked) &&
    !NOT_NAMES.test(name) &&
    name.length <= 12
  ) {
    assembly.tell(name, line, at);
    known.add(name);
    return marked && section !== 'people' ? 'person' : section;
  }
  if (section === 'person' && marked) return 'none';
  const last = assembly.biographies.at(-1);
  if ((section === 'people' || section === 'person') && last !== undefined) last.text += `\n${line}`;
  return section;
}

/** | 顾星野 | 28 | 星舰舰长 |: the first cell is the name. The head of the table and its rule name nobody. */
function readRow(assembly: Assembly, at: number, line: string, known: Set<string>): void {
  const cells = line
    .slice(0, 5000)
    .split('|')
    .map((cell) => unmarked(cell.trim()));
  const [name = '', ...told] = cells.filter((cell) => cell !== '');
  if (told.length === 0 || !NAME_CELL.test(name) || NOT_NAMES.test(name)) return;
  assembly.tell(name, [name, ...told].join('，'), at);
  known.add(name);
}

const NAME_CELL = /^(?!(?:姓名|名字|名称|角色|人物|角色名|人物名|序号)$)[一-龥A-Za-z][一-龥A-Za-z·•.\s]{0,11}$/;

/** Whether the match tells of a person: inside a people section by its layout, outside only as 姓名（27岁）：… or under a heading ### 姓名（男主） */
function told(person: RegExpExecArray, line: string, section: Section, marked: boolean): boolean {
  const [, , bracket, separator, rest] = person;
  if (section !== 'people') {
    if (bracket === undefined) return false;
    return (separator !== undefined && /[岁0-9０-９男女主角]/.test(bracket)) || (marked && CALLED_PERSON.test(bracket));
  }
  if (bracket !== undefined || marked) return true;
  if (separator === undefined) return false;
  return (
    !/[，,]/.test(separator) || /^[0-9０-９\-·•●○◎◆◇■□★☆※▲►▶]/.test(line) || /[岁男女]/.test((rest ?? '').slice(0, 15))
  );
}

const NOT_NAMES =
  /^(?:年龄|性别|身份|性格|外貌|外形|职业|背景|关系|目标|动机|备注|人设|口头禅|特征|技能|经历|简介|类型|题材|集数|时长|版权|交付|全剧|每集|人物弧光|形象|穿着|服装|配角|主角|其他|内在需求|外在目标|缺点|优点|标签)/;
