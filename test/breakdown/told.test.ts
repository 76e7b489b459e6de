// Names a script tells in so many words: biographies, brackets, narration, masks.
import { describe, expect, test } from 'vitest';
import { broken, scene } from './drama.ts';

describe('a biography', () => {
  const { forms, decision } = broken(`《灯》
人物小传
1. 宋时雨，二十岁，绣娘，真实身份是失踪多年的永宁公主赵明仪，小名阿雨。
2. 方世同，五十岁，药铺掌柜，人称方半仙。

第1集
${scene('1-1', '药铺', '宋时雨、方半仙', '宋时雨：掌柜的，抓药。', '方半仙：阿雨，你脸色不好。', '方半仙：赵明仪，我早就认出你了。')}`);

  test('gives its person every name it tells', () => {
    expect(forms('宋时雨')).toEqual(expect.arrayContaining(['宋时雨', '赵明仪', '永宁公主', '阿雨']));
    expect(forms('方世同')).toEqual(expect.arrayContaining(['方世同', '方半仙']));
  });

  test('is quoted as the evidence of the merge, word for word', () => {
    const merge = decision('赵明仪', '宋时雨');
    expect(merge?.outcome).toBe('merged');
    expect(merge?.score).toBeGreaterThan(0.95);
    expect(merge?.evidence[0]).toMatchObject({ rule: 'biography_alias', episode: 0, line: 3 });
    expect(merge?.evidence[0]?.quote).toContain('永宁公主赵明仪');
  });
});

test('a role told as somebody’s other name is that person wherever it stands: 小林老板', () => {
  const { asset, resolution } = broken(
    `人物小传\n林晚：书店店主，街坊都叫她小林老板。\n\n第1集\n${scene('1-1', '书店', '林晚、秦姨', '秦姨：小林老板，他又来了。', '林晚：嗯。')}`,
  );
  expect(asset('小林老板')?.name).toBe('林晚');
  expect(resolution.assets.filter(({ kind }) => kind === 'extra')).toEqual([]);
});

test('a biography goes on after the name: 化名林棠进入盛世集团', () => {
  const { forms } = broken(
    `人物小传\n江晚棠：调香师，化名林棠进入盛世集团，人称“棠姐”。\n\n第1集\n${scene('1-1', '大堂', '林棠、前台', '林棠：我找人。')}`,
  );
  expect(forms('林棠')).toEqual(expect.arrayContaining(['林棠', '江晚棠', '棠姐']));
});

describe('what a biography says somebody is', () => {
  const front = '人物小传\n萧煜：当今皇上。\n萧珩：宁王，皇上的弟弟。\n\n第1集\n';
  const { forms } = broken(
    `${front}${scene('1-1', '御书房', '萧煜、刘太医', '刘太医：启禀皇上，人不见了。', '萧煜：找。')}${scene('1-2', '宫门', '萧珩、阿九', '阿九：宁王殿下，走。', '萧珩：好。')}`,
  );

  test('is his own office, not that of the one he belongs to', () => {
    expect(forms('萧煜')).toEqual(['皇上', '萧煜']);
  });

  test('and his rank at court is another name of his', () => {
    expect(forms('萧珩')).toEqual(['宁王', '萧珩']);
  });
});

describe('another name beside the name in a biography', () => {
  const formsOf = (biography: string) =>
    broken(
      `人物小传\n${biography}\n\n第1集\n${scene('1-1', '机场', '沈鸢、小陈', '小陈：到了。', '沈鸢：走吧。')}`,
    ).forms('沈鸢');

  test.each([
    '林知意（沈鸢）：28岁，律师。',
    '林知意（28岁，沈鸢）：律师。',
    '林知意：28岁，五年前改名沈鸢。',
    '林知意：律师，现用名沈鸢。',
    '林知意：律师，回国后用名沈鸢。',
  ])('%s', (biography) => {
    expect(formsOf(biography)).toEqual(expect.arrayContaining(['林知意', '沈鸢']));
  });

  test.each(['林知意（沈鸢饰）：28岁，律师。', '林知意（温柔）：沈鸢的姐姐。'])('is not told by %s', (biography) => {
    expect(formsOf(biography)).toEqual(['沈鸢']);
  });
});

describe('a script says who somebody is', () => {
  test.each(['魔尊旧部血罗刹', '青云门护法血罗刹', '断崖上的血罗刹'])(
    'by whose, where or what somebody is: %s',
    (form) => {
      const { forms } = broken(
        `第1集\n${scene('1-1', '断崖', `${form}、陆沉`, `${form}：属下来迟。`)}${scene('1-2', '义庄', '血罗刹', '血罗刹：走。')}`,
      );
      expect(forms('血罗刹').sort()).toEqual([form, '血罗刹'].sort());
    },
  );

  test('by what he is in front of his name: 捕头老秦', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '大堂', '捕头老秦、王氏', '王氏：冤枉！')}${scene('1-2', '义庄', '老秦', '老秦：开棺。')}`,
    );
    expect(forms('老秦')).toEqual(['捕头老秦', '老秦']);
  });

  test('by presenting himself as the old stage does: 老身蔡婆婆是也', () => {
    const { forms } = broken(`第1集\n${scene('1-1', '街口', '卜儿', '卜儿：老身蔡婆婆是也。')}`);
    expect(forms('卜儿')).toEqual(['卜儿', '蔡婆婆']);
  });

  test('in a bracket on the cast line', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '破庙', '柳七、黑衣刺客（韩砚）', '黑衣刺客：拿命来！', '柳七：韩砚？')}`,
    );
    expect(forms('黑衣刺客')).toEqual(['韩砚', '黑衣刺客']);
  });

  test('in a bracket, though the disguise never says a word', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '破庙', '柳七、黑衣刺客（韩砚）', '△黑衣刺客一剑刺来。', '柳七：韩砚，住手！')}`,
    );
    expect(forms('黑衣刺客')).toEqual(['韩砚', '黑衣刺客']);
  });

  test('in narration: 甲化名乙', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '闺房', '宋时雨', '宋时雨：我去。')}${scene('1-2', '衙门', '宋十九、捕头甲', '△宋时雨化名宋十九，混进衙门。', '宋十九：大人，我来应差。')}`,
    );
    expect(forms('宋时雨')).toEqual(['宋十九', '宋时雨']);
  });

  test('when the speaker names himself', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '渡口', '船夫、沈青', '船夫：罪臣裴长河，见过少主。', '沈青：裴长河？你还活着？')}`,
    );
    expect(forms('船夫')).toEqual(expect.arrayContaining(['船夫', '裴长河']));
  });

  test('when a mask comes off in the next scene', () => {
    const { forms, decision } = broken(
      `第1集\n${scene('1-1', '库房', '蒙面女子、更夫', '蒙面女子：别动！', '更夫：女侠饶命。')}${scene('1-2', '阁楼', '柳听荷、林越', '△柳听荷翻窗而入，扯下蒙面的黑巾。', '柳听荷：得手了。')}`,
    );
    expect(forms('蒙面女子')).toEqual(['柳听荷', '蒙面女子']);
    expect(decision('蒙面女子', '柳听荷')?.evidence.map(({ rule }) => rule)).toContain('unmasks');
  });

  test('when a mask comes off and two masked people were about, nobody is taken for sure', () => {
    const { asset } = broken(
      `第1集\n${scene('1-1', '库房', '蒙面女子、蒙面汉子', '蒙面女子：走！', '蒙面汉子：去哪儿？')}${scene('1-2', '阁楼', '柳听荷、林越', '△柳听荷翻窗而入，扯下蒙面的黑巾。', '柳听荷：得手了。')}`,
    );
    expect(asset('柳听荷')?.key).not.toBe(asset('蒙面女子')?.key);
  });

  test('of the same person at another age: a variant of hers, with its episodes', () => {
    const { asset } = broken(
      `第1集\n${scene('1-1', '祠堂', '少年裴远、裴母', '少年裴远：娘！')}第2集\n${scene('2-1', '书房', '裴远', '裴远：多少年了。')}`,
    );
    expect(asset('少年裴远')?.name).toBe('裴远');
    expect(asset('裴远')?.variants).toContainEqual(expect.objectContaining({ name: '少年裴远', episodes: [1] }));
  });
});

describe('a married woman called by her own house', () => {
  const { asset, forms } = broken(
    `第1集\n${scene('1-1', '沈府', '沈岳、沈宁', '沈岳：你亲娘秦氏去得早。', '沈宁：秦氏，秦氏死得冤！')}${scene('1-2', '沈府', '沈岳、沈宁', '沈岳：沈氏一族，容不下你。', '沈宁：我要去秦氏集团。')}`,
  );

  test('is somebody who is only spoken of: 你亲娘秦氏', () => {
    expect(forms('秦氏')).toEqual(['秦氏']);
  });

  test('is neither a clan nor a firm: 沈氏一族, 秦氏集团', () => {
    expect(asset('沈氏')).toBeUndefined();
    expect(asset('秦氏')?.forms[0]?.count).toBe(3);
  });
});

test('whose retainer somebody was is no name of his, and 贺侯 is the 侯爷 he served', () => {
  const { forms } = broken(
    `人物小传\n贺崇：男，镇北侯。\n陆铮：男，二十六岁，禁军统领，曾是贺崇旧部。\n\n第1集\n${scene('1-1', '书房', '陆铮、瑞王', '瑞王：陆铮，你是贺侯的人。', '陆铮：末将欠侯爷一条命。')}${scene('1-2', '城楼', '贺崇、陆铮', '贺崇：走！')}`,
  );
  expect(forms('陆铮')).toEqual(['陆铮']);
  expect(forms('贺崇')).toEqual(expect.arrayContaining(['贺侯', '贺崇']));
});

test('a name told by somebody who says it again is the speaker’s: 我叫阿梨。阿梨，梨花的梨', () => {
  const { forms } = broken(
    `第1集\n${scene('1-1', '渡口', '林疏影、船家', '船家：姑娘怎么称呼？', '林疏影：我叫阿梨。阿梨，梨花的梨。', '船家：好名字。')}`,
  );
  expect(forms('林疏影')).toEqual(['林疏影', '阿梨']);
});

test('what people call somebody behind her back is another name: 背后叫她赵扒皮', () => {
  const { forms } = broken(
    `人物小传\n赵曼：女，人事总监，大家背后叫她赵扒皮。\n\n第1集\n${scene('1-1', '大堂', '赵曼、阿杰', '阿杰：赵扒皮来了！', '赵曼：你说谁？')}`,
  );
  expect(forms('赵曼')).toContain('赵扒皮');
});

describe('a biography headed by a title or a nickname tells the name behind it', () => {
  const formsOf = (head: string, biography: string, line: string) =>
    broken(
      `人物小传\n${head}：${biography}\n\n第1集\n${scene('1-1', '书房', `${head}、小厮`, `小厮：${line}`, `${head}：知道了。`)}`,
    ).forms(head);

  test.each([
    ['谢太医', '谢怀安，与女主青梅竹马。', '谢怀安，快走！', '谢怀安'],
    ['皇帝', '萧景琰，登基五年。', '萧景琰要来了。', '萧景琰'],
    ['顾母', '周雅茹，顾西洲的母亲。', '周雅茹来了！', '周雅茹'],
    ['马婶', '村里的媒人，马桂花。', '马桂花来了！', '马桂花'],
    ['崔贵妃', '闺名崔明珠，六宫协理。', '崔明珠被罚了！', '崔明珠'],
    ['何立业', '毒贩，道上叫“疤脸”。', '疤脸要来了！', '疤脸'],
    ['丁建业', '门卫，化名老丁头在赵家看门。', '老丁头走了！', '老丁头'],
    ['赵小蝶', '养女，实为二十年前失踪的女婴丁宁。', '丁宁找到了！', '丁宁'],
    ['陆珩', '翰林，字子瞻，号东坡。', '子瞻兄来了！', '子瞻'],
    ['郑凯晴', 'Kelly，独生女，刚从英国回来。', 'Kelly 回来了！', 'Kelly'],
  ])('%s：%s', (head, biography, line, name) => {
    expect(formsOf(head, biography, line)).toContain(name);
  });

  test.each([
    ['豪哥', '高富帅，会所老板。', '高富帅'],
    ['林薇', 'Alpha，特警队长。', 'Alpha'],
    ['皇帝', '严肃，多疑。', '严肃'],
    ['柳氏', '姨娘，育有一女，柳如烟。', '柳如烟'],
    ['马婶', '妹妹，马小芳。', '马小芳'],
    ['林母', '夫君早亡，育有三子，林天越，林天枫。', '林天枫'],
    ['众人', '林小满。', '林小满'],
    ['陆珩', '号令三军，字里行间皆是杀气。', '令三军'],
    ['陆珩', '字里行间。', '里行间'],
    ['何立业', '毒贩，常喊“冤枉”。', '冤枉'],
    ['何立业', '毒贩，女儿叫他“爸爸”。', '爸爸'],
  ])('and no word that only looks like one: %s：%s', (head, biography, word) => {
    expect(formsOf(head, biography, '走。')).not.toContain(word);
  });
});

describe('whoever is asked who he is says his own name', () => {
  test('and calls nobody: 你是……？山鹰。', () => {
    const { forms } = broken(
      `人物小传\n梁子健：副官，实为军统卧底“山鹰”。\n\n第1集\n${scene('1-1', '码头', '顾晓笙、梁子健', '顾晓笙：你是……', '梁子健：军统，山鹰。')}`,
    );
    expect(forms('梁子健')).toEqual(['山鹰', '梁子健'].sort());
  });

  test('but who is called in the answer is somebody else: 你是谁？老陈！', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '码头', '老陈、阿水', '老陈：你是谁？', '阿水：老陈！是我。')}${scene('1-2', '船上', '老陈', '老陈：走。')}`,
    );
    expect(forms('老陈')).toEqual(['老陈']);
  });
});

describe('an answer is no name of who gives it', () => {
  test.each([
    ['where it calls the one who asks by a part of the name', '陆沉舟', '你是谁？', '沉舟……', '沉舟'],
    ['nor by a title', '陆沉舟', '你是谁？', '陆总。', '陆总'],
    ['where a third person’s name is asked', '王警官', '死者姓名？', '赵志强。', '赵志强'],
    ['or an employer’s', '王警官', '你家老爷贵姓？', '赵志强。', '赵志强'],
    ['or a child’s', '王警官', '那孩子叫什么名字？', '苏念安。', '苏念安'],
    ['or who sent him', '王警官', '你是谁派来的？', '顾言之。', '顾言之'],
  ])('%s: %s：%s — %s', (_, asker, question, answer, form) => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '病房', `${asker}、苏晚`, `${asker}：${question}`, `苏晚：${answer}`)}${scene('1-2', '家', `${asker}、苏晚`, '苏晚：走吧。')}`,
    );
    expect(forms('苏晚')).not.toContain(form);
  });

  test('and whoever is there is meant, not renamed: 林雪 beside 苏晚', () => {
    const { forms, decision } = broken(
      `第1集\n${scene('1-1', '病房', '陆沉舟、苏晚、林雪', '陆沉舟：你是谁？', '苏晚：林雪。', '林雪：她撒谎。')}`,
    );
    expect(forms('苏晚')).toEqual(['苏晚']);
    expect(decision('林雪', '苏晚')).toBeUndefined();
  });
});

describe('a call or a word of the speaker’s is no name', () => {
  test.each([
    ['奴婢叫太医，太医不来。', '太医'],
    ['奴婢叫醒姑娘。', '醒姑娘'],
    ['小的叫冤枉。', '冤枉'],
    ['“白眼狼”？对，我是白眼狼！', '白眼狼'],
    ['“骗子”！我就是骗子，怎样？', '骗子'],
    ['他说：“我叫王小丫。”', '王小丫'],
  ])('%s', (line, word) => {
    const { forms } = broken(`第1集\n${scene('1-1', '屋内', '林晚、老陈', `老陈：${line}`, '林晚：嗯。')}`);
    expect(forms('老陈')).toEqual(['老陈']);
    expect(forms('林晚')).not.toContain(word);
  });
});

describe('a name told by its bearer', () => {
  test('may hold 小, 大 or 儿: 我叫柳絮儿', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '储秀宫', '姜令仪、柳答应', '柳答应：姐姐别怕，我叫柳絮儿。', '姜令仪：好。')}`,
    );
    expect(forms('柳答应')).toContain('柳絮儿');
  });

  test('needs no surname of a servant: 奴婢叫素心', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '冷宫', '姜令仪、老宫女', '老宫女：奴婢叫素心，从前伺候先皇后。', '姜令仪：素心姑姑，请起。')}`,
    );
    expect(forms('老宫女')).toContain('素心');
  });

  test('may be one the script quotes before: 我是枕星河', () => {
    const { forms, asset } = broken(
      `第1集\n${scene('1-1', '宿舍', '周予安、孙浩', '△日记本上写着“枕星河”。', '孙浩：“枕星河”是谁？')}${scene('1-2', '广播室', '周予安', '周予安：我是枕星河。')}`,
    );
    expect(forms('周予安')).toContain('枕星河');
    expect(asset('枕星河', 'prop')).toBeUndefined();
  });

  test('may stand behind what he is: 我是主播——知了', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '广播室', '林小满、夏蝉', '夏蝉：试试？', '林小满：我是主播——知了。')}${scene('1-2', '宿舍', '知了', '知了：晚安。')}`,
    );
    expect(forms('林小满')).toContain('知了');
  });
});
