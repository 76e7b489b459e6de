// Whole Chinese scripts in small: front matter, contents, prologues, scripts laid out with Markdown.
import { describe, expect, it, test } from 'vitest';
import { parseText } from '../../core/script/index.ts';
import { outline } from './outline.ts';

const told = (text: string) => {
  const { title, biographies, synopsis } = parseText(text);
  return { title, people: biographies.map(({ name }) => name), synopsis };
};
const BODY = '第1集\n1-1 日 内 客厅\n林星野：我回来了。\n';

describe('front matter', () => {
  it.each([
    ['《归来》', '归来'],
    ['剧名：《归来》', '归来'],
    ['剧名：归来', '归来'],
    ['剧本名称：归来', '归来'],
    ['项目名称：归来', '归来'],
    ['# 归来', '归来'],
    ['归来', '归来'],
  ])('the title: %s', (line, title) => {
    expect(told(`${line}\n编剧：某某\n题材：都市\n集数：80集\n版权：某公司\n交付时间：2026年\n${BODY}`)).toEqual({
      title,
      people: [],
      synopsis: '',
    });
  });

  it.each([
    ['人物小传', '林星野（28）：龙王，化名林北。'],
    ['人物小传', '1.林星野：男主，二十八岁。'],
    ['人物小传', '1、林星野（男，28岁）：龙王。'],
    ['## 人物小传', '### 林星野（男主 · 18 岁）'],
    ['【人物小传】', '【林星野】：男，28岁，人称林爷。'],
    ['一、人物小传', '男主：林星野（28）：龙王'],
    ['人物表：', '林星野 —— 男主，26岁'],
    ['主要人物介绍：', '林星野，男，28岁，龙王。'],
    ['角色设定', '- 林星野：龙王'],
  ])('a biography under %s: %s', (heading, line) => {
    const { biographies } = parseText(`《归来》\n${heading}\n${line}\n${BODY}`);
    expect(biographies).toEqual([{ name: '林星野', text: line.replace(/^(?:### |- )/, ''), line: 3 }]);
  });

  it('a biography runs on over further lines; what stands elsewhere about the same name joins it', () => {
    const text = `人物小传\n### 林星野（男主）\n- 身份：龙王\n- 性格：冷\n### 苏晓（女主）\n人物关系\n林星野——苏晓的哥哥\n${BODY}`;
    const { biographies } = parseText(text);
    expect(biographies.map(({ text: words }) => words)).toEqual([
      '林星野（男主）\n身份：龙王\n性格：冷\n林星野——苏晓的哥哥',
      '苏晓（女主）',
    ]);
  });

  it.each(['◎', '★', '◆', '▲', '●'])('a biography behind %s', (mark) => {
    const document = parseText(
      `【人物介绍】\n${mark}姜令月：将门之女，封昭贵妃。\n${mark}萧煜：当今皇上。\n第1集\n1-1 夜 内 冷宫\n△走。\n`,
    );
    expect(document.biographies.map(({ name }) => name)).toEqual(['姜令月', '萧煜']);
  });

  it.each(['归来', '离婚后，前夫跪求复合', '闪婚后，他真香了！'])('a title alone on the first line: %s', (title) => {
    expect(parseText(`${title}\n人物小传\n苏晓：女主，冷。\n${BODY}`).title).toBe(title);
  });

  it('a person on the first line is no title', () => {
    expect(parseText(`谢三，五十岁\n${BODY}`).title).not.toBe('谢三，五十岁');
  });

  it('before any section 姓名（27岁）：… is a person, and no dialogue', () => {
    expect(told(`林星野（28岁）：龙王。\n${BODY}`).people).toEqual(['林星野']);
  });

  it('a heading that says who somebody is tells a person without any section; one that tells of the story does not', () => {
    const front =
      '### 李一鸣（男主 · 18 岁）\n高三学生，本名李小明。\n爱笑。\n### 相遇（男女主初见）\n他们在渡口遇见。';
    const { biographies } = parseText(`《灯》\n${front}\n${BODY}`);
    expect(biographies).toEqual([
      { name: '李一鸣', text: '李一鸣（男主 · 18 岁）\n高三学生，本名李小明。\n爱笑。', line: 2 },
    ]);
    expect(told(`《灯》\n### 赵玉（女）\n护士\n**周野（27）：**医生\n${BODY}`).people).toEqual(['赵玉', '周野']);
  });

  it('of a script without headings ends where it begins: what is told of it in one line opens no part', () => {
    const document = parseText(
      '品牌：青橙\n片名：《夏天》\n题材：都市\n时长：60秒\n小满：我先看到的！\n阿哲：给你。\n',
    );
    expect(document.title).toBe('夏天');
    expect(outline(document).slice(2)).toEqual(['小满 我先看到的！', '阿哲 给你。']);
    const shots = parseText('《夏天》\n故事梗概：\n两人相遇。\n【画面1】海边\n旁白：那年。\n');
    expect(shots.synopsis).toBe('两人相遇。');
    expect(outline(shots).slice(2)).toEqual(['action 海边', '旁白/VO 那年。']);
  });

  it('the synopsis in a line with its word in brackets', () => {
    expect(told(`《归来》\n【一句话简介】他回来了。\n${BODY}`).synopsis).toBe('他回来了。');
  });

  it('the synopsis', () => {
    expect(told(`《归来》\n故事梗概\n龙王归来。\n第1集讲他归来。\n【正文】\n${BODY}`).synopsis).toBe(
      '龙王归来。\n第1集讲他归来。',
    );
    expect(told(`《归来》\n一句话故事：龙王归来。\n${BODY}`).synopsis).toBe('龙王归来。');
  });

  it('a table of contents opens no episodes', () => {
    const list = '第一集 初遇\n第二集 重逢\n';
    const document = parseText(
      `《凤归》\n${list}\n第一集 初遇\n1-1 日 内 王府\n王爷：走。\n第二集 重逢\n2-1 日 外 街\n王爷：来。\n`,
    );
    expect(document.episodes.map(({ number, title, scenes }) => [number, title, scenes.length])).toEqual([
      [1, '初遇', 1],
      [2, '重逢', 1],
    ]);
  });

  it('people in a table: the first cell is the name', () => {
    const { biographies, notes } = parseText(
      '## 人物小传\n| 姓名 | 年龄 | 身份 |\n|---|---|---|\n| **阿洛** | 19 | 机师，化名“零号” |\n第1集\n1-1 日 内 舰桥\n阿洛：走！\n',
    );
    expect(biographies).toEqual([{ name: '阿洛', text: '阿洛，19，机师，化名“零号”', line: 4 }]);
    expect(notes.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });

  it('every line of it is kept as a note', () => {
    const document = parseText(`《归来》\n\n题材：都市\n人物小传\n林星野（28）：龙王。\n${BODY}`);
    expect(document.notes.map(({ line, kind }) => [line, kind])).toEqual(
      [1, 3, 4, 5].map((line) => [line, 'front_matter']),
    );
  });
});

describe('a script', () => {
  it('in Markdown', () => {
    const text = `# 逆光\n## 第1集 相遇\n### 1-1 日 内 咖啡馆\n**人物**：林晚、顾沉\n△ 林晚推门。\n**林晚**：（紧张）你好。\n**顾沉**（OS）：是她。\n---\n## 第2集 误会\n### 2-1 夜 外 街头\n**林晚**：站住！\n`;
    expect(outline(parseText(text, { fileName: 'a.md' }))).toEqual([
      'E1 相遇',
      'S1-1 INT DAY 咖啡馆 [林晚 顾沉]',
      'action 林晚推门。',
      '林晚(紧张) 你好。',
      '顾沉/OS 是她。',
      'E2 误会',
      'S2-1 EXT NIGHT 街头',
      '林晚 站住！',
    ]);
  });

  it('with pictures in front of its headings', () => {
    const text =
      '## 《老祖》\n### 📌 人物\n- **叶尘**（男主，25岁）\n### 🎬 EP01 | 一梦\n**📍 场景 1-1｜秦家·正厅｜日｜内**\n**叶尘**：是，奶奶。\n⭐第2集 归来\n📍2-1 日 外 街\n甲：😂 走。\n';
    const document = parseText(text);
    expect(document.biographies.map(({ name }) => name)).toEqual(['叶尘']);
    expect(outline(document)).toEqual([
      'E1 一梦',
      'S1-1 INT DAY 秦家·正厅',
      '叶尘 是，奶奶。',
      'E2 归来',
      'S2-1 EXT DAY 街',
      '甲 😂 走。',
    ]);
  });

  it('in two languages keeps the cues of both', () => {
    const text =
      'INT. DINER - NIGHT\n\n雨打在窗上。SARAH 走进来。\n\nSARAH\nCoffee. Black.\n\nOLD WAITRESS (O.S.)\n马上就来，亲爱的！\n\n' +
      "SARAH (CONT'D)\n(into phone)\n喂？你在哪儿？\n\n外景. 停车场 - 夜\n\n老王\n救命！\n";
    expect(outline(parseText(text))).toEqual([
      '(E1)',
      'S1 INT NIGHT DINER',
      'action 雨打在窗上。SARAH 走进来。',
      'SARAH Coffee. Black.',
      'OLD WAITRESS/OS 马上就来，亲爱的！',
      'SARAH(into phone) 喂？你在哪儿？',
      'S2 EXT NIGHT 停车场',
      '老王 救命！',
    ]);
  });

  it('is cut at the line breaks of Word and of web pages too', () => {
    const { episodes } = parseText('第1集\n1-1 日 内 家\n甲：走。\v乙：好。\u2028丙：行。\n');
    expect(episodes[0]!.scenes[0]!.elements.slice(1).map(({ speakers, text, line }) => [speakers, text, line])).toEqual(
      [
        [['甲'], '走。', 3],
        [['乙'], '好。', 4],
        [['丙'], '行。', 5],
      ],
    );
  });

  it('without episode headings is divided by its scene numbers', () => {
    const text = '1-1 日 内 客厅\n甲：走。\n1-2 夜 外 街\n甲：走。\n2-1 日 内 客厅\n甲：走。\n';
    expect(parseText(text).episodes.map(({ number, scenes }) => [number, scenes.length])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  it('with a prologue before the first episode keeps the numbers as written', () => {
    const text = '楔子\n0-1 夜 外 荒野\n老人：走。\n第1集\n1-1 日 内 家\n甲：来。\n第2集\n2-1 日 内 家\n甲：好。\n';
    const document = parseText(text);
    expect(document.episodes.map(({ number }) => number)).toEqual([3, 1, 2]);
    expect(document.warnings).toEqual([]);
  });

  it('without any heading is one scene', () => {
    expect(outline(parseText('甲：走。\n乙：来。\n△甲走。\n'))).toEqual([
      '(E1)',
      'S? UNKNOWN UNKNOWN',
      '甲 走。',
      '乙 来。',
      'action 甲走。',
    ]);
  });

  it('that is a shot list keeps shots, pictures and lines', () => {
    const text = '镜号：01 | 全景\n画面：甲走来。\n台词：甲：你好。\n镜号：02 | 近景\n画面：乙抬头。\n';
    expect(outline(parseText(text)).slice(2)).toEqual([
      'shot 镜号：01 | 全景',
      'action 甲走来。',
      '甲 你好。',
      'shot 镜号：02 | 近景',
      'action 乙抬头。',
    ]);
  });

  it('says how sure the reading is', () => {
    const { quality } = parseText('第1集\n1-1 日 内 客厅\n人物：甲\n\n甲：走。\n乙：来。\n……\n');
    expect(quality).toMatchObject({ lines: 7, blankLines: 1, episodes: 1, scenes: 1, dialogue: 2, unread: 1 });
    expect(quality.knownSpeakers).toBe(0.5);
    expect(quality.read).toBeCloseTo(5 / 6);
  });
});

describe('a script in which names stand before a blank', () => {
  const scene = '第1集\n1-1 医院走廊 夜 内\n人：林夏  陈医生\n▲林夏瘫坐在地上。\n';

  it('says who speaks, and how', () => {
    const text = `${scene}林夏  医生，我爸还有多久？\n陈医生　最多三个月。\n林夏（哽咽） 我只有三万块。\n林夏os：为什么是我？\n`;
    expect(outline(parseText(text)).slice(2)).toEqual([
      'action 林夏瘫坐在地上。',
      '林夏 医生，我爸还有多久？',
      '陈医生 最多三个月。',
      '林夏(哽咽) 我只有三万块。',
      '林夏/OS 为什么是我？',
    ]);
  });

  it('may be a play: names set wide, those who speak once, what is done behind an open bracket', () => {
    const text =
      '老茶馆\n剧中人：\n方掌柜——五十八岁，掌柜。\n小翠——掌柜的女儿，十七岁。\n第一幕\n［幕启：方掌柜打算盘。\n方掌柜　（头也不抬）小翠，水开了。\n小　翠　来了！\n茶客甲　城外打起来了？\n方掌柜　莫谈国事。\n茶客乙　走来走去。\n茶客丙　匆匆离开。\n小　翠　（倒水）您喝。\n';
    const document = parseText(text);
    expect(document.biographies.map(({ name }) => name)).toEqual(['方掌柜', '小翠']);
    expect(outline(document).slice(2)).toEqual([
      'action ［幕启：方掌柜打算盘。',
      '方掌柜(头也不抬) 小翠，水开了。',
      '小翠 来了！',
      '茶客甲 城外打起来了？',
      '方掌柜 莫谈国事。',
      'action 茶客乙　走来走去。',
      'action 茶客丙　匆匆离开。',
      '小翠(倒水) 您喝。',
    ]);
  });

  it('is not one in which people speak behind a colon: there a blank is a blank', () => {
    const text = `${scene}林夏：医生，我爸还有多久？\n陈医生：最多三个月。\n林夏 看着他走远。\n林夏 蹲下来哭。\n`;
    expect(outline(parseText(text)).slice(-2)).toEqual(['action 林夏 看着他走远。', 'action 林夏 蹲下来哭。']);
  });
});

test('names in brackets above what is said are speakers; one line is said, the next is action', () => {
  const text =
    '第1场 夜 外 长街\n【更夫】\n天干物燥——\n黑衣人捂住更夫的嘴。\n【黑衣人】\n（压低声音）\n别出声。\n【老者】（背对镜头）\n放下吧。\n【特写】面罩落地\n';
  expect(outline(parseText(text)).slice(2)).toEqual([
    '更夫 天干物燥——',
    'action 黑衣人捂住更夫的嘴。',
    '黑衣人(压低声音) 别出声。',
    '老者(背对镜头) 放下吧。',
    'shot 特写 面罩落地',
  ]);
});

describe('a script told like a novel', () => {
  const told = [
    '第一章 渡口',
    '场景1：渡口，清晨，外',
    '江雾未散。陆沉背着断剑走来。',
    '老船夫抬起斗笠，眯着眼问：“客官，过江吗？”',
    '“过。”陆沉把酒葫芦抛给他，“这个，抵船钱。”',
    '老船夫闻了闻，大笑道：“上船！”',
    '陆沉头也不抬，淡淡道：“谁派你们来的？”',
    '为首的黑衣人喝道：“少废话！”',
    '“好快的剑。”老船夫喃喃道。',
    '店小二殷勤地凑上来：“打尖还是住店？”',
    '陆沉摇摇头：“我来还东西。”',
    '墙上写着“禁止喧哗”四个字。',
  ].join('\n');

  it('says who speaks, and how, without a cast line; whom it cannot tell stays action and is told as unread', () => {
    const document = parseText(told);
    expect(outline(document).slice(2)).toEqual([
      'action 江雾未散。陆沉背着断剑走来。',
      '老船夫(抬起斗笠，眯着眼) “客官，过江吗？”',
      '陆沉(把酒葫芦抛给他) “过。”“这个，抵船钱。”',
      '老船夫(闻了闻，大笑) “上船！”',
      '陆沉(头也不抬，淡淡) “谁派你们来的？”',
      'action 为首的黑衣人喝道：“少废话！” ?',
      '老船夫(喃喃) “好快的剑。”',
      'action 店小二殷勤地凑上来：“打尖还是住店？” ?',
      '陆沉(摇摇头) “我来还东西。”',
      'action 墙上写着“禁止喧哗”四个字。',
    ]);
    expect(document.warnings.filter(({ code }) => code === 'unread_line').map(({ line }) => line)).toEqual([8, 10]);
  });

  it('may quote with straight marks', () => {
    const straight = outline(parseText(told.replace(/[“”]/g, '"')));
    expect(straight).toEqual(outline(parseText(told)).map((line) => line.replace(/[“”]/g, '"')));
  });

  it.each([
    '老船夫推开门，笑道：“来了。”陆沉问道：“去哪儿？”',
    '“饿吗？”陆沉问。“不饿。”老船夫答道。',
    '“好。”陆沉点头，老船夫问道：“真的？”',
  ])('gives nobody the words of two: %s', (line) => {
    expect(outline(parseText(`${told}\n${line}`)).at(-1)).toBe(`action ${line} ?`);
  });

  it.each([
    ['陆沉坐在椅子上说：“坐。”', '陆沉(坐在椅子上) “坐。”'],
    ['陆沉马上说道：“坐。”', '陆沉(马上) “坐。”'],
  ])('gives him what he says wherever he is: %s', (line, said) => {
    expect(outline(parseText(`${told}\n${line}`)).at(-1)).toBe(said);
  });

  it.each([
    '陆沉打开信，信上说：“我走了。”',
    '陆沉看到墙上写道：“别来。”',
    '陆沉听见老船夫喊道：“走！”',
    '陆沉想起老船夫说：“走！”',
  ])('gives nobody what he reads, hears or remembers: %s', (line) => {
    expect(outline(parseText(`${told}\n${line}`)).at(-1)).toBe(`action ${line} ?`);
  });

  it('is not one with a label before each line: there quoted words before a name are action', () => {
    const text = `第1集\n1-1 日 内 家\n人物：甲、乙\n${'甲：来。\n乙：好。\n'.repeat(5)}“走！”甲喊道。\n`;
    expect(outline(parseText(text)).at(-1)).toBe('action “走！”甲喊道。');
  });
});

describe('a script in which names stand in brackets before what is said', () => {
  it('says who speaks, with and without a colon', () => {
    const text =
      '第1集\n1-1 客厅 日 内\n【沈青】：你来了。\n【沈青】你好吗？\n【陆川】（冷笑）我很好。\n【沈青】：（哭）嗯。\n【特写】她的手\n【她转身】\n';
    expect(outline(parseText(text)).slice(2)).toEqual([
      '沈青 你来了。',
      '沈青 你好吗？',
      '陆川(冷笑) 我很好。',
      '沈青(哭) 嗯。',
      'shot 特写 她的手',
      'action 她转身',
    ]);
  });

  it('says so where titles and parts stand in brackets of their own too', () => {
    const document = parseText(
      '【剧名】离婚之后\n【主要人物】\n【林薇】女，26岁，隐忍\n【陆骁】男，30岁，霸道\n【第一集】\n【场景一】【陆家·客厅】【夜】【内】\n【林薇】孩子没了……\n【陆骁】（冷漠）签字吧。\n【林薇】（哭）不。\n【小男孩】妈咪！\n【保安】跑过来。\n【陆骁】（震惊）站住！\n【本集完】\n【第二集】\n【场景一】【公司】【日】【内】\n【陆骁】说。\n【本集完】\n',
    );
    expect(document.title).toBe('离婚之后');
    expect(outline(document)).toEqual([
      'E1',
      'S一 INT NIGHT 陆家·客厅',
      '林薇 孩子没了……',
      '陆骁(冷漠) 签字吧。',
      '林薇(哭) 不。',
      '小男孩 妈咪！',
      'action 【保安】跑过来。',
      '陆骁(震惊) 站住！',
      'end 本集完',
      'E2',
      'S一 INT DAY 公司',
      '陆骁 说。',
      'end 本集完',
    ]);
  });

  it('is not one in which they stand above the words: there what goes on behind a name is action', () => {
    const text =
      '第1集\n1-1 客厅 日 内\n【沈青】\n你好。\n【陆川】\n你也好。\n【沈青】\n坐。\n【沈青】拿起茶杯，喝了一口。\n';
    expect(outline(parseText(text)).slice(2)).toEqual([
      '沈青 你好。',
      '陆川 你也好。',
      '沈青 坐。',
      'action 【沈青】拿起茶杯，喝了一口。',
    ]);
  });

  it('is not one in which people speak behind plain names: there a bracket may be anything', () => {
    const text =
      '第1集\n1-1 客厅 日 内\n沈青：走。\n陆川：来。\n沈青：好。\n陆川：好。\n【主线】：复仇\n【支线】：寻亲\n【支线】：经商\n';
    expect(outline(parseText(text)).slice(-3)).toEqual([
      'action 【主线】：复仇',
      'action 【支线】：寻亲',
      'action 【支线】：经商',
    ]);
  });
});

describe('a table of shots in Markdown', () => {
  const scene = '第1集\n1-1 客厅 日 内\n人物：沈青\n';
  const table = (heads: string, ...rows: string[]) =>
    outline(parseText(`${scene}${heads}\n|${'---|'.repeat(heads.split('|').length - 2)}\n${rows.join('\n')}\n`)).slice(
      3,
    );

  it('is read row by row: what is said with what is seen meanwhile, or what is seen alone', () => {
    expect(
      table(
        '| **镜号** | 景别 | 画面 | 台词 | 时长 |',
        '| 1 | 特写 | 沈青的眼睛 | 沈青（冷笑）：你会后悔的。 | 3s |',
        '| 2 | 全景 | 客厅空无一人 | | 2s |',
        '| 3 | 近景 | 沈青 | OS：他走了。 | |',
        '| 4 | 中景 | 沈青转身 | 无 | |',
      ),
    ).toEqual([
      'note |---|---|---|---|---|',
      '沈青(冷笑；特写；画面 沈青的眼睛) 你会后悔的。',
      'action 全景 客厅空无一人',
      '沈青/OS(近景；画面 沈青) 他走了。',
      'action 中景 沈青转身',
    ]);
  });

  it('takes the speaker from the column of people, and those seen into the cast', () => {
    const heads = '| 镜号 | 画面 | 人物 | 台词 |';
    const rows = '| 1 | 沈青的眼睛 | 沈青 | 你会后悔的。 |\n| 2 | 有人走过 | 陆川、沈青 | |';
    expect(
      outline(parseText(`${scene}${heads}\n|---|---|---|---|\n${rows}\n`)).filter((one) => /^[S沈]|^action/.test(one)),
    ).toEqual(['S1-1 INT DAY 客厅 [沈青 陆川]', '沈青(画面 沈青的眼睛) 你会后悔的。', 'action 有人走过']);
  });

  it('keeps a row that says more than one line can, and rows of any other table, as they stand', () => {
    const heads = '| 镜号 | 画面 | 台词 |';
    expect(table(heads, '| 1 | 门 | 沈青：走。<br>陆川：来。 |')[1]).toBe(
      'action | 1 | 门 | 沈青：走。<br>陆川：来。 | ?',
    );
    expect(table(heads, '| 1 | 门 | 你走。 |')[1]).toBe('note | 1 | 门 | 你走。 |');
    expect(table(heads, '| 1 | 门 | 沈青：走。 陆川：来。<br>陆川：坐。 |')[1]).toMatch(/^action .* \?$/);
    expect(table(heads, '| 1 | 门 | 旁白：那年。 沈青：来。 |')[1]).toBe(
      'action | 1 | 门 | 旁白：那年。 沈青：来。 | ?',
    );
    expect(table('| 集 | 时长 | 内容 |', '| 1 | 3 分钟 | 沈青回家 |')[1]).toBe('note | 1 | 3 分钟 | 沈青回家 |');
    expect(table('| 道具 | 数量 |', '| 刀 | 1 |')[1]).toBe('note | 刀 | 1 |');
  });

  it('tells a place with what is seen there; the number of the scene is that of the heading', () => {
    expect(table('| 镜号 | 场景 | 画面 |', '| 1 | 街道 | 沈青走 |')[1]).toBe('action 场景 街道 沈青走');
    const heads = '| 场次 | 景别 | 画面内容 | 角色 | 台词 |';
    expect(
      table(heads, '| 1-1 | 近景 | 沈青贴着墙走 | 沈青 | （OS）快到了 |', '| 1-1 | 全景 | 门开 | 沈青 | — |').slice(1),
    ).toEqual(['沈青/OS(近景；画面内容 沈青贴着墙走) 快到了', 'action 全景 门开']);
  });

  it('takes a sound or a caption below 台词/音效 for nobody’s words', () => {
    expect(table('| 镜号 | 画面 | 台词/音效 |', '| 1 | 门 | 音效：雷声 |')[1]).toBe('action 门 音效 雷声');
    expect(
      table('| 镜号 | 画面 | 台词 |', '| 1 | 门 | 沈青：走。 / 陆川：来。 |', '| 2 | 门 | 陆川：好。 |')[1],
    ).toMatch(/^action .* \?$/);
  });

  it('ends at an empty line, and needs its heads', () => {
    const rows = '| 镜号 | 画面 | 台词 |\n|---|---|---|\n\n| 1 | 门 | 无 |\n';
    expect(outline(parseText(`${scene}${rows}`)).at(-1)).toBe('note | 1 | 门 | 无 |');
    expect(outline(parseText(`${scene}| 镜号 | 画面 | 台词 |\n| 1 | 门 | 无 |\n`)).at(-1)).toBe('note | 1 | 门 | 无 |');
  });

  it('in Traditional characters is kept as it is written', () => {
    expect(table('| 鏡號 | 景別 | 畫面 | 臺詞 |', '| 1 | 全景 | 他的面具，臉 | |')[1]).toBe('action 全景 他的面具，臉');
  });
});
