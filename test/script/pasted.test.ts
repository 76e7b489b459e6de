// Chinese scripts as they are copied out of other programs: lists, tables and pages of word processors, sheets, subtitles, chats.
import { describe, expect, it } from 'vitest';
import { parseText } from '../../core/script/index.ts';
import { outline } from './outline.ts';

const read = (...lines: string[]) => outline(parseText(lines.join('\n')));
const inScene = (...lines: string[]) => read('第1集', '1-1 日 内 客厅', '人物：沈母、沈青', ...lines).slice(2);

describe('a list', () => {
  it.each(['•\t', '•', '◦ ', '▪\t', '·\t', '·', '\uf0b7\t', '\uf06c '])(
    'with %j before each line says who speaks',
    (bullet) => {
      expect(
        read(
          '第1集',
          '1-1 日 内 客厅',
          `${bullet}人物：沈母、沈青`,
          `${bullet}沈母：（嫌弃）丢人。`,
          `${bullet}【沈青进门。】`,
        ),
      ).toEqual(['E1', 'S1-1 INT DAY 客厅 [沈母 沈青]', '沈母(嫌弃) 丢人。', 'action 沈青进门。']);
    },
  );

  it('with a number before each line says who speaks, and gives nobody the number', () => {
    expect(inScene('1）沈青推门。', '2）秘书：沈总来了。', '③沈青（拍案）：出去！', '(4) 沈母：你敢！')).toEqual([
      'action 1）沈青推门。',
      '秘书 沈总来了。',
      '沈青(拍案) 出去！',
      '沈母 你敢！',
    ]);
  });

  it('of headings gives the episodes their own numbers', () => {
    const text =
      '目录\n1. 人物表\n2. 第一集\n3. 第二集\n1. 人物表\n•\t沈青：女，23岁。\n2. 第一集\n1-1 日 内 家\n沈青：走。\n3. 第二集\n2-1 夜 外 街\n沈青：好。';
    const { episodes, biographies } = parseText(text);
    expect(episodes.map(({ number, title }) => [number, title])).toEqual([
      [1, ''],
      [2, ''],
    ]);
    expect(biographies.map(({ name }) => name)).toEqual(['沈青']);
  });
});

describe('words set wide', () => {
  it('are the words: fields, those on the cast line and those who speak', () => {
    const text =
      '第一集\n第 一 场　　机场　　日　　外\n人　物：叶　辰、赵天龙、保　镖\n叶　辰（低声）：我数三声。\n保　镖：少爷！\n道　具：刀';
    const document = parseText(text);
    expect(outline(document)).toEqual([
      'E1',
      'S一 EXT DAY 机场 [叶辰 赵天龙 保镖]',
      '叶辰(低声) 我数三声。',
      '保镖 少爷！',
      'note 道具：刀',
    ]);
    expect(document.warnings).toEqual([]);
  });
});

it.each(['第 2 页 共 88 页', '第2页/共88页', '— 第 3 页 —', '页码：7'])(
  '%s is the number of a page, wherever it stands',
  (page) => {
    const { notes, episodes } = parseText(`第1集\n1-1 日 内 家\n甲：走。\n${page}\n乙：好。`);
    expect(notes).toEqual([{ line: 4, kind: 'layout', text: page }]);
    expect(episodes[0]!.scenes[0]!.elements.slice(1).map(({ text }) => text)).toEqual(['走。', '好。']);
  },
);

describe('a table pasted as text', () => {
  it('of two columns has its fields, its people and its speeches', () => {
    expect(
      read(
        '第1集',
        '场次\t1-1',
        '时间\t夜',
        '地点\t急诊室',
        '内外\t内',
        '人物\t林医生、护士小周',
        '内容',
        '林医生\t血压多少？',
        '护士小周\t七十四十！',
        '林医生\t（快速）推两支。',
      ),
    ).toEqual([
      'E1',
      'S1-1 INT NIGHT 急诊室 [林医生 护士小周]',
      'note 内容',
      '林医生 血压多少？',
      '护士小周 七十四十！',
      '林医生(快速) 推两支。',
    ]);
  });

  const HEADS = '镜号\t景别\t时长\t画面内容\t台词/旁白\t音效';
  it('that is a shot list is read row by row', () => {
    const rows = [
      '1\t远景\t3s\t高架上车流如织。\t\t风声',
      '2\t中景\t4s\t阿强穿过小巷。\t阿强（VO）：我叫阿强。\t',
      '3\t\t2s\t手机亮了。',
    ];
    expect(inScene(HEADS, ...rows, '沈青：走。')).toEqual([
      `note ${HEADS}`,
      'action 远景 高架上车流如织。 音效 风声',
      '阿强/VO(中景；画面内容 阿强穿过小巷。) 我叫阿强。',
      'action 手机亮了。',
      '沈青 走。',
    ]);
  });

  it('that is none leaves tabs as they are', () => {
    expect(inScene('沈青\t走到\t窗前', '沈母：\t你敢！')).toEqual(['action 沈青\t走到\t窗前', '沈母 你敢！']);
  });
});

describe('names in brackets', () => {
  it('of people on the cast line say who speaks, with square ones and without a manner too', () => {
    const text = [
      'EP.1【第一次】',
      '#场景1：天桥 夜 外',
      '[人物] 沈默 / 小女孩',
      '[画面] 暴雨。',
      '[沈默·独白] 又是她。',
      '[小女孩] 叔叔……别哭。',
      '[沈默] 我救你。',
      '[沈默]（看日历）七月四号。',
    ];
    expect(read(...text)).toEqual([
      'E1 第一次',
      'S1 EXT NIGHT 天桥 [沈默 小女孩]',
      'action 暴雨。',
      '沈默/OS 又是她。',
      '小女孩 叔叔……别哭。',
      '沈默 我救你。',
      '沈默(看日历) 七月四号。',
    ]);
  });

  it('of nobody on it do not: what is told of a picture is no speech', () => {
    expect(
      inScene('【主体】一个女孩。', '【前景】一扇窗。', '【主体】一只猫。', '[停顿]').map((line) => line.split(' ')[0]),
    ).toEqual(['action', 'action', 'action', 'action']);
  });

  it('keep a voice out of frame', () => {
    expect(
      inScene('【沈青】（笑）走。', '【沈母】（怒）你敢！', '【沈青】（冷笑）我敢。', '【沈母·画外】站住！').at(-1),
    ).toBe('沈母/OS 站住！');
  });
});

it('【卡点】 and the parts of a scene are notes, not pictures', () => {
  expect(inScene('剧情', '沈青推门。', '对白：', '沈青：走。', '【卡点】', '（付费点）')).toEqual([
    'note 剧情',
    'action 沈青推门。',
    'note 对白：',
    '沈青 走。',
    'note 卡点',
    'note 付费点',
  ]);
});

describe('a file of one episode', () => {
  it.each(['《归来》第5集', '短剧《归来》 第五集 剧本', '《归来》· 第5集'])('takes its number from %s', (title) => {
    const document = parseText(`${title}\n\n1、会议室 日 内\n顾总：坐。`);
    expect(document.episodes.map(({ number }) => number)).toEqual([5]);
    expect(document.title).toBe('归来');
    expect(document.warnings).toEqual([]);
  });

  it('takes it from its headings or scene numbers where these say one', () => {
    const numbers = (text: string) => parseText(text).episodes.map(({ number }) => number);
    expect(numbers('《归来》第5集\n第6集\n1、会议室 日 内\n顾总：坐。')).toEqual([6]);
    expect(numbers('《归来》第5集\n7-1 会议室 日 内\n顾总：坐。')).toEqual([7]);
  });
});

describe('a script in two languages', () => {
  const text = [
    '第1集 Episode 1',
    '1-1 豪宅客厅 日 内',
    'INT. MANSION LIVING ROOM - DAY',
    '人物：林夏、John',
    'Characters: Lin Xia, John',
    '△林夏推门而入。',
    '△Lin Xia pushes the door open.',
    '林夏：这是什么？',
    'What is this?',
    '林夏：（后退）别过来。',
    '(backing off) Stay away from me.',
    'John：Marry me.',
  ];

  it('has one scene where its heading stands twice, and keeps a translation as a note', () => {
    expect(read(...text)).toEqual([
      'E1 Episode 1',
      'S1-1 INT DAY 豪宅客厅 [林夏 John]',
      'note Characters: Lin Xia, John',
      'action 林夏推门而入。',
      'note △Lin Xia pushes the door open.',
      '林夏 这是什么？',
      'note What is this?',
      '林夏(后退) 别过来。',
      'note (backing off) Stay away from me.',
      'John Marry me.',
    ]);
  });

  it('is none because somebody speaks English in it', () => {
    expect(inScene('沈青：走。', '△门开了。', 'Who is it?', '沈母：谁？', '沈青：是我。')).toContain(
      'action Who is it?',
    );
  });
});

it('times and numbers of subtitles are layout', () => {
  const text =
    '1\n00:00:01,000 --> 00:00:03,500\n妈，我回来了。\n\n2\n00:00:04,000 --> 00:00:06,000\n李伟：爸，这钱我不能要。';
  const { notes, episodes } = parseText(text);
  expect(notes.map(({ line, kind }) => `${line} ${kind}`)).toEqual(['1 layout', '2 layout', '5 layout', '6 layout']);
  expect(episodes[0]!.scenes[0]!.elements.map(({ text: words }) => words)).toEqual([
    '妈，我回来了。',
    '爸，这钱我不能要。',
  ]);
});

it.each([
  '以上就是前两集的剧本，如果需要继续创作第3集，请告诉我！😊',
  '如需修改剧本，请告诉我。',
  '需要我继续写下一集吗？',
])('what a chat says behind its script is not filmed: %s', (remark) => {
  const { notes } = parseText(`第1集\n1-1 日 内 家\n甲：走。\n\n${remark}`);
  expect(notes).toEqual([{ line: 5, kind: 'after_matter', text: remark }]);
  expect(inScene('沈青：如果需要剧本，请告诉我。')).toEqual(['沈青 如果需要剧本，请告诉我。']);
});

it('who makes a gesture before words says them, quoted or not', () => {
  expect(inScene('沈青摇头：“不能请。”', '沈母皱了皱眉：谁？', '沈青点点头：是我。')).toEqual([
    '沈青(摇头) “不能请。”',
    '沈母(皱了皱眉) 谁？',
    '沈青(点点头) 是我。',
  ]);
});

it('crowds are nobody a cast line must name', () => {
  const { warnings } = parseText(
    '第1集\n1-1 日 内 家\n人物：沈青、宾客\n众人：什么？！\n宾客们（哗然）：大胆！\n沈父：坐。',
  );
  expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('沈父')]);
});

it('braces of a data format speak no line', () => {
  expect(read('{', '  "title": "古井",', '  "episode": 1').filter((line) => line.startsWith('{'))).toEqual([]);
});

it('an ornament before an episode and its end takes neither away', () => {
  expect(
    read('■第1集', '■1-1 日 内 家', '沈青：走。', '■第1集完', '■第2集', '■2-1 日 内 家', '沈青：好。', '－完－'),
  ).toEqual(['E1', 'S1-1 INT DAY 家', '沈青 走。', 'end 第1集完', 'E2', 'S2-1 INT DAY 家', '沈青 好。', 'end 完']);
  expect(inScene('■3集短片在手机上播放。')).toEqual(['action 3集短片在手机上播放。']);
});

it('what a phone sounds like is heard, and who writes on it speaks', () => {
  expect(
    inScene('微信提示音：叮咚', '沈青打字：在吗？', '沈母微信：不在。', '【音乐起，渐弱】', '【音乐】欢快'),
  ).toEqual(['sound 叮咚', '沈青(打字) 在吗？', '沈母(微信) 不在。', 'sound 音乐起，渐弱', 'sound 欢快']);
});

it('what viewers are asked for is a note', () => {
  expect(inScene('结尾引导：关注我！', '开头3秒钩子：镜头怼脸。')).toEqual([
    'note 结尾引导：关注我！',
    'note 开头3秒钩子：镜头怼脸。',
  ]);
});

describe('what looks like the above and is none', () => {
  const mike = ['沈青：你好。', 'Mike: I love you.', '沈母：他说什么？', 'Mike: She is my wife.', '沈青：他骗你。'];

  it('somebody answers in English, line by line: Mike speaks', () => {
    const lines = inScene(
      ...mike,
      'Mike: Yes, she is.',
      '沈母：啊！',
      'Mike: I mean it.',
      '沈青：妈。',
      'Mike: OK then.',
    );
    expect(lines.filter((line) => line.startsWith('Mike'))).toHaveLength(5);
    expect(lines.filter((line) => line.startsWith('note'))).toEqual([]);
  });

  it('a translation with the names of two people is a note', () => {
    const text = ['沈青：你是谁？', 'Shen Qing: Who are you?', '沈母：我是你妈。', 'Mother: I am your mom.'];
    expect(inScene(...text, ...text).filter((line) => line.startsWith('note'))).toHaveLength(4);
  });

  it('【沈青】 before what a picture shows of her says nothing', () => {
    expect(inScene('【沈青】微笑着站在门口。', '【沈母】坐在沙发上。', '【沈青】推开窗户。')).toEqual([
      'action 【沈青】微笑着站在门口。',
      'action 【沈母】坐在沙发上。',
      'action 【沈青】推开窗户。',
    ]);
  });

  it('①号 is somebody’s name', () => {
    expect(inScene('①号嘉宾：你好。', '②沈青：好。')).toEqual(['①号嘉宾 你好。', '沈青 好。']);
  });

  it('the number of a page between a name and its words takes neither away', () => {
    expect(inScene('沈青', '你走。', '沈母', '第 3 页', '我不走。', '沈青', '好吧。')).toEqual([
      '沈青 你走。',
      '沈母 我不走。',
      '沈青 好吧。',
    ]);
  });

  it('a speech with tabs below a table is no row of it', () => {
    const heads = '镜号\t景别\t画面\t台词';
    expect(inScene(heads, '1\t近景\t门\t沈青：走。', '沈青：\t走。\t快。').at(-1)).toBe('沈青 走。\t快。');
  });

  it('another drama in the synopsis, and several episodes in the title, number no episode', () => {
    const numbers = (text: string) => parseText(text).episodes.map(({ number }) => number);
    expect(numbers('《归来》\n简介：致敬经典\n《还珠格格》第3集\n1、会议室 日 内\n顾总：坐。')).toEqual([1]);
    const { warnings } = parseText('《归来》第1-5集\n1、会议室 日 内\n顾总：坐。');
    expect(warnings.map(({ code }) => code)).toContain('no_episode_heading');
  });

  it('EP5《归来》开播 and ■第2集团军出动 are no headings', () => {
    expect(inScene('EP5《归来》开播', '■第2集团军出动')).toEqual(['action EP5《归来》开播', 'action 第2集团军出动']);
  });
});
