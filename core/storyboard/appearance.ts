// What is seen of a person: of the words a biography or an introduction has of them, those a picture can show.
import { englishGarments } from '../breakdown/vocabulary/english.ts';
import { garments } from '../breakdown/vocabulary/wardrobe.ts';

/** Said of all that is worn, or read as part of other words: 打扮, 服 in 服务. */
const vague = new Set(['打扮', '装束', '行头']);
const named = garments.filter((word) => word.length > 1 && !vague.has(word));
const clothes = new RegExp(
  `${named.join('|')}|[红黑白青灰蓝绿黄紫粉褐棕绯朱金银素花破旧布皂玄麻锦绸纱][色]?.{0,3}[衣袍衫裙裤袄褂裘甲服靴鞋帽](?![务食])`,
);
const englishClothes = new RegExp(
  `(?:^|[\\s-])(?:\\w*coat|glasses|spectacles|pyjama|${[...englishGarments].join('|')})s?$`,
  'i',
);
const body =
  /[短长黑白银金红卷直披盘散乱束华鬓秃寸]发|头发|发髻|发辫|马尾|丸子头|寸头|光头|胡[子须茬]|络腮|[白长短]须|山羊胡|虬髯|[浓剑柳]眉|[丹凤桃花杏细独]眼(?![光前镜])|单眼皮|双眼皮|眼镜|墨镜|疤|痣|胎记|纹身|刺青|[圆方长]脸|瓜子脸|国字脸|娃娃脸|皮肤|肤色|黝黑|身材|身形|个子|高大|矮小|清瘦|消瘦|瘦削|微胖|肥胖|魁梧|健壮|佝偻|驼背|独臂|清秀|俊朗|俊美|英俊|貌美|容貌/;
const englishBody =
  /\b(?:\w*hair(?:ed)?|bald|beard(?:ed)?|moustache|mustache|goatee|stubble|scar(?:red)?|tattoo(?:s|ed)?|freckles|freckled|\w+-eyed|eyes|tall|slim|thin|stocky|heavyset|shoulders|broad-shouldered|lean|muscular|wiry|petite|handsome|pale|ponytail|pigtails?|braids?|(?<!\w\W+)heavy$)\b/i;
/** A scar on her chin: where it is does not make it something done. */
const marked =
  /^(?:an?|the)?\s*(?:[a-z-]+\s){0,2}(?:scar|tattoo|birthmark|mole|freckles)\s(?:on|across|over|down|above|under|behind)\s(?:his|her|their|the|one)\s(?:[a-z]+\s)?[a-z]+$/i;
/** A clause of English that says what somebody does, not how they look. */
const does =
  /\b(?:the|his|her|their|its|to|into|onto|from|at|on|up|down|out|he|she|they|is|are|was|were|who|not|mother|father|brother|sister|wife|husband|son|daughter)\b|^[a-z]+(?<!s)s\s/i;
/** A clause of Chinese that says what somebody does, or tells of somebody else. */
const doesOrOther =
  /^(?:[他她其与跟被曾怕恨爱给把让向]|和|对(?!襟)|同(?!色)|摘|脱|换下|拿|递|扔|抱着|抱起|拉|拽|扶|推|抓|揪|盯|看|望|瞪|指|擦|摸|捂|揉|喜欢|暗恋|讨厌|害怕)|(?:[男女]人|[男女]孩|[男女]子|首领|手下|母亲|父亲|妈妈|爸爸|妻子|丈夫|儿子|女儿|哥哥|弟弟|姐姐|妹妹)(?![装裤裙])/;
const aged =
  /^(?:年?约)?[\d一二三四五六七八九十]{1,4}(?:多|来|余)?岁(?:左右|上下)?$|^(?:(?:early|mid|late)[\s-]+)?\d{1,3}(?:['’]?s)?$|^(?:(?:early|mid|late)[\s-]+)?(?:twen|thir|for|fif|six|seven|eigh)ties$/i;

const han = /\p{Script=Han}/u;
const parted = (words: string): string[] =>
  words
    .split(/[，,；;。.、：:（）()\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const isWorn = (clause: string): boolean => (han.test(clause) ? clothes : englishClothes).test(clause);

function isSeen(clause: string): boolean {
  if (han.test(clause))
    return clause.length <= 14 && !doesOrOther.test(clause) && (clothes.test(clause) || body.test(clause));
  const few = clause.split(/\s+/).length <= 5;
  if (marked.test(clause)) return true;
  return few && !does.test(clause) && (englishClothes.test(clause) || englishBody.test(clause));
}

const listed = (clauses: readonly string[]): string =>
  [...new Set(clauses)].join(clauses.some((clause) => han.test(clause)) ? '，' : ', ');

/** The clauses of a text that a picture can show: hair, face, build, clothes. '' where it has none. */
export const seenIn = (words: string): string => listed(parted(words).filter(isSeen));

/** Looks as one, as they are written; one that another holds is left out. */
export function joinedLooks(...looks: readonly string[]): string {
  const told = looks.filter(
    (look, i) => look !== '' && !looks.some((other, j) => other.includes(look) && (other !== look || j < i)),
  );
  return told.join(told.some((look) => han.test(look)) ? '，' : ', ');
}

/** A look without what is worn, named as a garment or as one of these costumes; for those who wear something else here. */
export const undressed = (look: string, costumes: readonly string[] = []): string =>
  listed(parted(look).filter((clause) => !isWorn(clause) && !costumes.includes(clause)));

/** A look without these clauses, as it is written where it has none of them. */
export const without = (look: string, clauses: readonly string[]): string =>
  parted(look).some((clause) => clauses.includes(clause))
    ? listed(parted(look).filter((clause) => !clauses.includes(clause)))
    : look;

/** A look without how old they are. */
export const ageless = (look: string): string => listed(parted(look).filter((clause) => !isAge(clause)));
/** Whether a look tells how old somebody is. */
export const hasAge = (look: string): boolean => parted(look).some(isAge);
const isAge = (clause: string): boolean => aged.test(clause) || clause.endsWith(' years old');

export type Introduction = { readonly look: string; readonly gender: string };

/** What somebody is, between what is seen of them: a burnt-out courier; Tom's sister. */
const role = /^(?:(?:an?|the|his|her|their)\s|[A-Z]\w+['’]s\s)[^A-Z]*$/;

/**
 * 林昭（女，32岁，黑色西装）; MARA VOSS, 38, grey trench coat, steps out. Undefined where nothing is told behind the name. Without brackets it
 * ends where the sentence goes on, for what is told behind that may be of somebody else: JOHN, 38, and MARY, 35, tall.
 */
export function introduction(text: string, from: number): Introduction | undefined {
  const rest = text.slice(from);
  const held = /^\s?[（(]([^（）()]{1,80})[）)]/.exec(rest)?.[1];
  const told = held ?? (/^,\s/.test(rest) ? /^[^.。\n]*/.exec(rest.slice(2))![0] : undefined);
  if (told === undefined) return undefined;
  const clauses = held === undefined ? ofOne(parted(told)) : parted(told).filter((clause) => !doesOrOther.test(clause));
  const seen = clauses.filter(tells);
  const gender = clauses.find((clause) => /^(?:[男女]|(?:fe)?male|(?:wo)?man)$/i.test(clause)) ?? '';
  const years = seen.map((clause) => (/^\d{1,3}$/.test(clause) ? `${clause} years old` : clause));
  return years.length === 0 && gender === '' ? undefined : { look: listed(years), gender };
}

const tells = (clause: string): boolean => aged.test(clause) || isSeen(clause);

/** The clauses of prose that go on about the one named before them; none where the first is no introduction, or they are numbers. */
function ofOne(clauses: readonly string[]): readonly string[] {
  const [first = '', second = ''] = clauses;
  const opens = tells(first) || (role.test(first) && tells(second));
  if (!opens || (aged.test(first) && /^\d/.test(second))) return [];
  const years = clauses.findIndex((clause) => aged.test(clause));
  const end = clauses.findIndex(
    (clause, i) => !(tells(clause) || role.test(clause)) || (aged.test(clause) && i > years),
  );
  return end < 0 ? clauses : clauses.slice(0, end);
}
