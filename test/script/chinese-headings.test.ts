// Headings of Chinese scripts have no standard: each shape seen, with what it says.
import { describe, expect, it } from 'vitest';
import { parseText } from '../../core/script/index.ts';
import { outline } from './outline.ts';

/** Two episodes headed `first` and `second`, a scene each. */
const twoEpisodes = (first: string, second: string) =>
  parseText(`${first}\n1-1 日 内 客厅\n人物：甲\n甲：走。\n${second}\n2-1 夜 外 院子\n甲：来。\n`);

const EPISODES: readonly (readonly [string, string, string])[] = [
  ['第1集', '第2集', ''],
  ['第 1 集', '第 2 集', ''],
  ['第１集', '第２集', ''],
  ['第001集', '第002集', ''],
  ['第一集', '第二集', ''],
  ['第壹集', '第贰集', ''],
  ['第1集：', '第2集：', ''],
  ['第一集 归来', '第二集 归来', '归来'],
  ['第一集：归来', '第二集：归来', '归来'],
  ['第1集-归来', '第2集-归来', '归来'],
  ['第1集、归来', '第2集、归来', '归来'],
  ['第1集·归来', '第2集·归来', '归来'],
  ['第1集 | 归来', '第2集 | 归来', '归来'],
  ['第1集（归来）', '第2集（归来）', '归来'],
  ['第1集《归来》', '第2集《归来》', '归来'],
  ['《第1集 归来》', '《第2集 归来》', '归来'],
  ['第1集 归来（上）', '第2集 归来（上）', '归来（上）'],
  ['第1集（约2分钟）', '第2集（约2分钟）', ''],
  ['第1集正文', '第2集正文', ''],
  ['🎬第1集 归来', '🎬第2集 归来', '归来'],
  ['## 🎬 EP01 | 归来', '## 🎬 EP02 | 归来', '归来'],
  ['第1集 谁在说谎？', '第2集 谁在说谎？', '谁在说谎？'],
  ['第一集 我回来了，你们准备好了吗', '第二集 我回来了，你们准备好了吗', '我回来了，你们准备好了吗'],
  ['**第一集：归来**', '**第二集：归来**', '归来'],
  ['# 第01集　归来', '# 第02集　归来', '归来'],
  ['＃第1集', '＃第2集', ''],
  ['【第1集】', '【第2集】', ''],
  ['【第1集】归来', '【第2集】归来', '归来'],
  ['[第1集]', '[第2集]', ''],
  ['（第1集）', '（第2集）', ''],
  ['“第1集”', '“第2集”', ''],
  ['----第1集----', '----第2集----', ''],
  ['=====第1集=====', '=====第2集=====', ''],
  ['——第1集——', '——第2集——', ''],
  ['★第1集★', '★第2集★', ''],
  ['·第1集·', '·第2集·', ''],
  ['第一话 归来', '第二话 归来', '归来'],
  ['第1回 归来', '第2回 归来', '归来'],
  ['第1章 归来', '第2章 归来', '归来'],
  ['集数：第1集', '集数：第2集', ''],
  ['集数：1', '集数：2', ''],
  ['剧集：第1集', '剧集：第2集', ''],
  ['1集', '2集', ''],
  ['1.归来', '2.归来', '归来'],
  ['1、归来', '2、归来', '归来'],
  ['EPISODE 1', 'EPISODE 2', ''],
  ['Episode 1: 归来', 'Episode 2: 归来', '归来'],
  ['EPISODE ONE', 'EPISODE TWO', ''],
  ['## EP01 归来', '## EP02 归来', '归来'],
  ['EP.1', 'EP.2', ''],
];

describe('an episode heading', () => {
  it.each(EPISODES)('%s', (first, second, title) => {
    expect(outline(twoEpisodes(first, second))).toEqual([
      `E1 ${title}`.trim(),
      'S1-1 INT DAY 客厅 [甲]',
      '甲 走。',
      `E2 ${title}`.trim(),
      'S2-1 EXT NIGHT 院子',
      '甲 来。',
    ]);
  });

  it('of two episodes in one counts as the first of them', () => {
    expect(twoEpisodes('第1-2集', '第3-4集').episodes.map((episode) => episode.number)).toEqual([1, 3]);
  });

  it('may stand on the same line as the slug line', () => {
    const text = '第1集第1场 日 内 客厅\n甲：走。\n第1集第2场 夜 外 院子\n甲：来。\n第2集第1场 日 内 客厅\n甲：好。\n';
    expect(outline(parseText(text))).toEqual([
      '(E1)',
      'S1 INT DAY 客厅',
      '甲 走。',
      'S2 EXT NIGHT 院子',
      '甲 来。',
      '(E2)',
      'S1 INT DAY 客厅',
      '甲 好。',
    ]);
  });

  it.each([
    '他在第5集里出现过。',
    '第3集的时候他死了',
    '集数：80集',
    '第二集合点在哪',
    '第1集讲他归来。',
    '（第1集完）',
    '第一集 完',
  ])('is not: %s', (line) => {
    const document = parseText(`第9集\n9-1 日 内 客厅\n△甲走。\n${line}\n`);
    expect(document.episodes.map((episode) => episode.number)).toEqual([9]);
  });
});

/** A scene headed by `heading`, as the first of episode 1. */
const scene = (heading: string) => outline(parseText(`第1集\n${heading}\n△甲走。\n甲：走。\n`))[1];

const HEADINGS: readonly (readonly [heading: string, number: string])[] = [
  ['1-1 日 内 客厅', '1-1'],
  ['1-1日 内 客厅', '1-1'],
  ['1-1、客厅 日 内', '1-1'],
  ['11.1 客厅 内 日', '11.1'],
  ['3—1场景：日，内，客厅', '3-1'],
  ['1 场景：【日 客厅 内】', '1'],
  ['场2-1 日 内 客厅', '2-1'],
  ['第1场　客厅 日 内', '1'],
  ['第一场：客厅 日 内', '一'],
  ['第1-1场 日 内 客厅', '1-1'],
  ['1场 客厅 内 日', '1'],
  ['场次（1）地点：客厅，日，内', '1'],
  ['场次1：日/内/客厅', '1'],
  ['场01 客厅 日 内', '01'],
  ['场景1：客厅 日 内', '1'],
  ['场景 1：客厅 - 日 - 内', '1'],
  ['场景1-1：客厅，日，内', '1-1'],
  ['场景：1-1 客厅 日 内', '1-1'],
  ['【1-1 客厅 日 内】', '1-1'],
  ['【1-1】 日 内 客厅', '1-1'],
  ['（1-1 客厅 日 内）', '1-1'],
  ['1-1【日】【内】【客厅】', '1-1'],
  ['1-1 [日] [内] 客厅', '1-1'],
  ['1-1（日、内、客厅）', '1-1'],
  ['1-1 客厅（日/内）', '1-1'],
  ['1集1场 客厅 日 内', '1-1'],
  ['1.\n地点：客厅 日 内', '1'],
  ['1、\n时间：日\n地点：客厅\n内/外：内', '1'],
  ['场次：1\n场景：客厅\n时间：日\n内/外：内', '1'],
  ['1-1\n场景地点：客厅\n场景时间：日\n内外景：内', '1-1'],
  ['E01S01 日 内 客厅', '1-1'],
  ['（一）客厅 日 内', '一'],
  ['1-1 日 内 客厅 大雨', '1-1'],
  ['1. 客厅（内景，日）', '1'],
  ['1-1 客厅 日内', '1-1'],
  ['1-1 日内 客厅', '1-1'],
  ['1-1 内日 客厅', '1-1'],
  ['1-1 客厅日内', '1-1'],
  ['1.1日内客厅', '1.1'],
  ['1-1-日-内-客厅', '1-1'],
  ['1–1. 客厅—日—内', '1-1'],
  ['1—1、日、内、客厅', '1-1'],
  ['1－1　日　内　客厅', '1-1'],
  ['１－１ 日 内 客厅', '1-1'],
  ['1-1A 日 内 客厅', '1-1A'],
  ['1-1 日·内·客厅', '1-1'],
  ['1-1 白天 室内 客厅', '1-1'],
  ['1-1 日景 内景 客厅', '1-1'],
  ['1-1 第二天 日 内 客厅', '1-1'],
  ['1-1 民国时期 日 内 客厅', '1-1'],
  ['1-1 日 内 客厅（回忆）', '1-1'],
  ['**1-1 日 内 客厅**', '1-1'],
  ['*1-1 日 内 客厅*', '1-1'],
  ['### 1-1 日 内 客厅', '1-1'],
  ['- 1-1 日 内 客厅', '1-1'],
  ['◎1-1 客厅 日 内', '1-1'],
  ['■ 1-1 客厅 日 内', '1-1'],
  ['●1-1 日 内 客厅', '1-1'],
  ['▶ 第一场 客厅 日 内', '一'],
  ['◆场景四：日 内 客厅', '四'],
  ['> 1-1 日 内 客厅', '1-1'],
  ['一、客厅 内 日', '一'],
  ['1. 内景 客厅 日', '1'],
  ['S01 客厅 日 内', '01'],
  ['SCENE 1 客厅 日 内', '1'],
  ['Scene 1: 客厅 日 内', '1'],
  ['第一幕 第一场 客厅 日 内', '一'],
  ['1-1 INT. 客厅 - DAY', '1-1'],
  ['INT. 客厅 - 日', '1'],
  ['内景. 客厅 - 日', '1'],
  ['内 客厅 日', '1'],
  ['日 内 客厅', '1'],
  ['客厅，日，内', '1'],
  ['客厅/日/内', '1'],
  ['客厅 - 日 - 内', '1'],
  ['【场景】客厅 日 内', '1'],
  ['场景：客厅（日，内）', '1'],
  ['地点：客厅 时间：日 内', '1'],
  ['时间：日 地点：客厅 内', '1'],
  ['场景1\n日 内 客厅', '1'],
  ['### 场1-2\n日 内 客厅', '1-2'],
  ['1-1\n客厅 日 内', '1-1'],
  ['第 1 场　开端 · 厅（0:00–0:25）\n**场景**：客厅 日 内', '1'],
  ['场次：1\n地点：客厅\n时间：日\n内外景：内', '1'],
  ['场次：1-1\n时间：日\n地点：客厅\n内景', '1-1'],
  ['时间：日 内\n地点：客厅', '1'],
  ['时间：日\n内外景：内\n场景：客厅', '1'],
  ['场次（2）\n地点：客厅，日，内', '2'],
  ['1-1\n【地点：客厅】\n【时间：日】\n【内外景：内】', '1-1'],
  ['1-1\n地：客厅\n时：日\n景：内', '1-1'],
  ['第1场 景：客厅 时：日 内', '1'],
  ['【场景】客厅 【时间】日 【内外】内', '1'],
  ['📍 1-1 日 内 客厅', '1-1'],
];

describe('a slug line is read by its words, not by their order', () => {
  it.each(HEADINGS)('%s', (heading, number) => {
    expect(scene(heading)).toBe(`S${number} INT DAY 客厅`);
  });

  it.each([
    ['1-1 亥时三刻 内 王府·书房', 'S1-1 INT NIGHT 王府·书房'],
    ['1-1 亥时 外 灯市', 'S1-1 EXT NIGHT 灯市'],
    ['1-1 2019.1.30 外 街道', 'S1-1 EXT UNKNOWN 街道'],
    ['1-1 同前幕 内 客厅', 'S1-1 INT SAME 客厅'],
    ['1-1 日/夜 内/外 教室/楼梯间', 'S1-1 INT_EXT DAY 教室/楼梯间'],
    ['1-1 雨夜 外景 码头', 'S1-1 EXT NIGHT 码头'],
    ['1-1 夜外 王府 后院', 'S1-1 EXT NIGHT 王府 后院'],
    ['1-1 黎明 外 山顶', 'S1-1 EXT DAWN 山顶'],
    ['1-1 清晨 内 病房', 'S1-1 INT DAWN 病房'],
    ['1-1 凌晨 内外 车上', 'S1-1 INT_EXT NIGHT 车上'],
    ['1-1 黄昏 外 海边', 'S1-1 EXT DUSK 海边'],
    ['1-1 第二天清晨 内 客厅', 'S1-1 INT DAWN 客厅'],
    ['1-1 三日后 日 外 校场', 'S1-1 EXT DAY 校场'],
    ['1-1 大年三十夜 内 客厅', 'S1-1 INT NIGHT 客厅'],
    ['1-1 日 客厅', 'S1-1 UNKNOWN DAY 客厅'],
    ['1-1 内 客厅', 'S1-1 INT UNKNOWN 客厅'],
    ['1.碎心湖畔 日', 'S1 UNKNOWN DAY 碎心湖畔'],
    ['+场 医院走廊', 'S+场 UNKNOWN UNKNOWN 医院走廊'],
    ['1-1 日 内 301病房', 'S1-1 INT DAY 301病房'],
    ['1-1 夜 外 2号码头', 'S1-1 EXT NIGHT 2号码头'],
    ['1-1 夜 内 夜店包厢', 'S1-1 INT NIGHT 夜店包厢'],
    ['1-1 日 内 外贸公司', 'S1-1 INT DAY 外贸公司'],
    ['1-1 日 外 内城门', 'S1-1 EXT DAY 内城门'],
    ['1-1 傍晚，外，操场 人物：甲、乙', 'S1-1 EXT DUSK 操场 [甲 乙]'],
    ['场次（1）地点：面馆，夜，内；出场人物：甲，乙', 'S1 INT NIGHT 面馆 [甲 乙]'],
    ['1-1 客厅（二楼） 日 内', 'S1-1 INT DAY 客厅（二楼）'],
    ['【场次1】渡口 日 外', 'S1 EXT DAY 渡口'],
    ['【第2场】渡口客厅 夜 内', 'S2 INT NIGHT 渡口客厅'],
    ['[场景3] 日 内 家', 'S3 INT DAY 家'],
    ['（第四场）家 日 内', 'S四 INT DAY 家'],
  ])('%s', (heading, expected) => {
    expect(scene(heading)).toBe(expected);
  });

  it.each([
    '■甲走进客厅',
    '■ 日 内 甲走来',
    '● 1、甲的钥匙',
    '● 3 把椅子',
    '◆第二场雨来了',
    '●3-5 个人 站在屋内，夜',
    '●2.5 米高的墙 外',
    '◎第三场 比赛 开始了，外面下雨',
    '●1-2 个人 屋内 夜',
    '●7-1 老墙 外',
    '●1-2 天 屋内 夜',
    '●1-2 名保镖 屋内 夜',
    '▶甲和乙 3-1 打平',
    '时间：三天后',
    '时间：三天后\n△甲又来。\n△甲坐下。',
    '内景',
  ])('a mark or a field alone makes none: %s', (line) => {
    const document = parseText(`第1集\n1-1 日 内 客厅\n△甲走。\n${line}\n△乙走。\n`);
    expect(document.episodes.map(({ scenes }) => scenes.length)).toEqual([1]);
  });

  it('a mark before one of the episode under way or the next makes one', () => {
    const text = '◎1-1 客厅 日 内\n甲：走。\n◎1-2 天台 夜 外\n甲：来。\n◎2-1 屋顶 夜 外\n甲：好。\n';
    expect(outline(parseText(text)).filter((line) => line.startsWith('S'))).toEqual([
      'S1-1 INT DAY 客厅',
      'S1-2 EXT NIGHT 天台',
      'S2-1 EXT NIGHT 屋顶',
    ]);
  });

  it.each(['2026年到了。', '1.2版本发布', '3-1 比分', '他在1-1场出现。', '比分3-1 结束', '10:30 出发', '1-1。'])(
    'is not: %s',
    (line) => {
      const document = parseText(`第1集\n1-1 日 内 客厅\n△甲走。\n${line}\n△乙走。\n`);
      expect(document.episodes[0]!.scenes).toHaveLength(1);
    },
  );

  it('keeps numbers as written, with gaps and letters, and says what is odd', () => {
    const document = parseText('第8集\n8-3A 日 内 甲\n△一。\n8-3A 日 内 乙\n△二。\n8-9 夜 外 丙\n△三。\n');
    expect(document.episodes[0]!.scenes.map((one) => one.number)).toEqual(['8-3A', '8-3A', '8-9']);
    expect(document.warnings.map((warning) => warning.code)).toEqual(['duplicate_scene', 'scene_gap']);
  });
});

describe('a slug line of another time', () => {
  const second = (heading: string) =>
    outline(parseText(`第1集\n1-1 日 内 客厅\n林晚：好。\n${heading}\n林晚：走。\n`)).filter((line) =>
      line.startsWith('S'),
    )[1];

  it.each([
    ['1-2 【闪回】沈家老宅 夜 外', 'S1-2 EXT NIGHT 沈家老宅'],
    ['【闪回】1-2 沈家老宅 夜 外', 'S1-2 EXT NIGHT 沈家老宅'],
    ['1-2 沈家老宅（回忆） 夜 外', 'S1-2 EXT NIGHT 沈家老宅'],
    ['1-2 闪回 沈家老宅 夜 外', 'S1-2 EXT NIGHT 沈家老宅'],
    ['1-2 梦境·宫殿 夜 内', 'S1-2 INT NIGHT 梦境·宫殿'],
    ['1-2 当晚 医院走廊 内', 'S1-2 INT NIGHT 医院走廊'],
    ['1-2 次日清晨 医院走廊 内', 'S1-2 INT DAWN 医院走廊'],
    ['1-2 三年后 医院走廊 日 内', 'S1-2 INT DAY 医院走廊'],
  ])('says where and when: %s', (heading, expected) => {
    expect(second(heading)).toBe(expected);
  });

  it.each([
    ['1-2 同上 夜 内', 'S1-2 INT NIGHT 客厅'],
    ['1-2 夜 内 同上', 'S1-2 INT NIGHT 客厅'],
    ['场景：同上\n时间：夜', 'S2 UNKNOWN NIGHT 客厅'],
    ['1-2 街道 同上', 'S1-2 UNKNOWN SAME 街道'],
  ])('is in the place of the scene before where it says 同上: %s', (heading, expected) => {
    expect(second(heading)).toBe(expected);
  });
});

describe('fields of one scene with the cast or the props between them', () => {
  const LINES = '人物：林晚、顾言之\n';
  it.each([
    ['1-1\n时间：日\n人物：林晚、顾言之\n地点：客厅', 'S1-1 UNKNOWN DAY 客厅 [林晚 顾言之]'],
    ['1-1 日 内\n出场人物：林晚、顾言之\n场景：客厅', 'S1-1 INT DAY 客厅 [林晚 顾言之]'],
    ['第1场 日 内\n人物：林晚\n道具：手机\n场景：客厅', 'S1 INT DAY 客厅 [林晚]'],
    ['场次：1\n人物：林晚\n时间：日\n场景：客厅', 'S1 UNKNOWN DAY 客厅 [林晚]'],
    ['场景1\n人物：林晚\n地点：客厅\n时间：日', 'S1 UNKNOWN DAY 客厅 [林晚]'],
    ['【场景】客厅\n【时间】日\n【人物】林晚', 'S1 UNKNOWN DAY 客厅 [林晚]'],
    ['第一场\n景：客厅\n时：日\n人：林晚', 'S一 UNKNOWN DAY 客厅 [林晚]'],
  ])('%s', (heading, expected) => {
    const { episodes } = parseText(`第1集\n${heading}\n林晚：好。\n`);
    const read = outline(parseText(`第1集\n${heading}\n林晚：好。\n`));
    expect(read.filter((line) => line.startsWith('S'))).toEqual([expected]);
    expect(read.at(-1)).toBe('林晚 好。');
    expect(episodes[0]!.scenes[0]!.elements.some(({ kind }) => kind === 'cast')).toBe(true);
  });

  it('the time above the place belongs to the scene it begins, not to the one before', () => {
    const text =
      '第1集\n\n时间：日 内\n地点：客厅\n人物：林晚\n林晚：好。\n\n时间：夜 外\n人物：顾言之\n地点：街道\n顾言之：走。\n';
    expect(outline(parseText(text))).toEqual([
      'E1',
      'S1 INT DAY 客厅 [林晚]',
      '林晚 好。',
      'S2 EXT NIGHT 街道 [顾言之]',
      'note 地点：街道',
      '顾言之 走。',
    ]);
  });

  it('a place behind them is another scene when the one above has its place, or has begun', () => {
    const scenes = (text: string) => outline(parseText(`第1集\n${text}`)).filter((line) => line.startsWith('S'));
    expect(scenes(`地点：客厅\n${LINES}地点：街道\n林晚：好。\n`)).toHaveLength(2);
    expect(scenes(`1-1 日 内\n${LINES}△林晚走。\n地点：街道\n林晚：好。\n`)).toHaveLength(2);
  });
});
