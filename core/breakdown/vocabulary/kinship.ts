// Kinship words: as names for somebody (陆母, 念念妈妈), as address (老爹) and as told relations (陆沉的母亲).
import type { Gender } from './titles.ts';

/** Kinship words that may follow a surname or a child's name, with the relation they name. */
export const kinLabels: ReadonlyMap<string, { relation: string; gender: Gender }> = new Map([
  ...kin('father', 'male', '父 父亲 爸 爸爸 爹 他爹 她爹 老爸'),
  ...kin('mother', 'female', '母 母亲 妈 妈妈 娘 他娘 她娘 老妈'),
  ...kin('grandfather', 'male', '爷爷 祖父 外公 姥爷'),
  ...kin('grandmother', 'female', '奶奶 祖母 外婆 姥姥'),
  ...kin('brother', 'male', '哥 哥哥 弟 弟弟'),
  ...kin('sister', 'female', '姐 姐姐 妹 妹妹'),
  ...kin('wife', 'female', '妻 妻子 老婆 媳妇 太太'),
  ...kin('husband', 'male', '夫 丈夫 老公'),
  ...kin('son', 'male', '儿子'),
  ...kin('daughter', 'female', '女儿'),
  ...kin('uncle', 'male', '叔叔 舅舅'),
  ...kin('aunt', 'female', '姑姑 姨妈'),
  ...kin('foster father', 'male', '养父'),
  ...kin('foster mother', 'female', '养母'),
  ...kin('stepfather', 'male', '继父'),
  ...kin('stepmother', 'female', '继母'),
  ...kin('father-in-law', 'male', '岳父'),
  ...kin('mother-in-law', 'female', '岳母 婆婆'),
  ...kin('father-in-law', 'male', '公公'),
]);

function kin(relation: string, gender: Gender, words: string): [string, { relation: string; gender: Gender }][] {
  return words.split(' ').map((word) => [word, { relation, gender }]);
}

/** What a child calls a parent, with the parent's gender. A wife may call her husband's parents so too. */
export const parentAddresses: ReadonlyMap<string, Gender | undefined> = new Map([
  ...entries('爹 阿爹 老爹 爹爹 爸 爸爸 老爸 父亲', 'male'),
  ...entries('娘 阿娘 娘亲 妈 妈妈 老妈 母亲', 'female'),
]);

/** Kinship as address: whom it means hangs on who speaks. */
export const kinAddresses: ReadonlyMap<string, Gender | undefined> = new Map([
  ...parentAddresses,
  ...entries(
    '爷爷 祖父 外公 姥爷 哥 哥哥 大哥 二哥 三哥 大哥哥 弟弟 伯父 伯伯 大伯 叔叔 大叔 二叔 三叔 舅舅 姑父 姨父 姐夫 妹夫 岳父 老公 相公 夫君 官人 大爷 师兄 师弟 义父 养父 干爹 老头子 公公',
    'male',
  ),
  ...entries(
    '奶奶 祖母 外婆 姥姥 姐 姐姐 大姐 二姐 三姐 妹妹 小妹 阿姨 姨妈 姑姑 姑妈 舅妈 婶婶 伯母 嫂子 嫂嫂 大嫂 岳母 婆婆 老婆 媳妇 娘子 大娘 大妈 大婶 师姐 师妹 义母 养母 干妈 弟妹',
    'female',
  ),
  ...entries('亲家 宝贝 亲爱的', undefined),
]);

/** Who has a part in somebody's life story: family, loves, friends, animals. Alternatives of a pattern. */
export const ownPeople: string =
  '父亲 母亲 爸爸 妈妈 爷爷 奶奶 外公 外婆 哥哥 弟弟 姐姐 妹妹 兄长 大哥 二哥 大姐 二姐 丈夫 妻子 老公 老婆 媳妇 太太 夫人 前夫 前妻 亡夫 亡妻 未婚夫 未婚妻 男友 女友 男朋友 女朋友 恋人 爱人 情人 初恋 儿子 女儿 孩子 长子 次子 独子 长女 次女 独女 一子 一女 一儿 孙子 孙女 侄子 侄女 外甥 叔叔 舅舅 姑姑 姨妈 养父 养母 养子 养女 继父 继母 继子 继女 生父 生母 岳父 岳母 婆婆 公公 师父 师傅 师尊 徒弟 师兄 师姐 师弟 师妹 闺蜜 好友 朋友 发小 搭档 仇人 对手 宠物 爱犬 坐骑 狗 猫'.replaceAll(
    ' ',
    '|',
  );

function entries(words: string, gender: Gender | undefined): [string, Gender | undefined][] {
  return words.split(' ').map((word) => [word, gender]);
}

/** Told relations: 陆沉的母亲, 陆沉之母. The key is the word behind 的/之, the value the relation. */
export const toldRelations: ReadonlyMap<string, string> = new Map([
  ...[...kinLabels].map(([word, { relation }]): [string, string] => [word, relation]),
  ['生母', 'mother'],
  ['生父', 'father'],
  ['亲生母亲', 'mother'],
  ['亲生父亲', 'father'],
  ['亲妈', 'mother'],
  ['亲爸', 'father'],
  ['夫人', 'wife'],
  ['发妻', 'wife'],
  ['前妻', 'ex-wife'],
  ['前夫', 'ex-husband'],
  ['未婚妻', 'fiancée'],
  ['未婚夫', 'fiancé'],
  ['长子', 'son'],
  ['次子', 'son'],
  ['独子', 'son'],
  ['长女', 'daughter'],
  ['次女', 'daughter'],
  ['独女', 'daughter'],
  ['子', 'son'],
  ['女', 'daughter'],
]);
