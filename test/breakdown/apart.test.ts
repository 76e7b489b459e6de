// Two faces on one asset is the worse fault: what keeps people apart.
import { describe, expect, test } from 'vitest';
import { broken, scene } from './drama.ts';

const alike = [
  ['walk-ons with numbers', '黑衣人甲', '黑衣人乙'],
  ['a role and a numbered role', '黑衣男', '黑衣人甲'],
  ['names of one sound', '陆沉', '陆尘'],
  ['names one character apart', '李明轩', '李明远'],
  ['names of one surname', '苏晚', '苏婉'],
  ['father and mother', '苏父', '苏母'],
] as const;

test.each(alike)('%s stay two: %s, %s', (_, a, b) => {
  const lines = [`${a}：走吧。`, `${b}：好。`];
  const { asset } = broken(
    `第1集\n${scene('1-1', '街口', `${a}、路人`, lines[0]!, lines[0]!)}${scene('1-2', '桥头', `${b}、路人`, lines[1]!, lines[1]!)}`,
  );
  expect(asset(a)).toBeDefined();
  expect(asset(b)).toBeDefined();
  expect(asset(a)?.key).not.toBe(asset(b)?.key);
});

describe('evidence against', () => {
  test('two who stand in one cast line are two, though a biography gives one the other’s name', () => {
    const { asset, decision } = broken(`人物小传
宋时雨：绣娘，化名白露。

第1集
${scene('1-1', '绣坊', '宋时雨、白露', '宋时雨：白露，你来。', '白露：好。')}`);
    expect(asset('宋时雨')?.key).not.toBe(asset('白露')?.key);
    expect(decision('宋时雨', '白露')?.outcome).toBe('refused');
    expect(decision('宋时雨', '白露')?.evidence.map(({ rule }) => rule)).toContain('same_cast_line');
  });

  test('a name two people could be called by is given to neither', () => {
    const { asset } = broken(
      `第1集\n${scene('1-1', '院子', '赵小雨、路人', '赵小雨：好热。')}${scene('1-2', '操场', '钱小雨、路人', '钱小雨：好冷。')}${scene('1-3', '教室', '小雨、路人', '小雨：上课了。')}`,
    );
    expect(new Set(['赵小雨', '钱小雨', '小雨'].map((form) => asset(form)?.key)).size).toBe(3);
  });

  test('sisters are told by their rank: 苏大小姐, 苏二小姐', () => {
    const { asset } = broken(
      `第1集\n${scene('1-1', '花厅', '苏晚、管家', '管家：苏大小姐，请。', '苏晚：嗯。')}${scene('1-2', '门口', '苏婉、管家', '管家：苏二小姐，请。', '苏婉：嗯。')}`,
    );
    expect(asset('苏大小姐')?.name).toBe('苏晚');
    expect(asset('苏二小姐')?.name).toBe('苏婉');
  });

  test('crowds and voices are nobody', () => {
    const { resolution } = broken(
      `第1集\n${scene('1-1', '广场', '林越、百姓若干', '百姓若干：冤枉！', '众人：冤枉！', '旁白：那一年大旱。', '林越：肃静。')}`,
    );
    expect(resolution.assets.filter(({ kind }) => kind === 'character').map(({ name }) => name)).toEqual(['林越']);
    expect(resolution.assets.filter(({ kind }) => kind === 'extra').map(({ name }) => name)).toContain('百姓若干');
  });
});

describe('whom somebody introduces is not the speaker', () => {
  test.each([
    ['王老师', '校长', '林晚', '校长，这是我们班的学生林晚。'],
    ['王老师', '校长', '林晚', '学生林晚，成绩优异。'],
    ['苏老爷', '媒婆', '苏晚', '不瞒你说，小女苏晚，年方十六。'],
    ['皇上', '太监', '谢长风', '传罪臣谢长风！'],
    ['贵妃', '太医', '春桃', '这是我的奴婢春桃。'],
    ['沈将军', '副将', '林风', '此事我已交给属下林风。'],
    ['陈静', '邻居', '念念', '我女儿小名念念。'],
    ['陈静', '邻居', '林晚', '你以为我是林晚，那就错了。'],
  ])('%s to %s of %s: %s', (speaker, listener, named, line) => {
    const { forms, decision } = broken(
      `第1集\n${scene('1-1', '正厅', `${speaker}、${listener}`, `${speaker}：${line}`)}${scene('1-2', '门口', named, `${named}：走吧。`)}`,
    );
    expect(forms(speaker)).toEqual([speaker]);
    expect(forms(named)).toEqual([named]);
    expect(decision(named, speaker)?.outcome).not.toBe('merged');
  });

  test.each(['罪臣谢长风，叩见皇上！', '启禀皇上，罪臣谢长风，有本要奏。', '皇上，我是罪臣谢长风。'])(
    'who names himself still does: %s',
    (line) => {
      const { forms } = broken(
        `第1集\n${scene('1-1', '大殿', '囚犯、皇上', `囚犯：${line}`)}${scene('1-2', '大牢', '谢长风', '谢长风：冤枉。')}`,
      );
      expect(forms('谢长风')).toEqual(['囚犯', '谢长风'].sort());
    },
  );
});

describe('a biography names others too, and they stay themselves', () => {
  test.each([
    ['顾言之', '顾言之，36岁，律师，妻子名叫林晚。', '林晚'],
    ['王强', '王强，40岁，司机，儿子小名阿宝。', '阿宝'],
    ['林晚', '林晚，24岁，店主，父亲就是顾氏集团董事长顾国华。', '顾国华'],
    ['苏晴', '苏晴，32岁，医生，丈夫是律师，名叫周明。', '周明'],
    ['李梅', '李梅，28岁，店员，养了一只猫名叫小白。', '小白'],
  ])('%s: %s', (person, biography, other) => {
    const { forms } = broken(
      `人物小传\n${biography}\n\n第1集\n${scene('1-1', '客厅', person, `${person}：早。`)}${scene('1-2', '院子', other, `${other}：早。`)}`,
    );
    expect(forms(person)).toEqual([person]);
    expect(forms(other)).toEqual([other]);
  });

  test('in English, before a play', () => {
    const { forms } = broken(`THE HOUSE

Dramatis Personae

ANNA, 30, a nurse. She lives with her husband, called Tom.

ACT I

SCENE I. Kitchen.

ANNA.
Morning.

SCENE II. Garden.

TOM.
Morning.
`);
    expect(forms('ANNA')).toEqual(['ANNA']);
    expect(forms('TOM')).toEqual(['TOM']);
  });

  test.each([
    ['阿棠', '江晚棠：母亲早逝，小名阿棠。'],
    ['林棠', '江晚棠：为救妹妹化名林棠进入盛世集团。'],
  ])('but %s is the person’s own: %s', (alias, biography) => {
    const { forms } = broken(
      `人物小传\n${biography}\n\n第1集\n${scene('1-1', '大堂', '江晚棠', '江晚棠：早。')}${scene('1-2', '院子', alias, `${alias}：早。`)}`,
    );
    expect(forms('江晚棠')).toEqual(['江晚棠', alias].sort());
  });
});

describe('who somebody is to another is told, not that they are one', () => {
  const met = (line: string) =>
    broken(
      `第1集\n${scene('1-1', '客厅', '林晚、路人', '林晚：早。')}${scene('1-2', '公司', '顾言之、路人', '顾言之：早。')}${scene('1-3', '街口', '张三、路人', line)}`,
    );

  test.each([
    '△林晚其实是顾言之的妹妹。',
    '△林晚就是顾言之的前妻。',
    '△林晚就是顾言之妹妹。',
    '【字幕：林晚就是顾言之的秘书】',
    '张三：林晚原来是顾言之的亲妹妹！',
    '张三：林晚就是顾言之派来的卧底。',
  ])('%s', (line) => {
    const { forms, decision } = met(line);
    expect(forms('林晚')).toEqual(['林晚']);
    expect(forms('顾言之')).toEqual(['顾言之']);
    expect(decision('林晚', '顾言之')).toBeUndefined();
  });

  test.each(['△林晚其实是顾言之。', '△林晚就是顾言之的化名。', '△原来，林晚就是顾言之假扮的。'])(
    '%s tells it',
    (line) => {
      expect(met(line).forms('林晚')).toEqual(['林晚', '顾言之']);
    },
  );
});

test.each([
  ['假林晚', '林晚'],
  ['林晚替身', '林晚'],
  ['顾言之替身', '顾言之'],
])('%s is not %s: a double has a face of its own', (double, name) => {
  const { forms } = broken(
    `第1集\n${scene('1-1', '客厅', name, `${name}：早。`)}${scene('1-2', '公司', double, `${double}：早。`)}`,
  );
  expect(forms(name)).toEqual([name]);
  expect(forms(double)).toEqual([double]);
});

describe('a title in one house and a surname with that title in another', () => {
  test.each([
    ['夫人', '陆夫人'],
    ['将军', '李将军'],
    ['掌柜', '王掌柜'],
    ['小姐', '苏小姐'],
    ['老爷', '赵老爷'],
  ])('wait for a person: %s, %s', (title, titled) => {
    const { forms, decision } = broken(
      `第1集\n${scene('1-1', '顾家客厅', `${title}、管家`, `${title}：茶呢？`, '管家：来了。')}第2集\n${scene('2-1', '陆家客厅', `${titled}、丫鬟`, `${titled}：人呢？`, '丫鬟：来了。')}`,
    );
    expect(forms(title)).toEqual([title]);
    expect(forms(titled)).toEqual([titled]);
    expect(decision(title, titled)?.outcome).toBe('review');
  });

  test('are one where it is said to the only one there', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '军营', '李将军、赵四', '赵四：将军饶命！', '李将军：拖下去。')}${scene('1-2', '城门', '李将军、赵四', '赵四：将军，城门守不住了。', '李将军：守。')}`,
    );
    expect(forms('李将军')).toEqual(['将军', '李将军'].sort());
  });
});

test('names of one sound wait, however rare the one and frequent the other: 陆景辰, 陆景晨', () => {
  const said = Array.from({ length: 8 }, (_, at) => `陆景辰：第${at}句。`);
  const { forms, decision } = broken(
    `第1集\n${scene('1-1', '客厅', '陆景辰', ...said)}${scene('1-2', '公司', '陆景晨', '陆景晨：早。')}`,
  );
  expect(forms('陆景辰')).toEqual(['陆景辰']);
  expect(decision('陆景晨', '陆景辰')?.outcome).toBe('review');
});

test('the office of the father is not the daughter’s: 户部侍郎姜桓嫡女, 姜侍郎', () => {
  const { forms } = broken(
    `人物小传\n姜令仪：女主，原户部侍郎姜桓嫡女，入宫后封令嫔。\n\n第1集\n${scene('1-1', '冷宫', '姜令仪、老宫女', '老宫女：你是姜侍郎的女儿。', '姜令仪：你认得我爹？')}`,
  );
  expect(forms('姜令仪')).not.toContain('姜侍郎');
});

test.each(['众仙', '魔兵数十', '飞虎队', '全场将士'])('%s is a crowd and nobody', (crowd) => {
  const { asset } = broken(`第1集\n${scene('1-1', '广场', `叶凡、${crowd}`, `${crowd}：杀！`, '叶凡：退下。')}`);
  expect(asset(crowd)).toBeUndefined();
});

test.each(['全军统帅', '全村首富', '特警队长'])('%s is one and no crowd', (one) => {
  const { asset } = broken(`第1集\n${scene('1-1', '广场', `叶凡、${one}`, `${one}：杀！`, '叶凡：退下。')}`);
  expect(asset(one)).toBeDefined();
});
