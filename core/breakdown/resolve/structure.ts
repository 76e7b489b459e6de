// What two forms tell by how they are built: 听雪 and 柳听雪, 谢书吏 and 谢灯儿, 老夫人 and 裴老夫人.

import { normalForm } from '../forms/normal.ts';
import { isNickname } from '../vocabulary/nicknames.ts';
import { retainers, roleTails } from '../vocabulary/roles.ts';
import { compoundSurnames } from '../vocabulary/surnames.ts';
import type { Gender } from '../vocabulary/titles.ts';
import { bareTitles, officeWords, professions, sameOffice, titles, wifeTitles } from '../vocabulary/titles.ts';
import type { FormNode, Language } from './form-table.ts';
import type { RuleName } from './rules.ts';

/** A person as far as known: forms that were merged, gender, and the words that tell offices (biography, titles). */
export interface Person {
  readonly nodes: readonly FormNode[];
  readonly gender: Gender | undefined;
  readonly offices: string;
}

const occupations = new Set(roleTails);
const byFirstName: ReadonlySet<string> = new Set(
  'lady lord sir dame prince princess king queen duke duchess'.split(' '),
);
const families = new Map(sameOffice.flatMap((words, index) => words.map((word): [string, number] => [word, index])));

/** Structural rules that speak for `form` naming the person known as `anchor`; uniqueness is the caller's to judge. */
export function structuralRules(form: FormNode, anchor: FormNode, language: Language): RuleName[] {
  if (form.key === anchor.key) return [];
  return language === 'zh' ? chineseRules(form, anchor) : englishRules(form, anchor);
}

function chineseRules(form: FormNode, anchor: FormNode): RuleName[] {
  const [f, a] = [form.parts, anchor.parts];
  const rules: RuleName[] = [];
  if (f.state && f.base === anchor.key) return ['state'];
  if (a.given && a.given.length === 2 && form.key === a.given && (a.surname?.length ?? 0) > 0) rules.push('given_name');
  if (a.given && a.given.length === 2 && f.kind === 'pet' && f.stem === a.given) rules.push('given_name_called');
  if (f.kind === 'titled' && f.surname && f.surname === surnameLike(anchor)) rules.push('surname_shared');
  if (f.kind === 'titled' && a.kind === 'titled' && f.surname === a.surname && isWife(f.title) && isWife(a.title))
    rules.push('containment');
  if (f.kind === 'pet' && f.stem?.length === 1 && sharesStem(f.stem, anchor)) rules.push('pet_form');
  if (f.kind === 'ordinal' && f.ordinal && a.given === f.ordinal) rules.push('ordinal_in_name');
  if (a.kind === 'titled' && a.stem && a.stem.length === 2 && form.key === a.stem) rules.push('containment');
  if (a.kind === 'titled' && f.kind === 'title' && (a.title === form.key || a.title === f.title))
    rules.push(professions.has(form.key) ? 'containment' : 'title_alone');
  if (f.kind === 'title' && f.title === anchor.key) rules.push('same_office');
  else if (families.has(form.key) && families.get(form.key) === families.get(anchor.key)) rules.push('same_office');
  if (
    anchor.key.length >= 2 &&
    form.key.endsWith(anchor.key) &&
    tellsWhat(form.key.slice(0, -anchor.key.length), a.kind)
  )
    rules.push('titled_name');
  if (
    rules.length === 0 &&
    form.key.length >= 2 &&
    anchor.key.length > form.key.length &&
    isTail(form.key, anchor.key, a.kind)
  )
    rules.push('containment');
  return rules;
}

/** 捕头老秦, 府衙捕头老秦, 王爷暗卫影一, 师姐身旁的弟子乙: what somebody is, whose or where, then who. */
function tellsWhat(before: string, kind: FormNode['parts']['kind']): boolean {
  if (isTitle(before)) return true;
  if (!['name', 'pet', 'numbered', 'ordinal', 'other'].includes(kind)) return false;
  if (before.endsWith('的')) return before.length > 2;
  return [2, 3, 4].some((length) => {
    const tail = before.slice(-length);
    return retainers.has(tail) || (before.length > length && isTitle(tail));
  });
}

function isTitle(word: string): boolean {
  return word.length > 1 && (titles.has(word) || bareTitles.has(word) || occupations.has(word));
}

/** 苏母 and 苏夫人: the woman of the house. */
function isWife(title = ''): boolean {
  return wifeTitles.has(title) || ['母', '母亲', '妈', '妈妈'].includes(title);
}

/** 豆子 in 小豆子, 老夫人 in 裴老夫人; a surname and a title alone (总) is no tail. */
function isTail(short: string, long: string, kind: string): boolean {
  if (!long.endsWith(short) || kind === 'crowd' || kind === 'numbered' || kind === 'role') return false;
  const head = long.slice(0, -short.length);
  return /^[小老阿大]$/.test(head) || head.length === 1 || compoundSurnames.has(head);
}

function surnameLike({ parts }: FormNode): string | undefined {
  if (parts.surname) return parts.surname;
  return parts.kind === 'pet' && parts.stem?.length === 1 ? parts.stem : undefined;
}

/** 老周 and 周掌柜, 姜伯 and 老姜 share a surname; 雪娘 and 柳听雪 a character of the given name. */
function sharesStem(stem: string, { parts }: FormNode): boolean {
  return parts.surname === stem || parts.stem === stem || (parts.given?.includes(stem) ?? false);
}

function englishRules(form: FormNode, anchor: FormNode): RuleName[] {
  const [f, a] = [form.parts, anchor.parts];
  const rules: RuleName[] = [];
  if (f.state && f.base && normalForm(f.base) === anchor.key) return ['state'];
  const cut = isWhole(f) ? cutFrom(anchor.key, a, f) : isWhole(a) ? cutFrom(form.key, f, a) : undefined;
  if (cut) rules.push(cut);
  if (f.kind === 'titled' && a.kind === 'name' && (a.surname ?? a.given) === f.surname && a.surname)
    rules.push('surname_shared');
  if (f.kind === 'titled' && a.kind === 'name' && !a.surname && a.given === f.surname) rules.push('surname_shared');
  if (f.kind === 'name' && !f.surname && a.kind === 'titled' && normalForm(a.surname ?? '') === form.key)
    rules.push('surname_shared');
  if (f.kind === 'name' && !f.surname && !cut && [a.given, a.nick].some((name) => name && isNickname(form.key, name)))
    rules.push('short_name');
  if (f.kind === 'title' && a.kind === 'titled' && a.title === f.title) rules.push('title_alone');
  // ADAM and ADAM DRIVER: a role, or a last name that reads like one
  if (f.kind === 'name' && !f.surname && a.kind === 'other' && a.given === form.key) rules.push('containment');
  return rules;
}

/** The same person by part of the whole name: JACK, MILLER, DR. MILLER, JACK MILLER for DR. JACK MILLER. */
function cutFrom(key: string, part: FormNode['parts'], whole: FormNode['parts']): RuleName | undefined {
  if (part.kind === 'name' && !part.surname) {
    if (key === normalForm(whole.given ?? '') || key === normalForm(whole.nick ?? '')) return 'given_name';
    return key === normalForm(whole.surname ?? '') ? 'surname_alone' : undefined;
  }
  // LADY HONORIA for LADY HONORIA ASHWORTH: rank goes with the first name; DR. GRANT is not DR. GRANT HILL
  if (
    part.kind === 'titled' &&
    !part.given &&
    byFirstName.has(part.title ?? '') &&
    part.title === whole.title &&
    part.surname === whole.given
  )
    return 'given_name';
  if (part.surname !== whole.surname || isWhole(part) === (part.kind !== 'name')) return undefined;
  if (part.kind === 'name') return part.given === whole.given && whole.kind === 'titled' ? 'given_name' : undefined;
  return part.title === whole.title ? 'surname_alone' : undefined;
}

/** JACK MILLER, DR. KATE ALVAREZ: a first and a last name. */
function isWhole({ given, surname }: FormNode['parts']): boolean {
  return Boolean(given) && Boolean(surname);
}

/** True when an office or rank form can mean a person whose biography or other forms tell that office. */
export function officeFits(form: FormNode, { offices: told }: Pick<Person, 'offices'>): boolean {
  const title = form.parts.title ?? form.key;
  const offices = withoutOtherRanks(told, form.parts.title ?? form.key);
  // 沈侯 is called 侯爷 as well
  const bare = ['侯', '国公'].includes(title) ? `${title}爷` : title;
  const fits = bareTitles.get(form.key)?.fits ?? bareTitles.get(bare)?.fits ?? [];
  if (fits.some((word) => offices.includes(word))) return true;
  const office = titles.get(title)?.office;
  const words = office ? (officeWords.get(office) ?? []) : [title.replace(/大人$/, '')];
  return words.some((word) => word.length > 1 && offices.includes(word));
}

/** 大小姐 is not she who is told to be 三小姐. */
function withoutOtherRanks(offices: string, title: string): string {
  const [, rank, rest] = /^([大二三四五六七八九])(小姐|少爷|公子)$/.exec(title) ?? [];
  return rank
    ? offices.replace(new RegExp(`[大二三四五六七八九]${rest}`, 'g'), (whole) => (whole === title ? whole : ''))
    : offices;
}

/** True for forms of address that say nothing of whom they mean: 大人, 姑娘. They are resolved scene by scene. */
export function isGeneric({ key, parts }: FormNode): boolean {
  return parts.kind === 'kin' || bareTitles.get(key)?.fits.length === 0;
}
