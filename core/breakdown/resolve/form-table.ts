// Forms of one kind, gathered over all mentions: how often, where, in which roles.

import type { NameParts } from '../forms/name-parts.ts';
import { normalForm } from '../forms/normal.ts';
import { byText } from '../forms/order.ts';
import { readName } from '../forms/read-name.ts';
import { type AssetKind, type Evidence, type Extraction, type Form, longestForm, type Mention } from '../schema.ts';
import { withoutDenied } from './denied.ts';

/** One form as a node of the resolution. Surfaces that differ only in width, case, spaces or 繁/简 share it. */
export interface FormNode {
  readonly key: string;
  readonly surfaces: Map<string, Mention[]>;
  /** The surface written most often; the earliest of equals. */
  surface: string;
  parts: NameParts;
  count: number;
  labels: number;
  lines: number;
  hasBiography: boolean;
  /** A model reads it as the name of somebody. */
  isRead: boolean;
  readonly episodes: Set<number>;
  readonly scenes: Set<string>;
  readonly castScenes: Set<string>;
  readonly speakScenes: Set<string>;
  readonly calledScenes: Set<string>;
  first: Mention;
}

export type Language = 'zh' | 'en';

/** Mentions in the order of the script, whatever order the extractions came in; without those a model denies. */
export function mentionsInOrder(extractions: readonly Extraction[]): Mention[] {
  const mentions = extractions
    .flatMap((extraction) => extraction.mentions)
    .filter(({ surface }) => surface.length <= longestForm);
  return withoutDenied(mentions, extractions).sort(
    (a, b) =>
      a.episode - b.episode ||
      a.line - b.line ||
      byText(a.elementId, b.elementId) ||
      byText(a.surface, b.surface) ||
      byText(a.role, b.role) ||
      byText(a.quote, b.quote),
  );
}

/** Forms of one kind by their key, in order of first appearance. */
export function formTable(mentions: readonly Mention[], kind: AssetKind, language: Language): Map<string, FormNode> {
  const table = new Map<string, FormNode>();
  for (const mention of mentions) {
    if (mention.kind !== kind) continue;
    const key = normalForm(mention.surface);
    if (!key) continue;
    const node = table.get(key) ?? newNode(key, mention);
    table.set(key, node);
    count(node, mention);
  }
  for (const node of table.values()) {
    node.surface = mostWritten(node.surfaces, language);
    node.parts = readName(node.surface, language);
  }
  return table;
}

function newNode(key: string, first: Mention): FormNode {
  return {
    key,
    surfaces: new Map(),
    surface: first.surface,
    parts: { kind: 'other' },
    count: 0,
    labels: 0,
    lines: 0,
    hasBiography: false,
    isRead: false,
    episodes: new Set(),
    scenes: new Set(),
    castScenes: new Set(),
    speakScenes: new Set(),
    calledScenes: new Set(),
    first,
  };
}

function count(node: FormNode, mention: Mention): void {
  const list = node.surfaces.get(mention.surface);
  if (list) list.push(mention);
  else node.surfaces.set(mention.surface, [mention]);
  node.count += 1;
  if (mention.episode > 0) node.episodes.add(mention.episode);
  if (mention.sceneId) node.scenes.add(mention.sceneId);
  if (mention.role === 'biography') node.hasBiography = true;
  if (mention.role === 'read') node.isRead = true;
  if (mention.role === 'cast') node.castScenes.add(mention.sceneId);
  if (mention.role === 'speaker') {
    node.speakScenes.add(mention.sceneId);
    node.lines += 1;
  }
  if (mention.role === 'cast' || mention.role === 'speaker') node.labels += 1;
  if (mention.role === 'addressed') node.calledScenes.add(mention.sceneId);
}

/** English prefers a spelling with small letters: Yorblef before YORBLEF. */
function mostWritten(surfaces: ReadonlyMap<string, Mention[]>, language: Language): string {
  const list = [...surfaces].map(([surface, { length }]) => ({ surface, length }));
  const small = list.filter(({ surface }) => language === 'en' && /[a-z]/.test(surface) && /^\P{Ll}/u.test(surface));
  return (small.length > 0 ? small : list).sort((a, b) => b.length - a.length || byText(a.surface, b.surface))[0]!
    .surface;
}

/** Forms of a node or several, as an asset lists them: most frequent first. */
export function formsOf(nodes: readonly FormNode[]): Form[] {
  return nodes
    .flatMap(({ surfaces }) => [...surfaces])
    .map(([surface, mentions]) => ({
      surface,
      count: mentions.length,
      episodes: [...new Set(mentions.map(({ episode }) => episode))]
        .filter((episode) => episode > 0)
        .sort((a, b) => a - b),
    }))
    .sort((a, b) => b.count - a.count || byText(a.surface, b.surface));
}

/** Evidence that rests on a form itself, quoted where the form first stands. */
export function quotedAt(node: FormNode): Pick<Evidence, 'quote' | 'line' | 'episode'> {
  return { quote: node.first.quote, line: node.first.line, episode: node.first.episode };
}
