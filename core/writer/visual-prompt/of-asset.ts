// An asset as a subject: it alone, with what the library knows of it. Pure.
import type { AssetRow } from '../../asset/store.ts';
import type { Field } from './answer.ts';
import { flat, type Ground, strangersIn, toldOf } from './ground.ts';
import type { Language, Subject } from './subject.ts';

/** Characters of an attribute, which is where the prompt is kept. */
export const longestAttribute = 400;

/** @param languages wanted. */
export function assetSubject(row: AssetRow, ground: Ground, languages: readonly Language[]): Subject {
  const parent = row.parent === undefined ? undefined : ground.assets.get(row.parent);
  const facts = [
    `asset: ${row.kind} ${row.name}`,
    ...(parent ? [`of: ${parent.name}`] : []),
    ...told('known', toldOf(row)),
    ...told('worn', row.variants.map((one) => flat(`${one.name} ${one.description === one.name ? '' : one.description}`)).join('; ')), // biome-ignore format: one thought
  ];
  const style = ground.style.visualStyle;
  const due = style === '' ? [] : [{ has: [style], say: style }];
  const allowed = new Set([row.id, ...(parent ? [parent.id] : [])]);
  return {
    id: row.id,
    kind: 'asset',
    facts: facts.join('\n'),
    wanted: [...languages.flatMap((one): Field[] => wantedIn(one, row.kind)), 'neg'],
    people: [],
    strangersIn: strangersIn(ground, allowed),
    names: [row.name, ...(parent ? [parent.name] : [])],
    longest: longestAttribute,
    due: { picture: { zh: due, en: due }, clip: { zh: [], en: [] } },
  };
}

const wantedIn = (language: Language, kind: AssetRow['kind']): Field[] => {
  const isPerson = kind === 'character';
  return language === 'zh' ? ['zh', ...(isPerson ? (['tr'] as const) : [])] : ['en', ...(isPerson ? (['trEn'] as const) : [])]; // biome-ignore format: one thought
};

const told = (key: string, text: string): string[] => (text === '' ? [] : [`${key}: ${text}`]);
