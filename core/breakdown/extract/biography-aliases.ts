// Other names told in a biography: 真实身份是……宁安公主李昭宁, 人称“秦姐”, 英文名Vivian, 曾是禁军统领谢长风.

import type { Biography } from '../../script/schema.ts';
import { surnameOf } from '../forms/chinese-name.ts';
import { readName } from '../forms/read-name.ts';
import { kinLabels, ownPeople } from '../vocabulary/kinship.ts';
import { retainers } from '../vocabulary/roles.ts';
import { wordySurnames } from '../vocabulary/surnames.ts';
import { wifeTitles } from '../vocabulary/titles.ts';
import { aliasWords, familiarNaming, ownDeeds, plainNaming, weakAliasWords } from '../vocabulary/told-alias.ts';

interface ToldAlias {
  readonly form: string;
  /** The clause that tells it, verbatim. */
  readonly quote: string;
  readonly rule: 'biography_alias' | 'biography_title';
}

const clauseEnd = /[，,。；;！!？?\n]/;
const english =
  /\b(?:aka|a\.k\.a\.|[Aa]lso known as|[Aa]lias|[Rr]eal name(?: is)?|[Bb]orn|[Nn]icknamed|[Kk]nown as|called|[Gg]oes by|[Ss]tage name|[Cc]ode ?name[d]?|(?:[Ee]very(?:one|body)|[Pp]eople|[Ff]riends|[Tt]hey) calls? (?:her|him|them))[:\s]+["“']?([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})/g;

/** The forms a biography tells for its person, with the clause that tells each. The name itself is left out. */
export function biographyAliases(biography: Biography): ToldAlias[] {
  const told = new Map<string, ToldAlias>();
  const add = (form: string, quote: string, rule: ToldAlias['rule']): void => {
    const clean = form.trim();
    if (clean.length > 1 && clean.length <= 30 && clean !== biography.name && !told.has(clean))
      told.set(clean, { form: clean, quote: quote.trim(), rule });
  };
  for (const match of biography.text.matchAll(english))
    if (!englishOthers.test(biography.text.slice(0, match.index)))
      add(match[1]!.replace(/[.,]$/, ''), match[0], 'biography_alias');
  const clauses = clausesOf(biography.text);
  const names = clauses.filter((clause) => readName(clause, 'zh').kind === 'name');
  for (const [at, clause] of clauses.entries()) {
    for (const form of formsTold(clause, clauses[at - 1] ?? '')) add(form, clause, 'biography_alias');
    if (isOwnTitle(biography.name, clause)) add(clause.trim(), clause, 'biography_title');
    // 育有三子，林越，林枫: several names are others'
    if (names.length < 2 && isOwnName(biography.name, clause, clauses[at - 1])) add(clause, clause, 'biography_alias');
  }
  for (const form of biography.name.split(/[/／|]|（|\(|）|\)/).slice(1))
    if (isPersonal(form)) add(form, biography.name, 'biography_alias');
  for (const { form, quote } of besideName(biography.text)) add(form, quote, 'biography_alias');
  return [...told.values()];
}

/** 林知意（沈鸢，28岁）: another name in the brackets behind the name. Who plays her, and words that only look like a name, are none. */
function besideName(text: string): { form: string; quote: string }[] {
  const head = /^[^（(：:，,。]{1,12}[（(]([^）)]{2,30})[）)]/.exec(text);
  if (!head) return [];
  const forms = head[1]!.split(/[，,、/／；;\s]+/).filter((form) => isPersonal(form) && !/[饰演]/.test(form));
  const named = forms.filter(
    (form) => readName(form, 'zh').kind !== 'name' || !wordySurnames.has(surnameOf(form) ?? ''),
  );
  return named.map((form) => ({ form, quote: head[0] }));
}

/** The clauses of a biography, its head (name, age in brackets, colon) cut off. */
export function clausesOf(text: string): string[] {
  return text
    .replace(/^[^，,。；;：:]{1,24}[：:]/, '')
    .split(clauseEnd)
    .map((clause) => clause.trim())
    .filter(Boolean);
}

/** Her husband, his dog: the rest of the sentence may be about them. */
const englishOthers =
  /\b(?:her|his|their|has an?|with an?|and an?|of an?) (?:[\w-]+ ){0,2}(?:husband|wife|son|daughter|child|father|mother|brother|sister|uncle|aunt|fiancée?|boyfriend|girlfriend|friend|partner|boss|assistant|dog|cat|horse)\b[^.;]*$/i;

const ofOthers = new RegExp(ownPeople);
const beginsWithOthers = new RegExp(`^(?:其|[她他]的?|有?一?[个位名])?(?:${ownPeople})`);
/** 丈夫是律师, 儿子五岁, 养了一只猫: who is called something next is not the person of the biography. */
const turnsToOthers = new RegExp(
  `^(?:其|[她他]的?)?(?:${ownPeople})(?:$|[是为乃今\\d一二三四五六七八九十])|(?:带着|养着?|养了|抚养|照顾|育有|有|娶|嫁).*(?:${ownPeople})$`,
);

/** 妻子名叫林晚, 儿子小名阿宝: the name of somebody else in the person's life. */
function isAnothers(word: string, before: string, previous: string): boolean {
  if (/叫[她他]$/.test(word) || /[为给替将把][她他其]/.test(before)) return false;
  if (ownDeeds.test(word)) return beginsWithOthers.test(before);
  if (ofOthers.test(before) || (plainNaming.has(word) && !/^(?:[她他原本后现又也亦曾]|本人)*$/.test(before)))
    return true;
  return familiarNaming.has(word) && before.length <= 1 && turnsToOthers.test(previous);
}

/** 道上叫“疤脸”, 屯里人喊她“秀芹丫头”; not 常喊“冤枉”, what somebody says. */
const calledSo =
  /([叫喊唤称][他她]|(?<=[上里湖们])(?:人?都?)[叫喊唤称])(?:为|作|做|一声)?[“"「『]([^”"」』，。！？]{2,8})[”"」』]/;

/** The forms one clause announces: behind an alias word, in quotes or as the name at its end. */
function formsTold(clause: string, previous: string): string[] {
  const word = aliasWords.find((alias) => clause.includes(alias));
  const courtesy = /^(?:字(?![字里面迹正])(\p{Script=Han}{2})|号(?![称令啕召码])(\p{Script=Han}{2,4}))$/u.exec(clause);
  if (courtesy) return [courtesy[1] ?? courtesy[2]!];
  const called = word ? null : calledSo.exec(clause);
  if (called && readName(called[2]!, 'zh').kind === 'kin') return [];
  if (called) return isAnothers(called[1]!, clause.slice(0, called.index), previous) ? [] : [called[2]!];
  if (!word || isAnothers(word, clause.slice(0, clause.indexOf(word)), previous)) return [];
  const rest = clause.slice(clause.indexOf(word) + word.length).replace(/^[：:为是叫作做“"「『《\s]+/, '');
  const quoted = [...clause.matchAll(/[“"「『]([^”"」』]{1,10})[”"」』]/g)].map((match) => match[1]!);
  if (quoted.length > 0 && !weakAliasWords.has(word)) return quoted.filter((form) => !/[，。！？]/.test(form));
  const weak = weakAliasWords.has(word);
  return rest
    .split(/[、/／和与或]/)
    .flatMap((part) => lastName(part.replace(/[”"」』》）)\s]+$/, '')))
    .filter((form) => !weak || isPersonal(form));
}

/** What somebody does under a name told first: 化名林棠进入盛世集团. */
const goesOn =
  /^(?:进|潜|混|入|回|归|来|在|从|隐|开|闯|嫁|接|当|参|去|留|出|与|和|并|以|成为|女扮|蛰伏|伪装|到|于|被|投|拜|待|守|住|重|前往|行走|生活|经营)/;

function firstName(part: string): string | undefined {
  return [2, 3, 4]
    .map((length) => part.slice(0, length))
    .find((name) => ['name', 'pet'].includes(readName(name, 'zh').kind) && goesOn.test(part.slice(name.length)));
}

/** 十五年前失踪的宁安公主李昭宁 → 宁安公主, 李昭宁; 秦姐 → 秦姐. */
function lastName(part: string): string[] {
  const latin = /^[A-Za-z][A-Za-z .'-]{1,24}/.exec(part);
  if (latin) return [latin[0].trim()];
  const tail = part.slice(part.lastIndexOf('的') + 1);
  const child = /^(?:女婴|男婴|婴儿|弃婴|孤女|孤儿|千金|丫头|卧底)(\p{Script=Han}{2})$/u.exec(tail)?.[1];
  if (child && readName(child, 'zh').kind === 'name') return [child];
  if (tail.length <= 4) return /^\p{Script=Han}{2,4}$/u.test(tail) ? [tail] : [];
  const first = firstName(part);
  if (first) return [first];
  for (const length of [4, 3, 2]) {
    const name = tail.slice(-length);
    const before = tail.slice(0, -length);
    if (readName(name, 'zh').kind !== 'name' || (length === 4 && surnameOf(name)?.length !== 2)) continue;
    const title = titleAtEnd(before);
    if (title !== undefined)
      return [...(title.length > 2 && readName(title, 'zh').kind === 'titled' ? [title] : []), name];
  }
  return [];
}

/** The title at the end of 禁军统领, 宁安公主; undefined where there is none. */
function titleAtEnd(text: string): string | undefined {
  for (let length = Math.min(text.length, 5); length >= 2; length -= 1) {
    const kind = readName(text.slice(-length), 'zh').kind;
    if (kind === 'titled' || kind === 'title') return text.slice(-length);
  }
  return undefined;
}

/** 崔令仪，四十岁，崔贵妃: a clause that is the same surname and a title; 萧珩，宁王: or nothing but a rank at court with its own word. */
function isOwnTitle(name: string, clause: string): boolean {
  const parts = readName(clause, 'zh');
  if (clause.length > 6 || parts.kind !== 'titled' || parts.surname === undefined) return false;
  return readName(name, 'zh').surname === parts.surname || /[王侯妃嫔]$|公主$|郡主$/.test(clause);
}

/** Words of three characters that begin like a surname. */
const noNames: ReadonlySet<string> = new Set(['高富帅', '白富美', '万人迷', '包打听', '花蝴蝶']);
/** 鄭凱晴：Kelly; not CEO, nor what somebody is among wolves. */
const latinName = /^(?!(?:Alpha|Beta|Omega|Boss|Luna)$)[A-Z][a-z]+(?: [A-Z][a-z]+)?$/;

/** 谢太医：谢怀安, 黄Sir：黄国栋, 顾母：周雅茹: whoever goes by a title has a name of his own, first or with the same surname. 育有一女，柳如烟 is another's. */
function isOwnName(name: string, clause: string, previous: string | undefined): boolean {
  const own = readName(name, 'zh');
  const isFirst = previous === undefined;
  if (!isFirst && (ofOthers.test(previous) || /[子女儿妻夫妹弟姐哥兄徒]$/.test(previous))) return false;
  if (!/\p{Script=Han}/u.test(name)) return false;
  if (isFirst && latinName.test(clause)) return true;
  const told = readName(clause, 'zh');
  if (['name', 'crowd', 'voice'].includes(own.kind) || told.kind !== 'name' || noNames.has(clause)) return false;
  const surname = own.surname ?? (own.kind === 'pet' ? own.stem : undefined);
  if (surname !== undefined && surname === told.surname) return true;
  const isWhole = clause.length === (told.surname ?? '').length + 2;
  const isOfHouse = kinLabels.has(own.title ?? '') || wifeTitles.has(own.title ?? '');
  return isFirst && isWhole && (!own.surname || isOfHouse) && !wordySurnames.has(told.surname ?? '');
}

/** 沈崇旧部 is whose somebody was. */
const ofRetainers = new RegExp(`(?:${[...retainers].join('|')})$`);

function isPersonal(form: string): boolean {
  return (
    !ofRetainers.test(form) &&
    ['name', 'titled', 'pet', 'ordinal'].includes(readName(form, 'zh').kind) &&
    form.length >= 2 &&
    form.length <= 5
  );
}
