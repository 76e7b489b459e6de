// Other names told in a biography: 真实身份是……宁安公主李昭宁, 人称“秦姐”, 英文名Vivian, 曾是禁军统领谢长风.

import type { Biography } from '../../script/schema.ts';
import { surnameOf } from '../forms/chinese-name.ts';
import { readName } from '../forms/read-name.ts';
import { wordySurnames } from '../vocabulary/surnames.ts';
import { aliasWords, weakAliasWords } from '../vocabulary/told-alias.ts';

interface ToldAlias {
  readonly form: string;
  /** The clause that tells it, verbatim. */
  readonly quote: string;
  readonly rule: 'biography_alias' | 'biography_title';
}

const clauseEnd = /[，,。；;！!？?\n]/;
const english =
  /\b(?:aka|a\.k\.a\.|also known as|alias|real name(?: is)?|born|nicknamed|known as|called|goes by|stage name|code ?name[d]?)[:\s]+["“']?([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})/g;

/** The forms a biography tells for its person, with the clause that tells each. The name itself is left out. */
export function biographyAliases(biography: Biography): ToldAlias[] {
  const told = new Map<string, ToldAlias>();
  const add = (form: string, quote: string, rule: ToldAlias['rule']): void => {
    const clean = form.trim();
    if (clean.length > 1 && clean.length <= 30 && clean !== biography.name && !told.has(clean))
      told.set(clean, { form: clean, quote: quote.trim(), rule });
  };
  for (const match of biography.text.matchAll(english))
    add(match[1]!.replace(/[.,]$/, ''), match[0], 'biography_alias');
  for (const clause of clausesOf(biography.text)) {
    for (const form of formsTold(clause)) add(form, clause, 'biography_alias');
    if (isOwnTitle(biography.name, clause)) add(clause.trim(), clause, 'biography_title');
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

/** The forms one clause announces: behind an alias word, in quotes or as the name at its end. */
function formsTold(clause: string): string[] {
  const word = aliasWords.find((alias) => clause.includes(alias));
  if (!word) return [];
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
    .find((name) => readName(name, 'zh').kind === 'name' && goesOn.test(part.slice(name.length)));
}

/** 十五年前失踪的宁安公主李昭宁 → 宁安公主, 李昭宁; 秦姐 → 秦姐. */
function lastName(part: string): string[] {
  const latin = /^[A-Za-z][A-Za-z .'-]{1,24}/.exec(part);
  if (latin) return [latin[0].trim()];
  const tail = part.slice(part.lastIndexOf('的') + 1);
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

/** 崔令仪，四十岁，崔贵妃: a clause that is the same surname and a title. */
function isOwnTitle(name: string, clause: string): boolean {
  const own = readName(name, 'zh');
  const parts = readName(clause, 'zh');
  return clause.length <= 6 && parts.kind === 'titled' && parts.surname !== undefined && own.surname === parts.surname;
}

function isPersonal(form: string): boolean {
  return (
    ['name', 'titled', 'pet', 'ordinal'].includes(readName(form, 'zh').kind) && form.length >= 2 && form.length <= 5
  );
}
