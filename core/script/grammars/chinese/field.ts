// Lines of the form `word：value` whose word names a field of the script, not a person.
import type { ElementKind } from '../../schema.ts';

const CAST =
  /^[【［[（(]?(?:出场人物|登场人物|出场角色|登场角色|本场人物|出镜人物|人物|角色|出场|登场|演员|人)(?:\s*[：:]\s*(.*)$|[】］\]]\s*[：:]?\s*(.*)$)/s;
/** A longer line is no list of people; splitting one is not linear. */
const CAST_LENGTH = 1000;
const CAST_FIRST = new Set('人出登角演本【［[（('.split('').map((c) => c.charCodeAt(0)));
const CAST_SPACED = /^人(?:物)?[\s　]+(.+)$/;
const SCENE_WORD = '(场景|地点|拍摄地|环境|时间|日夜|日/夜|内外景|内外|景|时)';
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
  const name = /^时|日/.test(word) ? 'time' : /内外/.test(word) ? 'side' : 'place';
  return { name, value: match[3]! };
}

/** Labels of words seen on screen. */
export const CAPTIONS =
  '字幕 片尾字幕 片头字幕 预告字幕 人物字幕 标签 弹幕 屏幕字幕 黑屏字幕 花字 人物条 字卡 屏显 手机屏幕 屏幕显示 手机短信 短信 短信内容 微信消息 微信内容 弹窗 聊天记录 报纸标题 新闻标题';
/** Labels of a cut to another place. */
export const CUTS =
  '切 切到 切至 切回 切换 切镜 画面切换 画面切到 画面切至 场景切换 场景转换 镜头切换 镜头切到 镜头切至';

const FIELDS: ReadonlyMap<string, ElementKind> = new Map<string, ElementKind>([
  ...kinds('action', '画面 动作 内容 镜头内容 画面内容 画面描述 剧情'),
  ...kinds('sound', '音效 音乐 背景音乐 BGM bgm 配乐 环境音 声音 SFX ♪ ♫'),
  ...kinds('caption', `${CAPTIONS} 微信`),
  ...kinds('shot', '镜头 分镜 分镜头 镜号 镜 景别 机位 运镜 特写 空镜 全景 中景 近景 远景'),
  ...kinds('transition', `转场 淡入 淡出 蒙太奇 ${CUTS}`),
  ...kinds('flashback_start', '闪回 回忆 插叙 倒叙 闪前'),
  ...kinds(
    'note',
    '时间 时 地点 场景 景 道具 时长 备注 注 服装 妆造 服化道 服化 造型 场次 集数 字数 钩子 集尾钩子 结尾钩子 悬念 看点 爽点 情绪 情绪点 提示 说明 改编说明 ' +
      '拍摄提示 拍摄说明 制作备注 导演备注 编剧备注 本集梗概 本集概要 本集看点 本集简介 剧情梗概 梗概 PS ps 标题 集名 类型 题材 卡点 付费点 付费卡点 预计时长 灯光 色调 ' +
      '内外景 内外 日夜 环境 氛围 基调 主题 参考 版权 下集预告 禁止 色彩 构图 注意 ' +
      'Title Credit Author Authors Source Contact Copyright',
  ),
]);

function kinds(kind: ElementKind, words: string): [string, ElementKind][] {
  return words.split(' ').map((word) => [word, kind]);
}

/** What kind of element `label：…` is when the label is a field word of scripts (时间, 道具, 画面 …). */
export const fieldKind = (label: string): ElementKind | undefined =>
  label.length > 8 ? undefined : (FIELDS.get(label) ?? FIELDS.get(label.replace(COUNTER, '')));

/** 镜头3： is a 镜头, 画面一： a 画面. */
const COUNTER = /\s*[#＃]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})$/;

const NAME_NOTE = /[（(【[]([^）)】\]]*)[）)】\]]?/g;
const NO_VOICE = /[（(【[]?禁止\s*(?:声音|音色)(?:\s*[/／、]\s*(?:声音|音色))?[）)】\]]?/g;

/** The people of a cast line in order, and what stood in brackets behind a name. */
export function castMembers(written: string): { names: string[]; notes?: Record<string, string> } {
  const notes = new Map<string, string>();
  const names: string[] = [];
  for (const part of castParts(written.includes('禁止') ? written.replace(NO_VOICE, ' ') : written)) {
    const noted = /[（(【[]/.test(part);
    const name = (noted ? part.replace(NAME_NOTE, '') : part).replace(/^[\s·\-*]+|[\s。.*]+$/g, '');
    if (name === '' || names.includes(name)) continue;
    names.push(name);
    const note = noted ? [...part.matchAll(NAME_NOTE)].map((match) => match[1]!.trim()).join('；') : '';
    if (note !== '') notes.set(name, note);
  }
  return notes.size === 0 ? { names } : { names, notes: Object.fromEntries(notes) };
}

/** Splits at 、，,/；| outside brackets; at blanks only when there is no other separator. */
function castParts(written: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let separated = false;
  const cut = (end: number) => {
    if (end > start) parts.push(written.slice(start, end));
    start = end + 1;
  };
  for (let i = 0; i < written.length; i++) {
    const c = written.charAt(i);
    if ('（(【['.includes(c)) depth++;
    else if ('）)】]'.includes(c)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && '、，,/／；;|｜'.includes(c)) {
      separated = true;
      cut(i);
    }
  }
  cut(written.length);
  if (separated) return parts;
  return written.split(/\s+(?![^（(]*[）)])/);
}
