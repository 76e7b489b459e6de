// Props, looks and whatever else a breakdown lists.
import { describe, expect, test } from 'vitest';
import { broken, scene } from './drama.ts';

describe('a prop', () => {
  const { asset, forms, resolution } = broken(`第1集
${scene('1-1', '当铺', '林越、掌柜', '△林越把一枚鱼纹玉佩放在柜上。', '掌柜：这玉佩，死当？', '林越（攥紧匕首）：活当。')}
第2集
${scene('2-1', '河边', '林越', '△林越捞起玉佩。', '△一枚龟甲滚落水中。', '林越：龟甲？', '林越：这把刀，叫断水。', '△林越举起《寒山旧录》。')}`);

  test('goes by its noun alone when no other thing of the kind is about', () => {
    expect(forms('鱼纹玉佩', 'prop')).toEqual(['玉佩', '鱼纹玉佩']);
  });

  test('is found in what is done while a line is said', () => {
    expect(asset('匕首', 'prop')).toBeDefined();
  });

  test('no dictionary knows is found by its measure word and by coming again', () => {
    expect(asset('龟甲', 'prop')?.episodes).toEqual([2]);
  });

  test('with a title of its own is found by its quotation marks', () => {
    expect(asset('寒山旧录', 'prop')).toBeDefined();
  });

  test('weighs by how often the story comes back to it', () => {
    expect(asset('玉佩', 'prop')?.importance).toBe('supporting');
    expect(asset('匕首', 'prop')?.importance).toBe('minor');
  });

  test('is no person and no place', () => {
    const names = resolution.assets.filter(({ kind }) => kind === 'prop').map(({ name }) => name);
    expect(names).not.toContain('林越');
    expect(names).not.toContain('当铺');
  });
});

test('a bare noun that two things end in belongs to neither', () => {
  const { asset } = broken(`第1集
${scene('1-1', '街市', '林越', '△林越提着一盏鲤鱼灯笼。', '△小贩挂起一盏白纸灯笼。', '林越：灯笼真多。')}${scene('1-2', '桥', '林越', '△鲤鱼灯笼灭了，白纸灯笼还亮着。', '林越：灯笼呢？')}`);
  const keys = ['鲤鱼灯笼', '白纸灯笼', '灯笼'].map((form) => asset(form, 'prop')?.key);
  expect(new Set(keys).size).toBe(3);
});

describe('a look', () => {
  const { asset, resolution } = broken(`第1集
${scene('1-1', '绣坊', '宋时雨', '△宋时雨一身靛蓝短褐，踩着梯子。', '宋时雨：好了。')}
第2集
${scene('2-1', '衙门', '宋十九', '△宋时雨化名宋十九，换上一身青衫。', '宋十九：在下宋十九。')}`);

  test('is a costume of its wearer, whatever she is called there', () => {
    const costumes = resolution.assets.filter(({ kind }) => kind === 'costume');
    expect(costumes.map(({ name, parent }) => [name, parent])).toEqual([
      ['宋时雨·靛蓝短褐', asset('宋时雨')?.key],
      ['宋十九·青衫', asset('宋十九')?.key],
    ]);
    expect(asset('宋时雨')?.key).toBe(asset('宋十九')?.key);
  });

  test('is a variant of the person in the episodes it is worn in', () => {
    expect(asset('宋时雨')?.variants.map(({ name, episodes }) => [name, episodes])).toEqual([
      ['靛蓝短褐', [1]],
      ['青衫', [2]],
    ]);
  });
});

test('vehicles, creatures, effects and sounds are listed by kind', () => {
  const { asset } = broken(
    `第1集\n${scene('1-1', '官道', '林越', '△一辆马车飞驰而过，一只黑猫窜出。', '△远处传来马蹄声，火光冲天，一声爆炸。', '林越：快走！')}`,
  );
  expect(asset('马车', 'vehicle')).toBeDefined();
  expect(asset('黑猫', 'creature')).toBeDefined();
  expect(asset('马蹄声', 'sound')).toBeDefined();
  expect(asset('爆炸', 'effect')).toBeDefined();
});

test('of two words that overlap or follow each other the last is the thing: 蓝布包袱 is no 布包, 珍珠耳环 no 珍珠', () => {
  const { resolution } = broken(
    `第1集\n${scene('1-1', '客栈', '林越', '△林越放下一个蓝布包袱，珍珠耳环滚落，他拾起毒药胶囊。', '林越：走。')}`,
  );
  const props = resolution.assets.filter(({ kind }) => kind === 'prop').map(({ name }) => name);
  expect(props.map((name) => name.replace(/^蓝布/, '')).sort()).toEqual(['包袱', '耳环', '胶囊']);
});

test.each([
  ['household', '保温杯 毛巾 皮箱 托盘'],
  ['papers', '密电 密码本 试卷 通缉令'],
  ['ornaments and money', '凤钗 口红 钱包 银元'],
  ['devices', '望远镜 发报机 充电宝 留声机'],
  ['medicine', '听诊器 纱布 氧气瓶 退烧药'],
  ['toys and weapons', '玩具 气球 炸药包 弹弓'],
])('a %s word that is shown once is a prop', (_, words) => {
  const { asset } = broken(
    `第1集\n${scene('1-1', '客栈', '林越', ...words.split(' ').map((word) => `△林越拿起${word}。`), '林越：走。')}`,
  );
  for (const word of words.split(' ')) expect(asset(word, 'prop')?.name).toBe(word);
});

test('words that only hold one are none: 金牌律师, 吉祥如意, 镜子般的湖面', () => {
  const { resolution } = broken(
    `第1集\n${scene('1-1', '客栈', '林越', '△林越是金牌律师，打了个喷嚏，扶着墙，望着镜子般的湖面。', '林越：吉祥如意，相信我。')}`,
  );
  expect(resolution.assets.filter(({ kind }) => kind === 'prop')).toEqual([]);
});

describe('things of the household', () => {
  const propsOf = (...lines: string[]): string[] =>
    broken(`第1集\n${scene('1-1', '正堂', '林越', ...lines, '林越：走。')}`)
      .resolution.assets.filter(({ kind }) => kind === 'prop')
      .map(({ name }) => name);

  test('are props when they are counted or come again: 梯子, 火盆, 参汤', () => {
    expect(propsOf('△林越搬来一架梯子。', '△林越端起火盆。', '△火盆翻倒。', '△林越端着参汤出来，把参汤放下。')).toEqual(
      expect.arrayContaining(['梯子', '火盆', '参汤']),
    );
  });

  test('are part of the room when they only stand there', () => {
    expect(propsOf('△屋里烧着火盆。')).toEqual([]);
  });

  test('no dictionary knows are found by being taken in hand twice; hands and people are not', () => {
    expect(propsOf('△林越拿起药杵。', '△林越举起双臂。', '△林越把药杵扔在地上。', '△林越举起双臂。')).toEqual(['药杵']);
  });

  test('are none for being put or pushed somewhere: people, feelings, voices', () => {
    const moved = ['保安推', '小宝放', '仇恨放', '声音放', '脚步放', '事实摆'].flatMap((what) => [
      `△林越把${what}开。`,
      `△林越将${what}在一边。`,
    ]);
    const given = ['△林越接过重担。', '△林越接过重担。', '△林越抽出时间。', '△林越抽出时间。'];
    expect(propsOf(...moved, ...given)).toEqual([]);
  });

  test('are not the verb behind a short one: 端着药走进来', () => {
    expect(propsOf('△林越端着药走进来。', '△林越端着药走进门。')).not.toContain('药走');
  });
});

test('a colour and a night on the town are no drinks: 香槟色礼服, 灯红酒绿', () => {
  const { resolution } = broken(
    `第1集\n${scene('1-1', '舞厅', '林越', '△灯红酒绿。林越一身香槟色礼服走来。', '△灯红酒绿，香槟色的灯。', '林越：走。')}`,
  );
  expect(resolution.assets.filter(({ kind }) => kind === 'prop').map(({ name }) => name)).toEqual([]);
});

test('a token is a thing, whoever gives it its name: 魔君令', () => {
  const { asset } = broken(
    `第1集\n${scene('1-1', '藏经阁', '阿璃、魔君夜离', '△魔君遁走，留下半块魔君令。', '阿璃：这是魔君令。', '魔君夜离：还我。')}`,
  );
  expect(asset('魔君令', 'prop')).toBeDefined();
});
