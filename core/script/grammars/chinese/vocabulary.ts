// The words Chinese slug lines are made of. A slug line is read by these words, not by their position.
import type { IntExt, TimeOfDay } from '../../schema.ts';

const INT_EXT: ReadonlyMap<string, IntExt> = new Map<string, IntExt>([
  ...['内', '内景', '室内', 'INT', '內', '內景'].map((word) => [word, 'INT'] as const),
  ...['外', '外景', '室外', '户外', 'EXT', '戶外'].map((word) => [word, 'EXT'] as const),
  ...['内外', '外内', '内外景', '内景外景', 'INTEXT', 'IE', '內外', '外內', '內外景'].map(
    (word) => [word, 'INT_EXT'] as const,
  ),
]);

// 子丑 and 戌亥 are night, 寅卯 the hours of 平旦 and 日出, 酉 the hour of 日入.
const TIMES: Readonly<Record<Exclude<TimeOfDay, 'UNKNOWN'>, readonly string[]>> = {
  DAY: '日 白天 白日 日间 昼 白昼 上午 中午 正午 下午 午后 午 晌午 午间 大白天 DAY 日景 辰时 巳时 午时 未时 申时 阴天 晴天 雨天 雪天'.split(
    ' ',
  ),
  NIGHT: '夜 晚 夜晚 晚上 深夜 午夜 半夜 夜里 夜间 夜景 子夜 入夜 凌晨 后半夜 前半夜 NIGHT 子时 丑时 戌时 亥时'.split(
    ' ',
  ),
  DAWN: '晨 早 早晨 清晨 黎明 拂晓 破晓 凌晨时分 清早 一早 早上 日出 天亮 大清早 DAWN 晨间 晨景 平旦 寅时 卯时'.split(
    ' ',
  ),
  DUSK: '黄昏 傍晚 日落 昏 暮 薄暮 日暮 夕阳 DUSK 酉时 黃昏'.split(' '),
  SAME: '同前幕 同前 同上 同上场 同上一场 接上 接上场 接上一场 接前场 连续 紧接 紧接上场 同时 承上 SAME 续'.split(' '),
};

const TIME: ReadonlyMap<string, TimeOfDay> = new Map(
  Object.entries(TIMES).flatMap(([time, words]) => words.map((word) => [word, time as TimeOfDay] as const)),
);

// What may stand before the bare 日/夜/晨/晚/昏 or another time word: weather, season, counting of days.
const BEFORE =
  '(?:次|翌|隔|当|同|前|昨|今|明|后|第[一二三四五六七八九十百0-9]+|[一二三四五六七八九十百数几半两0-9]+)?(?:年|月|天|日|周|小时|个月|个小时)?(?:后|前)?(?:的)?(?:春|夏|秋|冬)?(?:日|天)?(?:大年三十|除夕|元宵|七夕|端午|圣诞|跨年|生日|洞房花烛)?(?:暴|大|小|风)?(?:雨|雪|月|晴|阴|雾|寒|星|风|深|初|除|元|白|平安|新婚|上元|中秋)?';
const COMPOUND = new RegExp(
  `^${BEFORE}(日|夜|晨|晚|昏|早|午|${[...TIME.keys()].filter((w) => /^[一-龥]{2,}$/.test(w)).join('|')})$`,
);
const HOUR = /^([子丑寅卯辰巳午未申酉戌亥])[时時](?:[一二三四初正末]刻?|[上下]半?|刻|初刻|正刻)?$/;
const CLOCK = /^(?:[0-9]{1,2}[:：][0-9]{2}(?::[0-9]{2})?|[0-9]{1,2}点(?:半|[0-9]{1,2}分?)?|[上下]午.{1,6}点.{0,3})$/;
const DATE =
  /^(?:[0-9]{2,4}[.／/年-][0-9]{1,2}[.／/月-][0-9]{1,2}[日号]?|[0-9]{4}年(?:[0-9]{1,2}月)?|[0-9]{1,2}月[0-9]{1,2}[日号]|[0-9一二三四五六七八九十百数几两半]+(?:年|个?月|天|日|周|小时|分钟)[后前])$/;
// Words that say when without saying day or night.
const WHEN =
  /^(?:(?:第[一二三四五六七八九十百0-9]+|次|翌|隔|当|同|前|昨|今|明)[日天年]|现代|古代|当代|近代|未来|现在|过去|当下|民国(?:时期|年间)?|清末|(?:唐|宋|元|明|清)[朝代]|[0-9一二三四五六七八九十]{1,4}年代)$/;
const SPAN = /^(?:日转夜|夜转日|日夜|日\/夜|夜\/日|夜转晨|晨转日|昼夜)$/;

/** INT, EXT or INT_EXT when the word says so: 内, 外景, 内/外. */
export function intExtOf(word: string): IntExt | undefined {
  return word.length > 6 ? undefined : INT_EXT.get(word.replace(/[/／、.．\s]/g, '').toUpperCase());
}

/** The time a word says: 雨夜 → NIGHT, 亥时三刻 → NIGHT, 2019.1.30 → UNKNOWN (a time, but none of day and night). Undefined when it is no time word. */
export function timeOf(word: string): TimeOfDay | undefined {
  if (word.length > 16) return undefined;
  const exact = TIME.get(word) ?? TIME.get(word.toUpperCase());
  if (exact !== undefined) return exact;
  const bracket = word.search(/[（(]/);
  if (bracket > 0) return timeOf(word.slice(0, bracket));
  const hour = HOUR.exec(word);
  if (hour) return TIME.get(`${hour[1]}时`);
  if (DATE.test(word) || CLOCK.test(word) || SPAN.test(word) || WHEN.test(word)) return 'UNKNOWN';
  const compound = COMPOUND.exec(word);
  return compound ? TIME.get(compound[1]!) : undefined;
}

const GLUED = /^(.*?)(内外|内|外)景?$/;

/** A word that says time and place kind at once: 日内, 内日, 夜外景. */
export function gluedOf(word: string): { time: TimeOfDay; timeText: string; intExt: IntExt } | undefined {
  if (word.length < 2 || word.length > 8) return undefined;
  const after = GLUED.exec(word);
  const before = /^(内外|内|外)景?(.+)$/.exec(word);
  for (const [timeText, side] of [
    [after?.[1], after?.[2]],
    [before?.[2], before?.[1]],
  ]) {
    const time = timeText ? timeOf(timeText) : undefined;
    const intExt = side ? intExtOf(side) : undefined;
    if (time !== undefined && intExt !== undefined && timeText) return { time, timeText, intExt };
  }
  return undefined;
}

const CJK_DIGITS = '零一二三四五六七八九';
const CAPITALS: Readonly<Record<string, string>> = {
  ...Object.fromEntries('壹贰叁肆伍陆柒捌玖'.split('').map((c, index) => [c, CJK_DIGITS.charAt(index + 1)])),
  〇: '零',
  两: '二',
  兩: '二',
  拾: '十',
};

/** The number a Chinese or Arabic numeral stands for: 二十一 → 21, 第〇三 → 3, ０３ → 3. Undefined when it is none. */
export function numeral(written: string): number | undefined {
  const ascii = written.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).trim();
  if (/^[0-9]{1,6}$/.test(ascii)) return Number(ascii);
  const plain = ascii.replace(/[〇两兩壹贰叁肆伍陆柒捌玖拾]/g, (c) => CAPITALS[c]!);
  if (/^[零一二三四五六七八九]+$/.test(plain))
    return Number(
      plain
        .split('')
        .map((c) => CJK_DIGITS.indexOf(c))
        .join(''),
    );
  if (!/^[零一二三四五六七八九十百千]+$/.test(plain)) return undefined;
  let sum = 0;
  let digit = 0;
  for (const c of plain) {
    const unit = c === '十' ? 10 : c === '百' ? 100 : c === '千' ? 1000 : 0;
    if (unit === 0) digit = CJK_DIGITS.indexOf(c);
    else {
      sum += (digit || 1) * unit;
      digit = 0;
    }
  }
  return sum + digit;
}
