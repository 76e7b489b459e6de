// Whether somebody is a woman or a man: as the biography tells it, else the titles, else the pronouns. What contradicts itself is left out.
import type { Biography } from '../../script/schema.ts';
import { biographyAliases } from '../extract/biography-aliases.ts';
import { readName } from '../forms/read-name.ts';
import { kinLabels } from '../vocabulary/kinship.ts';
import { type Gender, titles } from '../vocabulary/titles.ts';
import type { FormNode } from './form-table.ts';

/** What the lines of a script tell of one form: how often as a woman, how often as a man. */
export type GenderTally = Readonly<Record<Gender, number>>;

/** Words of the vocabulary that also mean something else, or that either may be called. */
const doubtful: ReadonlySet<string> = new Set('常在 答应 美人 掌门 大师 道长 兄弟 公公 王'.split(' '));

/** A relation or rank tells the gender of whoever stands in it: 陆沉的母亲 at the end of a clause, not 母亲早亡 nor 嫁给太子. */
const relation = (gender: Gender, more: string): string => {
  const words = [...kinLabels, ...titles].filter(
    ([word, told]) => told.gender === gender && word.length > 1 && !doubtful.has(word),
  );
  const all = [...words.map(([word]) => word), ...more.split(' ')].sort((a, b) => b.length - a.length);
  return `(?<![有个与和跟给嫁娶恋爱于被对从随救侍靠奉])(?:${all.join('|')})(?=[，,。；;）)]|$)`;
};

// What somebody is called in a list of parts, or in so many words: it decides.
const ownFemale =
  /(?:^|[，,。；;：:（(、\s])(?:女|女主角?|女[一二三四]号?|女配角?|女反派)(?=[，,。；;）)、\s]|$)|女扮男装(?!的)|女儿身/;
const ownMale =
  /(?:^|[，,。；;：:（(、\s])(?:男|男主角?|男[一二三四]号?|男配角?|男反派)(?=[，,。；;）)、\s]|$)|男扮女装(?!的)|男儿身/;

const female = new RegExp(
  `(?<![男一二两三子儿])女(?!婿|儿|友|装|扮|色|主|配|性|人(?![，,。；;]|$))|(?:^|[，,。；（(])(?:她|(?:丈夫|亡夫)(?![，,。；的]))|${relation('female', '之母 之妻 之妹 之姐 之女 生母 乳母 奶娘 未婚妻 妻妹 孙女 侄女 外甥女 小妾 千金 名媛 丫鬟 婢女 歌姬 舞姬 琴姬 尼姑')}|\\b(?:she|her|woman|girl|daughter|wife|mother|sister|lady|queen|niece|aunt|princess|duchess|actress|waitress|widow|bride|matriarch|heiress|grandmother|granddaughter|stepmother|stepdaughter|stepsister|empress)\\b`,
  'i',
);
const male = new RegExp(
  `(?:^|[，,。；（(])(?:他|(?:妻子|爱妻|亡妻|发妻)(?![，,。；的]))|${relation('male', '之父 之子 之夫 之弟 之兄 生父 未婚夫 独子 长子 次子 幼子 养子 义子 兄长 外祖父 侄子 孙子 外甥 汉子 老汉 小厮 书生 道士')}|\\b(?:he|his|man|boy|son|husband|father|brother|lord|king|nephew|uncle|gentleman|prince|count|kinsman|friar|monk|widower|patriarch|grandfather|grandson|stepfather|stepson|stepbrother|emperor|duke)\\b`,
  'i',
);

/** Gender a biography tells; undefined where it tells none, or both. */
export function toldGender(biography: Biography): Gender | undefined {
  const own = either(ownFemale.test(biography.text), ownMale.test(biography.text));
  if (own) return own;
  const told = biography.text.split(/[。；;！!？?\n]|\.\s/).map(firstTold);
  const titled = biographyAliases(biography).map(({ form }) => readName(form, 'zh').gender);
  return agreed([...told, ...titled]);
}

/** The gender that all tell who tell one. */
export function agreed(told: readonly (Gender | undefined)[]): Gender | undefined {
  return either(told.includes('female'), told.includes('male'));
}

function either(isFemale: boolean, isMale: boolean): Gender | undefined {
  if (isFemale === isMale) return undefined;
  return isFemale ? 'female' : 'male';
}

/** A sentence speaks of its person first: daughter to Lord Capulet is a woman. */
function firstTold(sentence: string): Gender | undefined {
  const [f, m] = [sentence.search(female), sentence.search(male)];
  if (f < 0 && m < 0) return undefined;
  return m < 0 || (f >= 0 && f < m) ? 'female' : 'male';
}

/**
 * Gender of a person by everything: `told` by the biography, else by the titles among the person's own forms and those `shared` with
 * others, and by the lines (`tallies` by form key).
 * Lines count where three of four agree: a pronoun may mean somebody else now and then.
 */
export function genderOf(
  { told, nodes }: { readonly told: Gender | undefined; readonly nodes: readonly FormNode[] },
  shared: readonly FormNode[],
  tallies: ReadonlyMap<string, GenderTally>,
): Gender | undefined {
  if (told) return told;
  const titled = agreed([...nodes, ...shared].map(({ parts }) => parts.gender));
  const sum = { female: 0, male: 0 };
  for (const { key } of nodes) {
    sum.female += tallies.get(key)?.female ?? 0;
    sum.male += tallies.get(key)?.male ?? 0;
  }
  const all = sum.female + sum.male;
  const shown = either(all > 0 && sum.female * 4 >= all * 3, all > 0 && sum.male * 4 >= all * 3);
  return agreed([titled, shown]);
}
