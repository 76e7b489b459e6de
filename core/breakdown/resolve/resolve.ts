// Resolution over a whole project: mentions and hints of all episodes in, assets and decisions out. Pure and deterministic.

import { wornBy } from '../extract/looks.ts';
import { normalForm } from '../forms/normal.ts';
import { byText } from '../forms/order.ts';
import type { AssetKind, Decision, Extraction, Mention, Resolution, Resolved } from '../schema.ts';
import { placeStateOnly } from '../vocabulary/places.ts';
import { assetKey, assetOf, characterOf, placeStates } from './assets.ts';
import { type FormNode, formTable, type Language } from './form-table.ts';
import { type GenderTally, genderOf } from './gender.ts';
import { grouped } from './grouped.ts';
import { groupForms } from './groups.ts';
import { Ledger } from './ledger.ts';
import type { Opinion } from './opinion.ts';
import type { People } from './people.ts';
import { type Cluster, nameOf } from './person.ts';
import { houseOf, type Places } from './places.ts';
import { type PriorDecision, Verdicts } from './prior.ts';
import type { Things } from './things.ts';
import { withTraits } from './traits.ts';

type Part = { readonly assets: Resolved[]; readonly decisions: Decision[] };

/**
 * Who and what is one over all episodes. `extractions` come in any order; `prior` holds people's decisions, which bind; `opinions` what
 * models said of what is doubtful (see `doubts`).
 * Answers every asset with all its forms, each decision with its evidence and score, and the forms that change their meaning by scene.
 */
export function resolve(
  extractions: readonly Extraction[],
  prior: readonly PriorDecision[] = [],
  opinions: readonly Opinion[] = [],
): Resolution {
  const { mentions, language, people, places: sets, things: props } = grouped(extractions, prior, opinions);
  const parts: Part[] = [
    characters(people, mentions, talliesOf(extractions)),
    places(sets),
    things(props),
    costumes(people, mentions),
    ...(['vehicle', 'creature', 'effect', 'sound', 'extra'] as const).map((kind) =>
      plain(kind, mentions, language, new Verdicts(prior, kind)),
    ),
  ];
  return {
    assets: withTraits(
      parts.flatMap(({ assets }) => assets),
      extractions,
      language,
    ),
    decisions: parts.flatMap(({ decisions }) => decisions),
    ambiguous: people.ambiguous
      .map(({ form, byScene }) => ({
        surface: form.surface,
        byScene: Object.fromEntries(
          [...byScene]
            .map(([scene, person]) => [scene, assetKey('character', nameOf(person))])
            .sort(([a], [b]) => byText(a!, b!)),
        ),
      }))
      .sort((a, b) => byText(a.surface, b.surface)),
  };
}

/** What all lines tell of each form's gender. */
function talliesOf(extractions: readonly Extraction[]): Map<string, GenderTally> {
  const tallies = new Map<string, GenderTally>();
  for (const { surface, gender } of extractions.flatMap(({ genders }) => genders ?? [])) {
    const key = normalForm(surface);
    const before = tallies.get(key) ?? { female: 0, male: 0 };
    tallies.set(key, { ...before, [gender]: before[gender] + 1 });
  }
  return tallies;
}

function characters(
  { persons, byForm, ambiguous, ledger }: People,
  mentions: readonly Mention[],
  tallies: ReadonlyMap<string, GenderTally>,
): Part {
  const most = Math.max(1, ...persons.map(({ nodes }) => nodes.reduce((sum, { lines }) => sum + lines, 0)));
  const worn = new Map<unknown, Mention[]>();
  for (const mention of mentions) {
    const wearer = mention.kind === 'costume' ? byForm.get(wearerKey(mention.surface)) : undefined;
    if (wearer) worn.set(wearer, [...(worn.get(wearer) ?? []), mention]);
  }
  const calledToo = new Map<Cluster, FormNode[]>();
  for (const { form, byScene } of ambiguous)
    for (const person of new Set(byScene.values())) calledToo.set(person, [...(calledToo.get(person) ?? []), form]);
  const assets = persons.map((person) => {
    const gender = genderOf(person, calledToo.get(person) ?? [], tallies);
    return characterOf(person, gender, most, worn.get(person) ?? []);
  });
  const keyOf = (form: string): string | undefined => {
    const person = byForm.get(form);
    return person && assetKey('character', nameOf(person));
  };
  return { assets, decisions: ledger.decisions(keyOf) };
}

function wearerKey(surface: string): string {
  return normalForm(surface.slice(0, surface.indexOf(wornBy)));
}

/** Groups as assets: the form written most often gives the name; longer ones first among equals. */
function asAssets(
  kind: AssetKind,
  groups: ReadonlyMap<string, FormNode[]>,
  ledger: Ledger,
  change: (nodes: readonly FormNode[]) => Partial<Resolved>,
): Part {
  const keys = new Map<string, string>();
  const assets = [...new Set(groups.values())].map((nodes) => {
    const name = [...nodes].sort(
      (a, b) => b.count - a.count || b.key.length - a.key.length || byText(a.key, b.key),
    )[0]!;
    for (const { key } of nodes) keys.set(key, assetKey(kind, name));
    return assetOf(kind, nodes, name, change(nodes));
  });
  return { assets, decisions: ledger.decisions((form) => keys.get(form)) };
}

function places({ groups, within, ledger }: Places): Part {
  const part = asAssets('location', groups, ledger, (nodes) => ({
    importance: weight(nodes, 5, 2),
    variants: placeStates(nodes, placeStateOnly),
    attributes: attributesOf(nodes),
  }));
  const keyOf = new Map(
    part.assets.flatMap(({ key, forms }) => forms.map(({ surface }): [string, string] => [normalForm(surface), key])),
  );
  const assets = part.assets.map((asset) => {
    const parent = asset.forms
      .map(({ surface }) => keyOf.get(within.get(normalForm(surface)) ?? ''))
      .find((key) => key !== undefined && key !== asset.key);
    return parent ? { ...asset, parent } : asset;
  });
  return { ...part, assets };
}

function attributesOf(nodes: readonly FormNode[]): Record<string, string> {
  const house = nodes.map(({ surface }) => houseOf(surface)).find((found) => found !== '');
  return house ? { within: house } : {};
}

function things({ groups, ledger }: Things): Part {
  return asAssets('prop', groups, ledger, (nodes) => ({ importance: weight(nodes, 5, 2) }));
}

/** One costume per wearer and look, whatever the wearer is called where it is worn. */
function costumes({ byForm }: People, mentions: readonly Mention[]): Part {
  const byLook = new Map<string, { wearer: string; mentions: Mention[] }>();
  for (const mention of mentions) {
    const person = mention.kind === 'costume' ? byForm.get(wearerKey(mention.surface)) : undefined;
    if (!person) continue;
    const wearer = assetKey('character', nameOf(person));
    const id = `${wearer}\n${mention.surface.slice(mention.surface.indexOf(wornBy) + 1)}`;
    const list = byLook.get(id) ?? { wearer, mentions: [] };
    byLook.set(id, list);
    list.mentions.push(mention);
  }
  const assets = [...byLook.values()].map(({ wearer, mentions: worn }) => {
    const nodes = [...formTable(worn, 'costume', 'zh').values()];
    return assetOf('costume', nodes, nodes[0]!, { parent: wearer, description: worn[0]!.quote });
  });
  return { assets, decisions: [] };
}

/** Kinds whose forms are merged on a person's word alone. */
function plain(kind: AssetKind, mentions: readonly Mention[], language: Language, verdicts: Verdicts): Part {
  const ledger = new Ledger(kind);
  const groups = groupForms([...formTable(mentions, kind, language).values()], [], verdicts, ledger);
  return asAssets(kind, groups, ledger, (nodes) => ({ importance: weight(nodes, 5, 2) }));
}

/** Weight by how many episodes and scenes something is in: main from `main` mentions on, supporting from `supporting` on. */
function weight(nodes: readonly FormNode[], main: number, supporting: number): Resolved['importance'] {
  const scenes = new Set(nodes.flatMap((node) => [...node.scenes])).size;
  return scenes >= main ? 'main' : scenes >= supporting ? 'supporting' : 'minor';
}
