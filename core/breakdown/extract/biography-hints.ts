// What a biography tells besides other names: rank among siblings (行三, 七皇子) and kinship to a named person (陆沉的母亲 = 陆母).
import type { Biography } from '../../script/schema.ts';
import { readName } from '../forms/read-name.ts';
import { kinLabels, toldRelations } from '../vocabulary/kinship.ts';
import { clausesOf } from './biography-aliases.ts';
import { biographySpot, type Collector } from './collect.ts';

const ranked =
  /(?:行|排行(?:第|老)?|家中(?:排行)?老|家里(?:排行)?老)([大二三四五六七八九十])|([大二三四五六七八九十])(?:皇子|殿下|王爷|皇女|公主|少爷|公子|小姐|爷|少|姑娘|郎)/;
const commoner = '郎 爷 少 少爷 公子 哥 弟 叔'.split(' ');
const lady = '小姐 姑娘 娘 姐 妹 姨'.split(' ');
const royal = '殿下 皇子 皇兄 皇弟 皇叔 王爷 哥 弟 爷 公主'.split(' ');

/** Adds the forms a biography's rank and kinship make possible, as hints: they count only where such a form is used. */
export function tellBiography(biography: Biography, all: readonly Biography[], into: Collector): void {
  const spot = biographySpot(biography);
  for (const clause of clausesOf(biography.text)) {
    const start = biography.text.indexOf(clause);
    const range = [start, start + clause.length] as const;
    for (const form of rankForms(biography.name, clause))
      into.hint('character', form, biography.name, 'biography_ordinal', spot, range);
    for (const { form, rule } of kinForms(biography.name, clause, all))
      into.hint('character', form, biography.name, rule, spot, range);
  }
}

function rankForms(name: string, clause: string): string[] {
  const match = ranked.exec(clause);
  const rank = match?.[1] ?? match?.[2];
  if (!rank) return [];
  const isRoyal = /皇|王|殿下|公主/.test(clause);
  const tails = isRoyal ? royal : /小姐|姑娘|女/.test(clause) ? lady : [...commoner];
  const { surname } = readName(name, 'zh');
  const bare = [`老${rank}`, ...tails.map((tail) => rank + tail)];
  return surname && !isRoyal
    ? [...bare, ...tails.flatMap((tail) => [`${surname}${rank}${tail}`, `${surname}家${rank}${tail}`])]
    : bare;
}

type Kin = { readonly form: string; readonly rule: 'biography_kin' | 'biography_wife' };

/** 周雅茹：陆沉的母亲 → 陆母, 陆沉妈妈, 陆夫人 …: forms by the child's or husband's name. */
function kinForms(name: string, clause: string, all: readonly Biography[]): Kin[] {
  return all.flatMap(({ name: other }) => {
    if (other === name || !clause.startsWith(other)) return [];
    const told = clause.slice(other.length).replace(/^[的之]/, '');
    const relation = toldRelations.get(told);
    if (!relation) return [];
    const { surname, given } = readName(other, 'zh');
    const sameRelation = [...kinLabels].filter(([, label]) => label.relation === relation).map(([word]) => word);
    const calls = [
      other,
      given && given.length === 2 ? given : '',
      given && given.length === 2 ? given[1]! + given[1]! : '',
      given && given.length === 2 ? given[0]! + given[0]! : '',
    ].filter(Boolean);
    const byName = calls.flatMap((call) =>
      sameRelation.filter((word) => word.length > 1 || call === other).map((word) => call + word),
    );
    const bySurname = surname ? sameRelation.map((word) => surname + word) : [];
    const asWife = surname && ['mother', 'wife'].includes(relation) ? [`${surname}夫人`, `${surname}太太`] : [];
    const elders = ['father', 'mother', 'grandfather', 'grandmother', 'wife'];
    const kin = [...byName, ...(elders.includes(relation) ? bySurname : [])].filter((form) => !asWife.includes(form));
    // A house may have two wives of the name, mother and daughter-in-law.
    return [
      ...kin.map((form): Kin => ({ form, rule: 'biography_kin' })),
      ...asWife.map((form): Kin => ({ form, rule: 'biography_wife' })),
    ];
  });
}
