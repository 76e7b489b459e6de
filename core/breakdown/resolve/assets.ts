// From groups of forms to assets: name, forms, episodes, weight in the story, looks.
import { wornBy } from '../extract/looks.ts';
import { inOrder } from '../forms/order.ts';
import type { AssetKind, Mention, Resolved } from '../schema.ts';
import type { Gender } from '../vocabulary/titles.ts';
import { type FormNode, formsOf } from './form-table.ts';
import { type Cluster, nameOf } from './person.ts';

type Variant = Resolved['variants'][number];

/** Key of the asset that carries this name form; the same on every run that gives it the same name. */
export const assetKey = (kind: AssetKind, node: FormNode): string => `${kind}:${node.key}`;

/** Asset of a group of forms; `name` is the form that stands for all. */
export function assetOf(
  kind: AssetKind,
  nodes: readonly FormNode[],
  name: FormNode,
  change: Partial<Resolved> = {},
): Resolved {
  return {
    key: assetKey(kind, name),
    kind,
    name: name.surface,
    forms: formsOf(nodes),
    episodes: inOrder(nodes.flatMap(({ episodes }) => [...episodes])),
    importance: 'minor',
    description: '',
    attributes: {},
    variants: [],
    ...change,
  };
}

/** Characters with gender, age, weight by lines, and their looks. `looks` are costume mentions by person. */
export function characterOf(
  person: Cluster,
  gender: Gender | undefined,
  most: number,
  looks: readonly Mention[],
): Resolved {
  const lines = person.nodes.reduce((sum, node) => sum + node.lines, 0);
  const { age } = person;
  const attributes: Record<string, string> = {};
  if (gender) attributes.gender = gender;
  if (age !== undefined) attributes.age = String(age);
  const [first] = looks.toSorted((a, b) => a.episode - b.episode || a.line - b.line);
  if (first) attributes.look = lookOf(first.surface);
  return assetOf('character', person.nodes, nameOf(person), {
    importance:
      lines > 0 && lines * 5 >= most * 2
        ? 'main'
        : lines * (lines < 5 && isWalkOn(person) ? 4 : 25) >= most || person.biographies.length > 0
          ? 'supporting'
          : 'minor',
    description: person.biographies.map(({ text }) => text).join('\n'),
    attributes,
    variants: [...statesOf(person.nodes), ...looksOf(looks)],
  });
}

/** Nobody with a name: 侍卫甲, SECURITY GUARD #1. */
function isWalkOn({ nodes }: Cluster): boolean {
  return nodes.every(({ parts }) => ['numbered', 'role', 'other'].includes(parts.kind));
}

/** The look in a costume's form: 靛蓝短褐 of 谢灯儿·靛蓝短褐. */
function lookOf(surface: string): string {
  return surface.slice(surface.indexOf(wornBy) + 1);
}

/** Forms that name a person in another age or shape: 少年裴照. */
function statesOf(nodes: readonly FormNode[]): Variant[] {
  return nodes
    .filter(({ parts }) => parts.state)
    .map((node) => ({
      name: node.surface,
      description: node.parts.state!,
      episodes: inOrder(node.episodes),
      quote: node.first.quote,
    }));
}

function looksOf(looks: readonly Mention[]): Variant[] {
  const byLook = new Map<string, Mention[]>();
  for (const mention of looks) {
    const look = lookOf(mention.surface);
    byLook.set(look, [...(byLook.get(look) ?? []), mention]);
  }
  return [...byLook].map(([name, mentions]) => ({
    name,
    description: name,
    episodes: inOrder(mentions.map(({ episode }) => episode).filter((episode) => episode > 0)),
    quote: mentions[0]!.quote,
  }));
}

/** States a place is seen in: 废墟. */
export function placeStates(nodes: readonly FormNode[], state: RegExp): Variant[] {
  return nodes.flatMap((node) => {
    const seen = state.exec(node.surface)?.[0].replace(/^的/, '');
    return seen
      ? [{ name: seen, description: node.surface, episodes: inOrder(node.episodes), quote: node.first.quote }]
      : [];
  });
}
