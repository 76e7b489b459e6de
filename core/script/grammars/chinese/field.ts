// Lines of the form `word：value` whose word names a field of the script, not a person.
import type { ElementKind } from '../../schema.ts';
import { charset } from './charset.ts';
import { counted } from './label.ts';

const CAST =
  /^[【［[（(]?(?:(?:出场|登场|出镜)(?:人物|角色|人员|演员)?|(?:本场|在场|主要)人物|群众演员|群演|人物|角色|演员|人)(?:\s*[：:]\s*(.*)$|[】］\]]\s*[：:]?\s*(.*)$)/s;
/** A longer line is no list of people; splitting one is not linear. */
const CAST_LENGTH = 1000;
const CAST_FIRST = new Set('人出登角演本在主群【［[（('.split('').map((c) => c.charCodeAt(0)));
const CAST_SPACED = /^人(?:物)?[\s　]+(.+)$/;
const SCENE_WORD = '(场景|地点|场景地点|发生地点|拍摄地|环境|时间|场景时间|日夜|日/夜|内外景|内外|内/外景?|景|时|地)';
const SCENE = new RegExp(`^(?:${SCENE_WORD}\\s*[：:]|【${SCENE_WORD}】\\s*[：:]?)\\s*(.*)$`);
/** What else is told of a scene between its fields. */
const SCENE_MORE = /^[【［[]?(?:主要)?(?:道具|服装|服化道|服化|妆造|造型|备注|注|天气|氛围|时长)(?:\s*[：:]|[】］\]])/;

/** What stands behind 人物： (possibly nothing), or undefined. */
export function castOf(line: string): string | undefined {
  const first = line.charCodeAt(0);
  if (!CAST_FIRST.has(first) || line.length > CAST_LENGTH) return undefined;
  const match = CAST.exec(line);
  if (!match) return undefined;
  // 【人物：甲、乙】
  const written = match[1] ?? match[2]!;
  return /^[【［[（(]/.test(line) && match[2] === undefined ? written.replace(/[】］\])）]$/, '') : written;
}

/** `人 甲 乙`: a cast line without a colon; only to be asked right under a slug line. */
export const spacedCastOf = (line: string) =>
  line.length > 80 || /[。！？：:]/.test(line) ? undefined : CAST_SPACED.exec(line)?.[1];

export const isCastLine = (line: string) => castOf(line) !== undefined;

/** A cast line, or 道具：手机: what may stand between the fields of one scene. */
export const isBetweenFields = (line: string) => castOf(line) !== undefined || SCENE_MORE.test(line);

/** 时间：夜, 地点：书房, 【内外景】内: the parts of a slug line written one to a line. */
export function sceneField(line: string): { name: 'place' | 'time' | 'side'; value: string } | undefined {
  if (line.length > 80) return undefined;
  const match = SCENE.exec(line);
  if (!match) return undefined;
  const word = match[1] ?? match[2]!;
  const name = /^时|时间|日/.test(word) ? 'time' : word.startsWith('内') ? 'side' : 'place';
  return { name, value: match[3]! };
}

/** Labels of words seen on screen. */
export const CAPTIONS =
  '字幕 片尾字幕 片头字幕 预告字幕 人物字幕 插入字幕 标签 弹幕 插入弹幕 屏幕字幕 黑屏字幕 花字 人物条 字卡 屏显 手机屏幕 屏幕显示 手机短信 短信 短信内容 微信消息 微信内容 弹窗 聊天记录 报纸标题 新闻标题';
/** Lines of a panel that the system shows. */
const PANEL = '姓名 年龄 性别 身份 职业 等级 经验值 境界 修为 战力 战斗力 体力 积分 金币 余额 好感度 称号 技能 属性';
const PANEL_WORDS: ReadonlySet<string> = new Set(PANEL.split(' '));

/** 等级：1 is shown with its word, 任务：活下去 without. */
export const isOfPanel = (label: string) => PANEL_WORDS.has(label);

/** Labels of a cut to another place. */
export const CUTS =
  '切 切到 切至 切回 切换 切镜 画面切换 画面切到 画面切至 场景切换 场景转换 镜头切换 镜头切到 镜头切至';

const FIELDS: ReadonlyMap<string, ElementKind> = new Map<string, ElementKind>([
  ...kinds(
    'action',
    '特效 画面 动作 内容 镜头内容 画面内容 画面描述 剧情 动作描述 人物动作 表情 场面 场景描述 环境描述 开场 开头 结尾 片头 片尾 彩蛋',
  ),
  ...kinds('sound', '音效 音乐 背景音乐 背景音 主题曲 插曲 片尾曲 歌词 SE BGM bgm 配乐 环境音 声音 SFX ♪ ♫'),
  ...kinds(
    'caption',
    `${CAPTIONS} 微信 评论 电脑屏幕 报纸 招牌 牌匾 信 信件内容 纸条 日记 系统面板 任务 奖励 落版 广告语 SLOGAN Slogan slogan ${PANEL}`,
  ),
  ...kinds(
    'shot',
    '镜头 分镜 分镜头 镜号 镜 景别 机位 运镜 特写 特写镜头 空镜 空镜头 插入 插入镜头 分屏 角度 全景 中景 近景 远景',
  ),
  ...kinds('transition', `转场 过场 快切 淡入 淡出 蒙太奇 ${CUTS}`),
  ...kinds('flashback_start', '闪回 回忆 插叙 倒叙 闪前'),
  ...kinds(
    'note',
    '时间 时 地点 场景 景 道具 时长 备注 注 服装 妆造 服化道 服化 造型 场次 集数 字数 钩子 集尾钩子 结尾钩子 悬念 看点 爽点 情绪 情绪点 提示 说明 改编说明 ' +
      '拍摄提示 拍摄说明 制作备注 导演备注 编剧备注 本集梗概 本集概要 本集看点 本集简介 剧情梗概 梗概 PS ps 标题 集名 类型 题材 卡点 付费点 付费卡点 预计时长 灯光 色调 ' +
      '转折 冲突 高潮 反转 核心冲突 本集主题 本集钩子 下集看点 上集回顾 前情提要 前情回顾 背景 年代 天气 季节 光线 光影 情感 状态 人物状态 妆发 化妆 ' +
      '重点道具 关键道具 特殊道具 预估时长 场景说明 片名 编剧注 导演注 场记 后期 剪辑 剪辑提示 风格 ' +
      '内外景 内外 内/外 场景地点 发生地点 场景时间 日夜 环境 氛围 基调 主题 参考 版权 下集预告 禁止 色彩 构图 注意 ' +
      '引导 结尾引导 互动引导 引导语 开头钩子 开头3秒钩子 前三秒钩子 前3秒钩子 黄金三秒 黄金3秒 ' +
      '画风 画幅 比例 画面比例 平台 投放平台 品牌 形式 总集数 单集时长 每集时长 创作说明 创作思路 写作说明 编剧说明 剧本说明 ' +
      'Location Setting Title Credit Author Authors Source Contact Copyright',
  ),
]);

function kinds(kind: ElementKind, words: string): [string, ElementKind][] {
  return words.split(' ').map((word) => [word, kind]);
}

/** What kind of element `label：…` is when the label is a field word of scripts (时间, 道具, 画面 …). */
export const fieldKind = (label: string): ElementKind | undefined =>
  label.length > 8
    ? undefined
    : (FIELDS.get(label) ??
      (isDecorated(label) ? FIELDS.get(label.replace(COUNTER, '')) : undefined) ??
      ((label.endsWith('声') || label.endsWith('音')) && NOISE.test(label) ? 'sound' : undefined));

/** 手机铃声：, 敲门声：, 雷声：, 暴雨声： are heard; 男声：, 画外声： and 顾雨声： speak. */
const NOISE =
  /(?:微信|手机|短信|消息|来电)(?:提示)?音$|(?:铃|门|脚步|枪|警笛|汽笛|心跳|刹车|爆炸)声$|(?<!^[^大小暴细狂打闷惊春秋晚寒海山江冷微雷雨风响阵])[雷雨风]声$/;

/** Words of notes that stand before what happens or is seen, too. */
const EITHER = /^(?:转折|冲突|高潮|反转|环境|天气|状态|提示)$/;

/** What a field word in brackets makes of the words behind it; （关门声）甲冲进来。 and 【反转】甲摘下面具。 tell what is done. */
export const kindBefore = (framed: string): ElementKind | undefined =>
  framed.endsWith('声') || EITHER.test(framed) ? undefined : fieldKind(framed);

/** 镜头3： is a 镜头, 画面一： a 画面, 弹幕A： a 弹幕, ★钩子： a 钩子; 声音A： may be somebody, and SEA： is. */
const COUNTER =
  /^[★☆◎○]+\s*|\s*[#＃]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|(?<=[一-龥]{2})(?<!声音)[A-Z甲乙丙丁])$/g;
const DECORATION = charset('★☆◎○', '0123456789一二三四五六七八九十ABCDEFGHIJKLMNOPQRSTUVWXYZ甲乙丙丁');
const isDecorated = (label: string) =>
  DECORATION[label.charCodeAt(0)] === 1 || DECORATION[label.charCodeAt(label.length - 1)] === 2;

const NAME_NOTE = /[（(【[]([^）)】\]]*)[）)】\]]?/g;
const NO_VOICE = /[（(【[]?禁止\s*(?:声音|音色)(?:\s*[/／、]\s*(?:声音|音色))?[）)】\]]?/g;

/** 叶 辰: two characters set as wide as three by a full-width blank. */
const SET_WIDE = /^([一-龥])\u3000{1,2}([一-龥])$/;

/** 刘翠兰 沈国栋: whole names with a blank between; 苏 晓 is one name set wide, 食客 数人 one crowd. */
const BLANK_WITHIN = /^\s*[一-龥]{2,}(?:\s+(?!若干|[数多几两三四五六七八九十]+[人名位个])[一-龥]{2,})+\s*$/;

/** 人物：无, 人物：同上 */
const NOBODY = /^(?:暂?无|无人|同[上前]一?场?)$/;

/** The people of a cast line in order, and what stood in brackets behind a name. @param whole blanks are within a name: Mary Jane. */
export function castMembers(written: string, whole = false): { names: string[]; notes?: Record<string, string> } {
  const notes = new Map<string, string>();
  const names: string[] = [];
  for (const part of castParts(written.includes('禁止') ? written.replace(NO_VOICE, ' ') : written, whole)) {
    const noted = /[（(【[]/.test(part);
    const bare = (noted ? part.replace(NAME_NOTE, '') : part).replace(/^[\s·\-*]+|[\s。.*]+$/g, '');
    const name = bare.charCodeAt(1) === 0x3000 ? bare.replace(SET_WIDE, '$1$2') : bare;
    if (name === '' || NOBODY.test(name) || names.includes(name)) continue;
    names.push(...counted(name, names.at(-1) ?? '').filter((one) => !names.includes(one)));
    const note = noted ? [...part.matchAll(NAME_NOTE)].map((match) => match[1]!.trim()).join('；') : '';
    if (note !== '') notes.set(name, note);
  }
  return notes.size === 0 ? { names } : { names, notes: Object.fromEntries(notes) };
}

const [OPEN, CLOSE] = [1, 2];
const BETWEEN = charset('（(【[', '）)】]', '、，,/／；;|｜');

/** Splits at 、，,/；| outside brackets; at blanks too when there is no other separator, and between Chinese words: 甲、乙 丙. */
function castParts(written: string, whole: boolean): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let separated = false;
  const cut = (end: number) => {
    if (end > start) parts.push(written.slice(start, end));
    start = end + 1;
  };
  for (let i = 0; i < written.length; i++) {
    const mark = BETWEEN[written.charCodeAt(i)];
    if (mark === 0) continue;
    if (mark === OPEN) depth++;
    else if (mark === CLOSE) depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      separated = true;
      cut(i);
    }
  }
  cut(written.length);
  if (separated) return parts.flatMap((part) => (BLANK_WITHIN.test(part) ? part.trim().split(/\s+/) : [part]));
  return whole ? parts : written.split(/\s+(?![^（(]*[）)])/);
}
