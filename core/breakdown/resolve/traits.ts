// What lines tell of an asset besides its names, laid upon it: looks, character, relations, pictures. What the grammar found is never written over.
import { normalForm } from '../forms/normal.ts';
import { byText } from '../forms/order.ts';
import type { AssetKind, Extraction, Resolved, Trait, VisualPrompt } from '../schema.ts';
import type { Language } from './form-table.ts';

/** The longest value of an attribute that a person may write. */
const longest = 400;

type Told = { readonly traits: Trait[]; readonly prompts: VisualPrompt[] };

/** The assets with what the extractions tell of them, in the order of the script. A form that is nobody's tells of nobody. */
export function withTraits(
  assets: readonly Resolved[],
  extractions: readonly Extraction[],
  language: Language,
): Resolved[] {
  const byForm = new Map(
    assets.flatMap((asset) => asset.forms.map(({ surface }): [string, Resolved] => [idOf(asset.kind, surface), asset])),
  );
  const told = new Map<Resolved, Told>();
  const of = (kind: AssetKind, surface: string): Told | undefined => {
    const asset = byForm.get(idOf(kind, surface));
    if (!asset) return undefined;
    const before = told.get(asset) ?? { traits: [], prompts: [] };
    told.set(asset, before);
    return before;
  };
  for (const { traits = [], prompts = [] } of inOrder(extractions)) {
    for (const trait of traits) of(trait.kind, trait.surface)?.traits.push(trait);
    for (const prompt of prompts) of(prompt.kind, prompt.surface)?.prompts.push(prompt);
  }
  const person = (form: string | undefined) => (form === undefined ? undefined : byForm.get(idOf('character', form)));
  return assets.map((asset) => {
    const all = told.get(asset);
    return all ? completed(asset, all, person, language) : asset;
  });
}

const idOf = (kind: AssetKind, surface: string): string => `${kind}:${normalForm(surface)}`;

/** By episode, and each as it would be in whatever order it came. */
const inOrder = (extractions: readonly Extraction[]): Extraction[] =>
  extractions
    .filter(({ traits, prompts }) => traits || prompts)
    .toSorted((a, b) => a.episode - b.episode || byText(JSON.stringify(a.traits), JSON.stringify(b.traits)))
    .map((one) => ({ ...one, traits: one.traits?.toSorted((a, b) => a.line - b.line) }));

type Person = (form: string | undefined) => Resolved | undefined;

function completed(asset: Resolved, { traits, prompts }: Told, person: Person, language: Language): Resolved {
  const joint = language === 'zh' ? '；' : '; ';
  const values = (aspect: Trait['aspect']) => traits.filter((one) => one.aspect === aspect).map(({ value }) => value);
  const told: Record<string, string> = {
    appearance: listed(values('appearance'), joint),
    personality: listed(values('personality'), joint),
    relations: listed(relationsOf(asset, traits, person, language), joint),
    profession: listed(values('profession'), joint),
    age: values('age')[0] ?? '',
    visual_prompt_zh: prompts.find(({ zh }) => zh)?.zh ?? '',
    visual_prompt_en: prompts.find(({ en }) => en)?.en ?? '',
  };
  const filled = Object.fromEntries(
    Object.entries(told).flatMap(([name, value]) => (value ? [[name, value.slice(0, longest)]] : [])),
  );
  const holder = asset.kind === 'prop' ? holderOf(traits, person) : undefined;
  const isKey = asset.kind === 'prop' && asset.importance === 'minor';
  return {
    ...asset,
    // a thing that a model names is one the story turns on
    ...(isKey && { importance: 'supporting' as const }),
    description: asset.description || listed(values('description'), joint) || told.appearance || '',
    attributes: { ...filled, ...asset.attributes },
    ...(holder && { parent: asset.parent ?? holder }),
  };
}

/** Values once each, the fuller for the shorter, as many as there is room for. */
function listed(values: readonly string[], joint: string): string {
  const all: string[] = [];
  for (const value of values) {
    if (!value || all.some((one) => one.includes(value))) continue;
    const rest = all.filter((one) => !value.includes(one));
    if ([...rest, value].join(joint).length > longest) continue;
    all.splice(0, all.length, ...rest, value);
  }
  return all.join(joint);
}

/** 谢三（养父）: who stands how to the asset. */
function relationsOf({ key }: Resolved, traits: readonly Trait[], person: Person, language: Language): string[] {
  const [open, close] = language === 'zh' ? ['（', '）'] : [' (', ')'];
  return traits.flatMap(({ aspect, value, to }) => {
    const other = person(to);
    if (aspect !== 'relation' || !to || other?.key === key) return [];
    return [`${other?.name ?? to}${value && `${open}${value}${close}`}`];
  });
}

/** Whoever holds a thing most often; the first of equals. */
function holderOf(traits: readonly Trait[], person: Person): string | undefined {
  const counts = new Map<string, number>();
  for (const { aspect, to } of traits) {
    const holder = aspect === 'holder' ? person(to) : undefined;
    if (holder) counts.set(holder.key, (counts.get(holder.key) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
