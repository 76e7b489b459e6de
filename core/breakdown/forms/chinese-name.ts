// Reads a Chinese label: 沈总 is a surname and a title, 念念 a pet form, 侍卫若干 a crowd.
import { kinAddresses, kinLabels } from '../vocabulary/kinship.ts';
import {
  crowdHead,
  crowdTail,
  crowdWords,
  numbered,
  roleTails,
  statePrefixes,
  stateSuffixes,
  voiceLabels,
} from '../vocabulary/roles.ts';
import { compoundSurnames, singleSurnames } from '../vocabulary/surnames.ts';
import { bareTitles, shortTitles, titles } from '../vocabulary/titles.ts';
import type { NameParts } from './name-parts.ts';

const crowds = new Set(crowdWords);
const roles = new Set(roleTails.filter((tail) => tail.length > 1));
const ordinalForm =
  /^(老|小)?([大二三四五六七八九十]{1,2}|幺)(郎|娘|爷|少|少爷|公子|小姐|姑娘|殿下|皇子|皇兄|皇弟|皇叔|王爷|公主|哥|姐|弟|妹|叔|伯|姨|姑|舅|婶|嫂|夫人|姨娘|师兄|师姐|师弟|师妹|当家|当家的)?$/;
const honorifics = /^(.{2,4}?)(娘娘|殿下|大人|爷)$/;

/** The surname a form begins with, two characters before one; undefined where none is. */
export function surnameOf(form: string): string | undefined {
  const two = form.slice(0, 2);
  if (form.length > 2 && compoundSurnames.has(two)) return two;
  const one = form.slice(0, 1);
  return form.length > 1 && singleSurnames.has(one) ? one : undefined;
}

/** What a Chinese label tells. `form` without brackets and spaces; Traditional is read after simplification by the caller. */
export function readChineseName(form: string): NameParts {
  if (voiceLabels.has(form)) return { kind: 'voice' };
  if (isCrowd(form)) return { kind: 'crowd' };
  const state = readState(form);
  if (state) return state;
  return (
    readTitled(form) ?? readAddress(form) ?? readRole(form) ?? readPet(form) ?? readFull(form) ?? { kind: 'other' }
  );
}

function isCrowd(form: string): boolean {
  return crowds.has(form) || (form.length > 2 && (crowdTail.test(form) || crowdHead.test(form)));
}

function readState(form: string): NameParts | undefined {
  for (const state of statePrefixes)
    if (form.length >= state.length + 2 && form.startsWith(state)) {
      const base = form.slice(state.length).replace(/^的/, '');
      const parts = readChineseName(base);
      if (['name', 'titled', 'pet'].includes(parts.kind)) return { ...parts, state, base };
    }
  for (const state of stateSuffixes)
    if (form.length >= state.length + 2 && form.endsWith(state)) {
      const base = form.slice(0, -state.length);
      const parts = readChineseName(base);
      if (['name', 'titled', 'pet'].includes(parts.kind)) return { ...parts, state: state.replace(/^的/, ''), base };
    }
  return undefined;
}

function readTitled(form: string): NameParts | undefined {
  if (bareTitles.has(form) || roles.has(form) || kinAddresses.has(form)) return undefined;
  const younger = /^[小老]/.test(form) && form.length > 2 ? readTitled(form.slice(1)) : undefined;
  if (younger?.surname && (form.startsWith('小') || shortTitles.has(younger.title ?? '')))
    return { ...younger, ordinal: form.slice(0, 1) };
  const surname = surnameOf(form);
  if (!surname) return readNoble(form);
  const rest = form.slice(surname.length).replace(/^家/, '');
  const title = titles.get(rest);
  if (rest && title && (rest.length > 1 || shortTitles.has(rest)))
    return { kind: 'titled', surname, title: rest, ...(title.gender ? { gender: title.gender } : {}) };
  const kin = kinLabels.get(rest);
  if (kin) return { kind: 'titled', surname, title: rest, ...(kin.gender ? { gender: kin.gender } : {}) };
  const ordinal = ordinalForm.exec(rest);
  if (ordinal?.[3]) return { kind: 'titled', surname, title: ordinal[3], ordinal: ordinal[2]! };
  return readNoble(form);
}

/** 宁安公主, 靖王, 皇后娘娘: a name or an office before a title of rank. */
function readNoble(form: string): NameParts | undefined {
  const noble =
    /^(.{1,3})(长公主|公主|郡主|王妃|王爷|亲王|郡王|王|侯|国公|贵妃|淑妃|德妃|贤妃|皇后|太后|妃|嫔|仙子|仙姑|圣女|真人|真君|上仙|上神|仙尊|仙君|神君|帝君|魔尊|魔君|妖君|鬼君)$/.exec(
      form,
    );
  if (noble?.[1] && !/^[大小二三四五六七八九皇太老女魔霸国君帝]$/.test(noble[1]))
    return { kind: 'titled', stem: noble[1], title: noble[2]!, ...genderOf(noble[2]!) };
  const honorific = honorifics.exec(form);
  if (honorific?.[1] && (titles.has(honorific[1]) || bareTitles.has(honorific[1])))
    return { kind: 'title', title: honorific[1], ...genderOf(honorific[1]) };
  return undefined;
}

function genderOf(title: string): Pick<NameParts, 'gender'> {
  const gender = titles.get(title)?.gender ?? bareTitles.get(title)?.gender;
  return gender ? { gender } : {};
}

function readAddress(form: string): NameParts | undefined {
  if (bareTitles.has(form)) return { kind: 'title', title: form, ...genderOf(form) };
  if (kinAddresses.has(form)) {
    const gender = kinAddresses.get(form);
    return { kind: 'kin', ...(gender ? { gender } : {}) };
  }
  const ordinal = ordinalForm.exec(form);
  if (ordinal?.[2] && (ordinal[3] || ordinal[1] === '老'))
    return {
      kind: 'ordinal',
      ordinal: ordinal[2],
      ...(ordinal[3] ? { title: ordinal[3], ...genderOf(ordinal[3]) } : {}),
    };
  if (titles.has(form) && form.length > 1) return { kind: 'title', title: form, ...genderOf(form) };
  const familiar = /^(.{2,3}?)(?:姐姐|哥哥|妹妹|弟弟|叔叔|阿姨|大哥|大姐)$/.exec(form)?.[1];
  return familiar && bareTitles.has(familiar) ? { kind: 'title', title: familiar, ...genderOf(familiar) } : undefined;
}

function readRole(form: string): NameParts | undefined {
  const walkOn = numbered.exec(form);
  if (
    walkOn?.[1] &&
    walkOn[1].length >= 2 &&
    (roleTails.some((tail) => walkOn[1]!.endsWith(tail)) || /[甲乙丙丁A-H\d]$/.test(form))
  )
    return { kind: 'numbered', base: walkOn[1] };
  const surname = surnameOf(form);
  const tail = roleTails.find((word) => form.endsWith(word));
  if (!tail) return undefined;
  // 沈青 ends in no role; 高人 would, were 人 enough behind a surname alone.
  if (tail.length === 1 && (form.length < 3 || (surname && form.length === 3 && tail !== '人'))) return undefined;
  return { kind: 'role', title: tail, ...roleGender(tail) };
}

function roleGender(tail: string): Pick<NameParts, 'gender'> {
  if (/女|妇|婆|娘|婢|丫|妈|姨|尼|媒/.test(tail)) return { gender: 'female' };
  if (/男|汉|爷|叔|太监|内侍|小厮|和尚|夫$/.test(tail)) return { gender: 'male' };
  return {};
}

function readPet(form: string): NameParts | undefined {
  const named = /^([老小阿大])(\p{Script=Han}{1,2}?)([姐哥妹弟叔伯姨爷儿子])?$/u.exec(form);
  if (named?.[2] && form.length <= 4) return { kind: 'pet', stem: named[2], ...petGender(named[3]) };
  if (form.length === 2 && form[0] === form[1]) return { kind: 'pet', stem: form[0]! };
  const called =
    /^(\p{Script=Han}{1,2})(儿|子|姐|哥|妹|弟|叔|伯|姨|爷|娘|兄|嫂|婶|姐姐|哥哥|妹妹|弟弟|叔叔|阿姨|伯伯)$/u.exec(form);
  if (called?.[1] && (!/[儿子]/.test(called[2]!) || form.length === 2))
    return { kind: 'pet', stem: called[1], ...petGender(called[2]) };
  return undefined;
}

function petGender(tail: string | undefined): Pick<NameParts, 'gender'> {
  if (tail && /姐|妹|姨|娘|嫂|婶/.test(tail)) return { gender: 'female' };
  if (tail && /哥|弟|叔|伯|爷|兄/.test(tail)) return { gender: 'male' };
  return {};
}

function readFull(form: string): NameParts | undefined {
  const surname = surnameOf(form);
  if (!surname) return undefined;
  const given = form.slice(surname.length);
  const longest = surname.length === 2 ? 2 : 3;
  return given.length >= 1 && given.length <= longest && /^\p{Script=Han}+$/u.test(given)
    ? { kind: 'name', surname, given }
    : undefined;
}
