// Titles, pet forms and kinship: whom they mean is read from who is there, who answers, and who could be called so.
import { describe, expect, test } from 'vitest';
import { broken, scene } from './drama.ts';

describe('a form of address', () => {
  test('made of surname and title means the only one of that surname', () => {
    const { forms } = broken(`第1集\n${scene('1-1', '公司', '程知行、秘书', '秘书：程总，车到了。', '程知行：走。')}`);
    expect(forms('程知行')).toEqual(['程总', '程知行']);
  });

  test('made of a pet form means the one whose name it is cut from', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '院子', '宋念慈、宋母', '宋母：慈慈，吃饭了。', '宋念慈：来了。')}${scene('1-2', '院子', '宋念慈、沈伯', '沈伯：念慈，你娘叫你。', '宋念慈：知道了。')}`,
    );
    expect(forms('宋念慈')).toEqual(['宋念慈', '念慈', '慈慈']);
  });

  test('by a wife title never means a woman born with that surname, nor her husband', () => {
    const { asset } = broken(
      `第1集\n${scene('1-1', '花园', '程知行、程雪、苏念', '苏念：程太太还没来吗？', '程雪：没有。', '程知行：她不来了。')}`,
    );
    expect(asset('程太太')?.key).not.toBe(asset('程雪')?.key);
    expect(asset('程太太')?.key).not.toBe(asset('程知行')?.key);
  });

  test('of an office is not given to whoever shares the surname: 周管家, 周雅兰', () => {
    const { asset, decision } = broken(
      `第1集\n${scene('1-1', '客厅', '周雅兰、程知行', '周雅兰：你来了。')}${scene('1-2', '门口', '周管家、程知行', '周管家：少爷，请。')}`,
    );
    expect(asset('周管家')?.key).not.toBe(asset('周雅兰')?.key);
    expect(decision('周管家', '周雅兰')?.outcome).not.toBe('merged');
  });

  test('of an office means the only one of that surname, in the script and among those it is said to', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '办公室', '程知行、秦越、陆明', '程知行：秦助理，送客。', '陆明：不用。')}${scene('1-2', '办公室', '程知行、苏曼、陆明', '程知行：苏总监，坐。', '陆明：我也坐。')}`,
    );
    expect(forms('秦越')).toEqual(['秦助理', '秦越']);
    expect(forms('苏曼')).toEqual(['苏总监', '苏曼']);
  });

  test('of an office waits for a person where two have the surname', () => {
    const { asset } = broken(
      `第1集\n${scene('1-1', '办公室', '程知行、秦越、陆明', '程知行：秦助理，送客。', '陆明：不用。')}${scene('1-2', '家', '程知行、秦岚', '秦岚：来。')}`,
    );
    expect(asset('秦越')?.forms.map(({ surface }) => surface)).not.toContain('秦助理');
  });

  test('said to somebody who is not there is not his: nobody is called to his face in his absence', () => {
    const { asset } = broken(`人物小传
方淑：程知行的母亲。
程知行：男主。

第1集
${scene('1-1', '老宅', '方淑、程知行', '程知行：妈。', '方淑：回来了？')}${scene('1-2', '医院', '苏念、程知行、医生甲', '医生甲：程先生，程太太，恭喜。', '苏念：谢谢。')}`);
    expect(asset('方淑')?.forms.map(({ surface }) => surface)).not.toContain('程太太');
  });
});

describe('a title that moves', () => {
  const { meaning, asset } = broken(`人物小传
程国华：程氏集团董事长，程知行之父。
程知行：程国华的独子。

第1集
${scene('1-1', '办公室', '程国华、秘书', '秘书：程董，会议开始了。', '程国华：好。')}
第2集
${scene('2-1', '办公室', '程知行、秘书', '秘书：程董，恭喜上任。', '程知行：谢谢。')}`);

  test('is told scene by scene', () => {
    expect(meaning('程董')).toEqual({ '1-1': '程国华', '2-1': '程知行' });
  });

  test('is no name of either', () => {
    expect(asset('程国华')?.forms.map(({ surface }) => surface)).not.toContain('程董');
    expect(asset('程知行')?.forms.map(({ surface }) => surface)).not.toContain('程董');
  });
});

test('kinship is reckoned by who speaks: two children, two fathers', () => {
  const { meaning } = broken(
    `第1集\n${scene('1-1', '程家', '程国华、程知行', '程知行：爸，我走了。', '程国华：路上小心。')}${scene('1-2', '苏家', '苏振、苏念', '苏念：爸，我回来了。', '苏振：吃饭。')}`,
  );
  expect(meaning('爸')).toEqual({ '1-1': '程国华', '1-2': '苏振' });
});

test('大人 and 姑娘 are nobody’s name; each scene says whom they mean', () => {
  const { meaning, asset } = broken(
    `第1集\n${scene('1-1', '大堂', '裴远、差役甲', '差役甲：大人，抓到了。', '裴远：带上来。')}${scene('1-2', '山道', '韩砚、差役甲', '差役甲：大人，前面没路了。', '韩砚：下马。')}`,
  );
  expect(meaning('大人')).toEqual({ '1-1': '裴远', '1-2': '韩砚' });
  expect(asset('大人')).toBeUndefined();
});

describe('the head of a firm', () => {
  const firm = (father: string) =>
    broken(`人物：
顾夜寒：男，30岁，顾氏集团总裁。
顾长山：男，60岁，${father}。
顾小宝：男，5岁，顾夜寒的儿子。

第1集
${scene('1-1', '办公室', '顾夜寒、秘书、顾长山', '秘书：顾总，车到了。', '顾夜寒：走。')}${scene('1-2', '大厅', '秘书、保安', '保安：顾总在楼上吗？', '秘书：在。')}`);

  test('is meant by 顾总, whoever else in the family has the name', () => {
    expect(firm('顾夜寒的父亲').forms('顾夜寒')).toEqual(['顾夜寒', '顾总']);
  });

  test('is not told from another head of it', () => {
    const { asset } = firm('顾氏集团前总裁');
    expect(asset('顾总')?.key).not.toBe(asset('顾长山')?.key);
    expect(asset('顾夜寒')?.forms.map(({ surface }) => surface)).not.toContain('顾总');
  });
});

test('an office in front of a name is who somebody is, not another surname: 班长周扬', () => {
  const { forms } = broken(
    `第1集\n${scene('1-1', '教室', '江屿、班长周扬', '周扬：都坐下。', '江屿：好。')}${scene('1-2', '操场', '周扬、班长文', '周扬：走。', '班长文：走。')}`,
  );
  expect(forms('周扬')).toEqual(['周扬', '班长周扬']);
  expect(forms('班长文')).toEqual(['班长文']);
});

test('a Japanese surname is one: 佐藤课长 is 佐藤一郎, 田中正 keeps to himself', () => {
  const { forms } = broken(
    `第1集\n${scene('1-1', '特高课', '佐藤一郎、丁默', '丁默：佐藤课长，有消息了。', '佐藤一郎：说。')}${scene('1-2', '村口', '田中正、丁默', '丁默：田中正，走。', '田中正：走。')}`,
  );
  expect(forms('佐藤一郎')).toEqual(['佐藤一郎', '佐藤课长']);
  expect(forms('田中正')).toEqual(['田中正']);
});

test('a servant who calls the old lady tells nothing of his own gender', () => {
  const { asset } = broken(
    `第1集\n${scene('1-1', '顾宅', '顾老夫人、佣人、渔翁', '佣人：老夫人，客人到了。', '渔翁：老夫告辞。')}`,
  );
  expect(asset('佣人')?.attributes.gender).toBeUndefined();
  expect(asset('渔翁')?.attributes.gender).toBe('male');
});

test('who is called on a phone that rang is not who stands beside; without one it is', () => {
  const talk = (before: string) =>
    broken(
      `第1集\n${scene('1-1', '走廊', '苏念、顾夜寒', before, '苏念：宝贝，马上回家。', '顾夜寒：谁？')}${scene('1-2', '走廊', '苏念、顾夜寒', '苏念：宝贝，走。')}`,
    ).meaning('宝贝')['1-1'];
  expect(talk('△苏念的手机响起。')).toBeUndefined();
  expect(talk('△苏念停下。')).toBe('顾夜寒');
});

describe('an office at school', () => {
  const cast =
    '人物小传\n何小苗：女，十七岁，三班学委。\n方振：男，十八岁，三班班长。\n吴敏：女，三十五岁，三班班主任。\n\n第1集\n';
  const { forms } = broken(
    `${cast}${scene('1-1', '教室', '何小苗、方振、吴老师', '方振：学委，发卷子。', '何小苗：好的，班长。', '吴老师：安静。')}${scene('1-2', '办公室', '吴敏、方振', '方振：吴老师，您找我？', '吴敏：坐。')}`,
  );

  test('is whoever is told to hold it: 学委, 班长', () => {
    expect(forms('何小苗')).toEqual(['何小苗', '学委']);
    expect(forms('方振')).toEqual(['方振', '班长']);
  });

  test('makes a 老师 of the 班主任', () => {
    expect(forms('吴敏')).toEqual(['吴敏', '吴老师']);
  });
});

test('小姐 is the daughter of the house, and 大小姐 not the one told to be 三小姐', () => {
  const { forms } = broken(
    `人物小传\n卫明珠：女，十九岁，伯府嫡长女。\n卫明月：女，十七岁，伯府庶出三小姐。\n\n第1集\n${scene('1-1', '正堂', '卫明珠、卫明月、丫鬟春桃', '春桃：大小姐，簪子找到了。', '卫明月：不是我。', '卫明珠：跪下。')}`,
  );
  expect(forms('卫明珠')).toEqual(['卫明珠', '大小姐']);
});

test('爹 is the father the biographies tell, whoever answers', () => {
  const { meaning } = broken(
    `人物小传\n丁如是：女，二十四岁，丞相丁嵩之女。\n丁嵩：男，五十八岁，丞相。\n高承：男，二十五岁，皇帝。\n\n第1集\n${scene('1-1', '大殿', '高承、丁如是、丁嵩', '高承：拿下。', '丁如是：爹，她就是刺客！', '高承：慢着。', '丁嵩：臣在。')}`,
  );
  expect(meaning('爹')).toEqual({ '1-1': '丁嵩' });
});

test('老罗 said to a portrait is the father and not the daughter of seventeen who answers', () => {
  const { forms } = broken(
    `人物小传\n罗念：女，十七岁，学生。\n罗大海：男，罗念的父亲，三年前去世。\n林芬：女，四十五岁，罗念的母亲。\n\n第1集\n${scene('1-1', '面馆', '林芬、罗念', '林芬：老罗，女儿要高考了。', '罗念：妈，又跟爸说话？')}`,
  );
  expect(forms('罗念')).not.toContain('老罗');
});

test('姜姐 is a woman with a name, not the mother called by the surname; 叫我姜姐就行 is said of oneself', () => {
  const { forms } = broken(
    `第1集\n${scene('1-1', '会议室', '姜离、小鱼', '小鱼：您好。', '姜离：叫我姜姐就行。')}${scene('1-2', '家', '姜离、姜母', '姜母：吃饭。', '姜离：好。')}`,
  );
  expect(forms('姜离')).toContain('姜姐');
  expect(forms('姜母')).toEqual(['姜母']);
});

describe('the cast line has one name, the cues another', () => {
  test.each([
    ['陆世子', '陆子衿'],
    ['柳氏', '柳姨娘'],
    ['暗卫十一', '十一'],
    ['班主任老高', '老高'],
  ])('人物：%s, and nobody but %s speaks: one person, and the cast line is quoted', (listed, cue) => {
    const { forms, decision } = broken(
      `第1集\n${scene('1-1', '花园', `沈云舒、${listed}`, `${cue}：走吧。`, '沈云舒：嗯。')}${scene('1-2', '正厅', `沈云舒、${cue}`, `${cue}：坐。`)}`,
    );
    expect(forms(cue)).toEqual(expect.arrayContaining([listed, cue]));
    expect(decision(cue, listed)?.evidence.map(({ rule }) => rule)).toContain('listed_as');
    expect(decision(cue, listed)?.evidence.find(({ rule }) => rule === 'listed_as')?.quote).toContain(listed);
  });

  test('a nurse and a matron of one surname wait for a person: 奶娘冯氏, 冯嬷嬷', () => {
    const { decision } = broken(
      `第1集\n${scene('1-1', '闺房', '沈云舒、奶娘冯氏', '冯嬷嬷：姑娘，起吧。', '沈云舒：嗯。')}${scene('1-2', '正厅', '沈云舒、冯嬷嬷', '冯嬷嬷：坐。')}`,
    );
    expect(decision('冯嬷嬷', '奶娘冯氏')?.outcome).toBe('review');
  });

  test('璃月仙子 speaks first and 璃月 from there on: one person', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '诛仙台', '紫微帝君、璃月仙子', '璃月仙子：我没有。', '紫微帝君：住口。', '璃月：好。')}`,
    );
    expect(forms('璃月')).toEqual(['璃月', '璃月仙子']);
  });

  test.each([
    ['周予安', '周父'],
    ['沈侯爷', '沈夫人'],
    ['陆子衿', '陆子安'],
    ['秦王', '秦王妃'],
    ['沈云柔', '沈大小姐'],
    ['周管家', '周雅茹'],
    ['沈太医', '沈云舒'],
    ['王老师', '王小明'],
    ['高法医', '高远'],
    ['秦王', '秦王世子'],
    ['楚王', '楚天'],
    ['王妃', '秦王妃'],
  ])('人物：%s, and %s speaks unlisted: two of a house are not made one', (listed, cue) => {
    const { asset } = broken(
      `第1集\n${scene('1-1', '花园', `林晚、${listed}`, `${cue}：走吧。`, '林晚：嗯。')}${scene('1-2', '正厅', `林晚、${cue}`, `${cue}：坐。`)}`,
    );
    expect(asset(cue)?.key).not.toBe(asset(listed)?.key);
  });
});

test('who speaks in another scene is nobody’s other name: 王公子, and 王小明 unlisted', () => {
  const { asset, decision } = broken(
    `第1集\n${scene('1-1', '花园', '林晚、王公子', '王小明：走吧。', '林晚：嗯。')}${scene('1-2', '书房', '王公子', '王公子：读书。')}`,
  );
  expect(asset('王小明')?.key).not.toBe(asset('王公子')?.key);
  expect(decision('王小明', '王公子')).toBeUndefined();
});

test('an office on the cast line beside a cue of the surname is asked about: 高法医, 高远', () => {
  const { decision } = broken(`第1集\n${scene('1-1', '花园', '林晚、高法医', '高远：走吧。', '林晚：嗯。')}`);
  expect(decision('高远', '高法医')?.outcome).toBe('review');
});

test.each(['法医', '副官', '师叔', '副局长', '支书', '爱卿', '道友', '知青'])(
  '%s behind a surname calls the only one of that surname',
  (title) => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '院中', '江晚、陆沉', `陆沉：江${title}，请。`, '江晚：好。')}${scene('1-2', '堂上', '江晚、陆沉', `陆沉：江${title}，怎么看？`, '江晚：再查。')}`,
    );
    expect(forms('江晚')).toContain(`江${title}`);
  },
);

test('处座 is the 处长', () => {
  const { forms } = broken(
    `人物小传\n沈仲平：76号行动处处长。\n\n第1集\n${scene('1-1', '舞厅', '沈仲平、梁子健', '梁子健：处座，抓到一个。', '沈仲平：带走。')}`,
  );
  expect(forms('沈仲平')).toContain('处座');
});

test('a Japanese surname is read whole: 秋山小姐 is no 山小姐', () => {
  const { forms, asset } = broken(
    `人物小传\n秋山雅子：女，特务。\n山鹰：军统。\n\n第1集\n${scene('1-1', '审讯室', '秋山雅子、沈仲平', '沈仲平：秋山小姐，这是我的犯人。', '秋山雅子：我的。')}`,
  );
  expect(forms('秋山雅子')).toContain('秋山小姐');
  expect(asset('山小姐')).toBeUndefined();
});
