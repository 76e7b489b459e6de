// Names nobody is labelled with, told in so many words: 我是李昭宁, 化名谢十七, or called twice: 李元昭，……

import type { Document } from '../../script/schema.ts';
import { readChineseName, surnameOf } from '../forms/chinese-name.ts';
import { readName } from '../forms/read-name.ts';
import { edgeBefore, petStops } from '../vocabulary/address.ts';
import { singleSurnames, wordySurnames } from '../vocabulary/surnames.ts';
import { asksWho, englishSelfNaming } from '../vocabulary/told-alias.ts';
import { elementsOf } from './elements.ts';

const namers =
  /(?:化名为?|真名叫?|本名叫?|原名叫?|我叫|我是(?:[^，。！？]{2,10}[，,])?|我名叫|罪臣|在下|民女|小女子|名叫|名唤|他叫|她叫|你叫|叫你|小名叫?|乳名叫?|小名，叫)(?:…+)?[“"「]?(\p{Script=Han}{2,4})(?=[，,。！!？?；;：:”"」…—\s]|$)/gu;
const called = /(?<=^|[。！？!?…—：:“"])(\p{Script=Han}{3})(?=[，,！!？?…—]|$)/gu;
/** Characters of function words: a name holds none of them. */
const functional =
  /[的了着过在是有和与把将被给让向从到对于而且也都就才又再还不没很这那哪你我他她它们谁之其此个些来去上下进出回起看见听说问答道吧吗呢啊呀什么怎样如果可能会要想请快点时候间后前里外边人家大小子儿天年月日]/;

/** 老身蔡婆婆是也, 小字端云: how people of the old stage present themselves. */
const presented =
  /(?:老身|老夫|小生|小人|妾身|奴家|自家|某家|末将|小将)(?:乃|是|名)?(\p{Script=Han}{2,4}?)(?:是也|的便是|便是)/gu;
/** 亲娘秦氏, 妾室柳氏: a married woman by the house she comes from; 秦氏集团 is none. */
const wife =
  /(?:生母|亲娘|母亲|娘亲|嫡母|发妻|正妻|正室|原配|继室|妻子|妻|妾室|小妾|侍妾|爱妾|妾|夫人|姨娘|主母|儿媳|乳母)(\p{Script=Han}氏)(?![集企公股余满宗祖遗])/gu;
const courtesyName = /(?:小字|表字|小名|乳名|闺名)(?:叫|唤作|是)?[“"「]?(\p{Script=Han}{2})(?=[，,。！？；”"」]|$)/gu;

/** What somebody is told to be called in so many words holds 小, 大 or 儿 as well: 我叫柳絮儿. */
const plainly =
  /(?:我叫|我名叫|本名叫?|真名叫?|原名叫?|化名为?|名唤)[“"「]?(\p{Script=Han}{3,4})(?=[，,。！!？?；;：:”"」…—\s]|$)/gu;
const grammatical = /[的了着过是有和与把将被给让向从到对而且也都就才又再还不没很这那哪你我他她它们谁吧吗呢啊呀什么怎]/;
/** 奴婢叫素心: who serves has no surname. */
const servant =
  /(?:奴婢|奴才|奴家|婢子|民女|小女子|妾身|小的|小人|草民)(?:名)?叫[“"「]?(\p{Script=Han}{2,3})(?=[，,。！!？?；;”"」…—]|$)/gu;
/** 奴婢叫太医, 奴婢叫醒姑娘, 小的叫冤枉: a call, and no name. */
const isCall = (form: string): boolean =>
  ['title', 'titled', 'kin', 'role'].includes(readChineseName(form).kind) ||
  /^[醒住停来人门车苦屈冤救好不天]/.test(form);
/** 我是枕星河, where others ask who “枕星河” is, or something is signed so; not “白眼狼”？我就是白眼狼. */
const claimed = /我就?是[“"「]?(\p{Script=Han}{2,5})[”"」]?(?=[，,。！!？?…—]|$)/gu;
const inQuotes =
  /[“"「](\p{Script=Han}{2,5})[”"」](?=(?:到底|究竟|又)?是谁)|(?:署名|落款|笔名|网名|代号|昵称|账号)[是为叫：:]?[“"「](\p{Script=Han}{2,5})[”"」]/gu;

/** Personal names the text tells, sorted; `known` forms are left out. */
export function toldNames(document: Document, known: ReadonlySet<string>): string[] {
  if (document.language === 'en') return toldInEnglish(document, known);
  const told = new Set<string>();
  const calls = new Map<string, number>();
  let asked = false;
  const quoted = new Set(
    elementsOf(document).flatMap(({ text }) =>
      [...text.matchAll(inQuotes)].map(([, asked, signed]) => asked ?? signed!),
    ),
  );
  for (const { kind, text } of elementsOf(document)) {
    for (const [, name] of text.matchAll(wife)) if (singleSurnames.has(name![0]!)) told.add(name!);
    for (const [, name] of text.matchAll(namers))
      if (isFullName(name!) || isPetName(name!) || isRankedName(name!)) told.add(name!);
    for (const [, name] of text.matchAll(plainly)) if (isFullName(name!, grammatical)) told.add(name!);
    if (kind !== 'dialogue') continue;
    for (const [, name] of text.matchAll(servant)) if (!functional.test(name!) && !isCall(name!)) told.add(name!);
    for (const [, name] of text.matchAll(claimed)) if (quoted.has(name!) && !grammatical.test(name!)) told.add(name!);
    const answer = asked ? /^(\p{Script=Han}{3,4})(?=[。…]|$)/u.exec(text)?.[1] : undefined;
    if (answer && isFullName(answer)) told.add(answer);
    asked = asksWho(text);
    for (const [, name] of text.matchAll(presented)) if (isFullName(name!) || isTitled(name!)) told.add(name!);
    for (const [, name] of text.matchAll(courtesyName)) if (!functional.test(name!)) told.add(name!);
    for (const [, name] of text.matchAll(called))
      if (isFullName(name!) || isRankedName(name!)) calls.set(name!, (calls.get(name!) ?? 0) + 1);
  }
  for (const [name, times] of calls) if (times > 1) told.add(name);
  return [...told].filter((name) => !known.has(name)).sort();
}

const englishNamers = new RegExp(
  `${englishSelfNaming.source.slice(0, -1)}["'‘“]?(?!(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\\w*day\\b)([A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]+){0,2})(?=$|[.,!?;—…"”-])`,
  'g',
);

/** My name is Wren. Call me Mom tells no name, nor does Call me Monday. */
function toldInEnglish(document: Document, known: ReadonlySet<string>): string[] {
  const upper = new Set([...known].map((form) => form.toUpperCase()));
  const spoken = elementsOf(document).filter(({ kind }) => kind === 'dialogue');
  const names = spoken.flatMap(({ text }) => [...text.matchAll(englishNamers)].map(([, name]) => name!));
  return [...new Set([...names, ...relativesIn(document, known)])]
    .filter((name) => readName(name, 'en').kind === 'name' && !upper.has(name.toUpperCase()))
    .sort();
}

/** Wallet says Daniel Pike, where a MRS. PIKE speaks: somebody else of the family, so that Pike alone is not one of them. */
function relativesIn(document: Document, known: ReadonlySet<string>): string[] {
  const parts = [...known].map((form) => readName(form, 'en'));
  const surnames = new Set(parts.flatMap(({ surname }) => (surname ? [surname] : [])));
  return elementsOf(document)
    .filter(({ kind }) => kind === 'dialogue' || kind === 'action')
    .flatMap(({ text }) => [...text.matchAll(wholeName)])
    .filter(([, first, last]) => surnames.has(last!.toLowerCase()) && !noFirstName.has(first!.toLowerCase()))
    .filter(([, , last]) => !placeWords.has(last!.toLowerCase()))
    .map(([, first, last]) => `${first} ${last}`)
    .filter((name) => readName(name, 'en').kind === 'name');
}

const wholeName = /(?<=[a-z,] )([A-Z][a-z]+) ([A-Z][a-z]{2,})(?![A-Za-z]|['’]s? [A-Z]| [A-Z])/g;
const noFirstName: ReadonlySet<string> = new Set(
  'camp lake mount fort port point cape saint north south east west new old poor dear damn sweet good bad young little big widow the agent alpha beta elder team house clan family'.split(
    ' ',
  ),
);
/** Surnames that end the names of places and shops: Hyde Park, Burger King. */
const placeWords: ReadonlySet<string> = new Set(
  'park king hill hills lake river rivers church bridge field fields house hall court forest wood woods stone beach bay falls grove street castle garden gardens mall square banks west north ford lane cross rose'.split(
    ' ',
  ),
);

/** 蔡婆婆: a surname and a word for her age or rank. */
function isTitled(form: string): boolean {
  return readChineseName(form).kind === 'titled';
}

/** 柳三娘, 武二郎: a surname and a rank among sisters or brothers. */
function isRankedName(form: string): boolean {
  const { kind, ordinal } = readChineseName(form);
  return kind === 'titled' && ordinal !== undefined;
}

/** 阿九: a name a child is called by. */
function isPetName(form: string): boolean {
  return /^阿\p{Script=Han}$/u.test(form) && !petStops.has(form) && !functional.test(form);
}

function isFullName(form: string, words = functional): boolean {
  const surname = surnameOf(form);
  if (readChineseName(form).kind !== 'name') return false;
  if (!surname || wordySurnames.has(surname) || edgeBefore.test(form)) return false;
  const given = form.slice(surname.length);
  return given.length >= 1 && given.length <= 2 && !words.test(given);
}
