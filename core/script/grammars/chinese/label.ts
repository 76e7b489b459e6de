// The part of a line before its colon: who speaks, how, and with what voice.
import type { Voice } from '../../schema.ts';
import { charset } from './charset.ts';

export type Label = {
  /** What stands before the colon, brackets and voice marks removed. */
  readonly name: string;
  /** Contents of the brackets that are no voice mark. */
  readonly paren: string;
  readonly voice: Voice | undefined;
  /** Index of the first character behind the colon. */
  readonly end: number;
};

/** Longest speaker label: joint speakers and roles (禁军副统领甲、禁军副统领乙) fit, sentences do not. */
const NAME_LENGTH = 16;
const PAREN_LENGTH = 120;

const [COLON, OPEN] = [1, 2];
const MARKS = charset('：:', '（(【[〔［', '，。！？；…,!?;“”"「」『』《》<>△▲※■=|%￥$\t');
const CLOSES = charset('）)】]〕］');

const VOICES: readonly (readonly [RegExp, Voice])[] = [
  [/^(?:O\.?S\.?|O\.?C\.?|内心|心声|独白|内心独白|心理|心想|心理活动|内心OS|画外|画外声|不出镜)$/i, 'OS'],
  [/^(?:V\.?O\.?|旁白|画外音|解说|话外音|旁白音)$/i, 'VO'],
  [/电话|手机|语音|视频通话|视频里|对讲机|广播|电视|收音机|耳机|听筒|音箱|录音|扩音器|喇叭/, 'PHONE'],
];

/** A character that every word for a voice has. */
const VOICED = /[oOvV画心独旁解外音不电手语视对广收耳听录扩喇]/;

/** OS, VO or PHONE when the bracketed words say how a line is heard. */
export function voiceOf(words: string): Voice | undefined {
  if (words.length > 20 || !VOICED.test(words)) return undefined;
  for (const [pattern, voice] of VOICES) if (pattern.test(words)) return voice;
  return undefined;
}

/** OS and VO stand behind a Chinese name or apart: Carlos and Gustavo are names. */
const SUFFIX =
  /^(.*?)[\s·\-—–_]*((?<=^|[\p{Script=Han}\s·.\-—–_]|\p{Script=Han}[A-Z0-9])(?:O\.?S\.?|V\.?O\.?)|画外音|(?<=.)画外|内心独白|内心|心声|独白|旁白)$/iu;

const INNER = /(?:内心|心里|心中|心想|心声)$/;

const SUFFIX_END = /[sSoO.音白心声外]$/;

/** 众人齐声, 甲乙异口同声: together is how it is said. */
const CHORUS = /^(.+?)(齐声|同声|异口同声)$/;
const CHORUS_END = /[齐同]声$/;

/** The label of a line, or undefined when no colon comes before the first sentence mark. Looks at a bounded prefix only. */
export function labelOf(line: string): Label | undefined {
  let name = '';
  const brackets: string[] = [];
  let from = 0;
  for (let i = 0; i < line.length && i - from <= NAME_LENGTH + 4; i++) {
    const mark = MARKS[line.charCodeAt(i)];
    if (mark === 0) continue;
    if (mark === COLON) {
      return isColon(line, i) ? labelled(name + line.slice(from, i), brackets, behindColon(line, i)) : undefined;
    }
    if (mark !== OPEN) return undefined;
    const close = closing(line, i);
    if (close < 0) return unclosed(line, i);
    name += line.slice(from, i);
    const inner = line.slice(i + 1, close).trim();
    if (i > 0 || !/^[0-9]{1,3}$/.test(inner)) brackets.push(inner);
    i = close;
    from = close + 1;
  }
  return undefined;
}

/** 10:30 and https:// have none. */
function isColon(line: string, at: number): boolean {
  if (line.charAt(at) !== ':') return true;
  const isTime = /[0-9]/.test(line.charAt(at - 1)) && /[0-9]/.test(line.charAt(at + 1));
  return !isTime && !line.startsWith('//', at + 1);
}

/** 甲：：词 — struck twice */
function behindColon(line: string, at: number): number {
  const colon = line.charCodeAt(at);
  let end = at + 1;
  while (line.charCodeAt(end) === colon) end++;
  return end;
}

/** 甲（冷笑：词 — the bracket was forgotten. */
function unclosed(line: string, open: number): Label | undefined {
  const match = /^.([^，。！？：:]{1,12})[：:]/.exec(line.slice(open, open + 16));
  return match ? labelled(line.slice(0, open), [match[1]!.trim()], open + match[0].length) : undefined;
}

function closing(line: string, open: number): number {
  const end = Math.min(line.length, open + PAREN_LENGTH);
  for (let i = open + 1; i < end; i++) if (CLOSES[line.charCodeAt(i)] === 1) return i;
  return -1;
}

function labelled(written: string, brackets: readonly string[], end: number): Label | undefined {
  let name = written.trim();
  if (name.length > NAME_LENGTH) return undefined;
  if (COUNT_FIRST[name.charCodeAt(0)] === 1) name = name.replace(COUNT, '');
  let voice: Voice | undefined;
  const paren: string[] = [];
  for (const bracket of brackets) {
    if (CONTINUED.test(bracket)) continue;
    if (!VOICED.test(bracket)) {
      paren.push(bracket);
      continue;
    }
    const found = voice === undefined ? voiceOf(bracket) : undefined;
    if (found === undefined) paren.push(...voiceless(bracket));
    else {
      voice = found;
      // 电话里，着急: the manner stays
      if (found === 'PHONE') paren.push(bracket);
    }
    voice ??= bracket
      .split(/[，,、；;\s]+/)
      .map(voiceOf)
      .find((v) => v !== undefined);
  }
  const chorus = CHORUS_END.test(name) ? CHORUS.exec(name) : null;
  if (chorus) {
    name = chorus[1]!.trim();
    paren.push(chorus[2]!);
  }
  const suffix = SUFFIX_END.test(name) ? SUFFIX.exec(name) : null;
  if (suffix && voice === undefined && (suffix[1] !== '' || /^[OV]/i.test(name) || /内心|心声|独白/.test(name))) {
    voice = voiceOf(suffix[2]!);
    // 甲内心OS, 甲心里OS: twice the same
    name = suffix[1]!.trim().replace(INNER, '').trim();
  }
  return { name, paren: paren.length === 0 ? '' : mannersOf(...paren), voice, end };
}

/** 2）秘书：, ③甲： are items of a list, as (4) 夏晚： is; ①号： is somebody. */
const COUNT = /^(?:[0-9]{1,3}\s*[）)]|[①-⑳])\s*(?=[^\s0-9号])/;
const COUNT_FIRST = charset('0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳');

/** How something is said, told in several places. */
export const mannersOf = (...told: readonly string[]): string => told.filter((one) => one !== '').join('；');

/** (CONT'D) behind an English name and 【台词】 before any say nothing of how it is spoken. */
const CONTINUED = /^(?:CONT(?:['’‘]?D|INUED|INUING)?\.?|台词|对白)$/i;

/** OS，冷笑 → 冷笑 */
function voiceless(bracket: string): string[] {
  const parts = bracket.split(/[，,、；;\s]+/);
  const marks = parts.filter((part) => voiceOf(part) !== undefined && voiceOf(part) !== 'PHONE');
  return marks.length === 0 ? [bracket] : [parts.filter((part) => !marks.includes(part)).join('，')];
}

const NARRATIVE_END = /(?:[着了的道说喊问叫写曰]|显示|传来|出现|浮现|如下|字样|响起|画面|大字|写有|念道|只见)$/;
const NARRATIVE_START =
  /^(?:他[^们]|她[^们]|它|这|那(?!人)|只见|突然|忽然|此时|然后|于是|接着|随后|同时|原来|上面|上写|纸上|墙上|屏幕|镜头|画面|门上|信上|牌子|众人看|手机|[0-9０-９]+[.、．]?$|https?$)/;

/** Whether an unknown label may be a person's: 赵局长 yes, 墙上写着 no. */
export function speakable(name: string): boolean {
  if (name === '' || name.length > 10) return false;
  if (/^[0-9０-９\s.\-—]+$|[{}]/.test(name)) return false;
  return !NARRATIVE_END.test(name) && !NARRATIVE_START.test(name);
}

/** 甲、乙 → [甲, 乙]; 甲和乙, 甲 乙 only when both are known. 保镖甲乙, 保镖甲/乙 and 保镖甲和保镖乙 are two of a kind. */
export function speakersOf(name: string, knows: (name: string) => boolean): string[] {
  if (knows(name)) return [name];
  const parts = name.split(/\s*[、/／\\&＆+＋，,]\s*/).filter((part) => part !== '');
  if (parts.length > 1) return parts.flatMap((part) => counted(part, parts[0]!));
  const alike = counted(name, '');
  if (alike.length > 1) return alike;
  const apart = name.split(/\s+/);
  if (apart.length > 1 && apart.every(knows)) return apart;
  const pair = /^(.+?)(?:和|与|跟|同)(.+)$/.exec(name);
  if (!pair) return [name];
  const [, one, other] = pair as unknown as [string, string, string];
  const areAlike = baseOf(one) !== undefined && baseOf(one) === baseOf(other);
  return areAlike || (knows(one) && knows(other)) ? [one, other] : [name];
}

/** Each of 保镖甲乙; 乙 behind 保镖甲 is 保镖乙. Any other name as it is. */
export function counted(name: string, before: string): string[] {
  const several = /^(.{2,}?)([甲乙丙丁戊]{2,4})$/.exec(name);
  if (several) return several[2]!.split('').map((letter) => several[1]! + letter);
  return [/^[甲乙丙丁戊]$/.test(name) ? (baseOf(before) ?? '') + name : name];
}

/** 保镖 of 保镖甲 */
const baseOf = (name: string) => /^(.{2,})[甲乙丙丁戊A-E1-5]$/.exec(name)?.[1];

/** 冷笑（甲）：词 → 甲（冷笑）：词, when 甲 is known and 冷笑 is not. */
export function swapped(label: Label, knows: (name: string) => boolean): Label {
  const { name, paren } = label;
  // 画外音（甲）, 电话（甲）: the voice before who has it
  const voice = knows(paren) && !knows(name) ? voiceOf(name) : undefined;
  if (voice !== undefined) return { ...label, name: paren, paren: voice === 'PHONE' ? name : '', voice };
  return paren !== '' && knows(paren) && !knows(name) ? { ...label, name: paren, paren: name } : label;
}

const SAYS = /^(?!的)([^的写念]{0,8}?)(?:说|道|说道|问|问道|喊|喊道|叫|叫道|答|答道|吼|吼道|骂|骂道)$/;

/** 甲冷笑道：“词” → 甲（冷笑）, when 甲 is known; undefined when the words before the colon say something else. */
export function quotedLabel(label: Label, knows: (name: string) => boolean): Label | undefined {
  for (let length = label.name.length - 1; length > 0; length--) {
    const name = label.name.slice(0, length);
    const how = knows(name) ? SAYS.exec(label.name.slice(length)) : null;
    if (how) return { ...label, name, paren: mannersOf(label.paren, how[1]!) };
  }
  return undefined;
}
