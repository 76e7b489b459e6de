// Reads what stands behind the number of a slug line: any order of time, interior/exterior and place.
import type { IntExt, TimeOfDay } from '../../schema.ts';
import { isSamePlace } from './same-place.ts';
import { gluedOf, intExtOf, timeOf } from './vocabulary.ts';

export type SlugWords = {
  intExt: IntExt;
  time: TimeOfDay;
  timeText: string;
  location: string;
  /** How many time and interior/exterior words there were: the measure of how sure it is a slug line. */
  hits: number;
  /** People named behind 人物： on the same line; empty when none. */
  cast: string;
};

const LABEL =
  /(?:(?:场景|地点|时间|内外景|内外|内\/外景?|日夜|环境|拍摄地)|(?<=^|\s)[景时地])\s*[：:]\s*|【(?:场景|地点|时间|内外景?|日夜)】/g;
const CAST = /[\s，,；;。、(（【]*(?:出场人物|登场人物|出场角色|人物|角色|出场)\s*[：:]\s*/;
// （0:00–0:25）, （30秒）; （1） and （302） are part of the place
const RUNNING_TIME = /[（(](?=[^（()）]*[:：秒分sS])[0-9:：~～–—\-\s秒分sS]+[）)]/g;
const BOTH = /([内內]景?)\s*[/／、]\s*(外景?)|(外景?)\s*[/／、]\s*([内內]景?)/g;
const SEPARATOR = /([\s，,；;、|｜/／·•・.．。\-–—－:：【】[\]]+)/;
// （日/内）, （内景，日）: a bracket of such words only; any other bracket belongs to the place
const BRACKET = /[（(]([^（）()]*)[）)]/g;
const NOT_PLACE =
  /^(?:(?:进入?|插入)?(?:闪回|回忆|梦境|幻想|插叙|倒叙|蒙太奇|现实|想象)(?:中|开始|结束|画面|段落|镜头|场景)?)$/;
/** Before or behind a place it tells when it was so; 梦境·宫殿 is a place of its own. */
const PAST = /^(?:(?:进入?|插入)?(?:闪回|回忆|插叙|倒叙)(?:中|开始|结束|画面|段落|镜头|场景)?)$/;
/** Behind a place it tells the weather there. */
const WEATHER = /^(?:[大小暴中细雷阵]?[雨雪]|大?雾|多云|雷电|[晴阴雨雪雾]天?)$/;
const HEAD = /^(日|夜|晨|晚|黄昏|傍晚|清晨|深夜|凌晨)(内外|[内外](?!瓦|滩|婆|卖|蒙|科|贸|宅))景?[·：:]?(.+)$/;
const TAIL = /^(.{2,}?)(日|夜|晨|晚|黄昏|傍晚|清晨|深夜|凌晨)(内外|内|外)景?$/;

/** Reads the words of a slug line. Nothing is guessed: what no word says stays UNKNOWN or empty. */
export function slugWords(written: string): SlugWords {
  const words: SlugWords = { intExt: 'UNKNOWN', time: 'UNKNOWN', timeText: '', location: '', hits: 0, cast: '' };
  let rest = written;
  const colon = /[：:]/.test(written);
  const cast = colon ? CAST.exec(rest) : null;
  if (cast) {
    words.cast = rest.slice(cast.index + cast[0].length).replace(/[)）】\]]\s*$/, '');
    rest = rest.slice(0, cast.index);
  }
  if (/[（(]/.test(rest)) {
    rest = rest.replace(RUNNING_TIME, ' ');
    rest = rest.replace(BRACKET, (whole, inner: string) => opened(whole, inner, rest));
  }
  if (colon || rest.includes('】')) rest = rest.replace(LABEL, ' ');
  rest = rest.replace(BOTH, ' 内外 ');
  const parts: { readonly glue: string; readonly part: string }[] = [];
  let glue = '';
  for (const [index, part] of splitKeepingDates(rest).entries()) {
    if (index % 2 === 1) glue = part;
    else if (part !== '' && !take(words, part) && !(parts.length > 0 && WEATHER.test(part))) {
      parts.push({ glue, part });
      glue = '';
    }
  }
  // 【闪回】老宅; 回忆 alone may be all that is said
  const told = parts.filter(({ part }) => !PAST.test(part));
  const places = (told.length > 0 ? told : parts).map((one, at) => (at === 0 ? '' : joint(one.glue)) + one.part);
  words.location = places.join('').trim();
  if (words.hits === 0) takeGlued(words);
  takeSamePlace(words);
  return words;
}

/** What a bracket is replaced by: its words when they are a slug's, nothing for （回忆）, itself when it is part of the place. */
function opened(whole: string, inner: string, all: string): string {
  if (NOT_PLACE.test(inner)) return ' ';
  if (whole.trim() === all.trim()) return ` ${inner} `;
  const parts = inner.split(/[\s，,；;、|｜/·.．\-–—]+/).filter((part) => part !== '');
  const known = parts.every((part) => intExtOf(part) ?? timeOf(part) ?? gluedOf(part));
  return known && parts.length > 0 ? ` ${inner} ` : whole;
}

/** Parts and separators alternately; a date such as 2019.1.30 or a clock time is one part. */
function splitKeepingDates(text: string): string[] {
  if (!/[0-9]/.test(text)) return text.split(SEPARATOR);
  const safe = text.replace(/[0-9]+(?:[.:：/-][0-9]+)+/g, (date) => date.replace(/[.:：/-]/g, (c) => KEPT[c] ?? c));
  return safe.split(SEPARATOR).map((part) => part.replace(/[\ue000-\ue004]/g, (c) => UNKEPT[c] ?? c));
}

const KEPT: Readonly<Record<string, string>> = {
  '.': '\ue000',
  ':': '\ue001',
  '：': '\ue002',
  '/': '\ue003',
  '-': '\ue004',
};
const UNKEPT: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(KEPT).map(([a, b]) => [b, a]));

/** What is written between two parts of a place stays; a separator that stood beside a time word goes. */
function joint(glue: string): string {
  const kept = glue.replace(/[【】[\]|｜:：]/g, '');
  return kept.trim() === '' ? ' ' : kept;
}

function take(words: SlugWords, part: string): boolean {
  const intExt = intExtOf(part);
  if (intExt !== undefined && words.intExt === 'UNKNOWN') {
    words.intExt = intExt;
    words.hits++;
    return true;
  }
  const time = timeOf(part);
  if (time !== undefined) {
    if (words.time === 'UNKNOWN' || (words.time === 'SAME' && time !== 'UNKNOWN')) words.time = time;
    words.timeText = words.timeText === '' ? part : `${words.timeText} ${part}`;
    words.hits++;
    return true;
  }
  const glued = words.hits === 0 ? gluedOf(part) : undefined;
  if (glued === undefined) return false;
  words.intExt = glued.intExt;
  words.time = glued.time;
  words.timeText = glued.timeText;
  words.hits += 2;
  return true;
}

/** 同上 日 内: beside a time of its own 同上 is the place. */
function takeSamePlace(words: SlugWords): void {
  if (words.location !== '' || words.time === 'SAME' || words.time === 'UNKNOWN') return;
  const told = words.timeText.split(' ');
  const same = told.find(isSamePlace);
  if (same === undefined) return;
  words.location = same;
  words.timeText = told.filter((word) => word !== same).join(' ');
}

/** 张家客厅夜内, 夜内张家客厅: time and side glued to the place. */
function takeGlued(words: SlugWords): void {
  const head = HEAD.exec(words.location);
  const tail = head ? null : TAIL.exec(words.location);
  const [place, time, side] = head ? [head[3]!, head[1]!, head[2]!] : tail ? [tail[1]!, tail[2]!, tail[3]!] : [];
  if (place === undefined || time === undefined || side === undefined) return;
  words.location = place;
  words.timeText = time;
  words.time = timeOf(time) ?? 'UNKNOWN';
  words.intExt = intExtOf(side) ?? 'UNKNOWN';
  words.hits = 2;
}
