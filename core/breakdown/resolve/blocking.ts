// Which pairs of forms are looked at at all. Keys, not comparisons: the work grows with the forms, not with their square.
import type { NameParts } from '../forms/name-parts.ts';
import { normalForm, pinyinOf } from '../forms/normal.ts';
import { standsFor } from '../vocabulary/nicknames.ts';
import type { FormNode, Language } from './form-table.ts';

/** A block larger than this pairs only forms that meet in a scene. */
const largest = 24;

/** Keys of the blocks a form is in. Two forms are a candidate pair when they share one. */
export function blockKeys(node: FormNode, language: Language): string[] {
  const { parts, key } = node;
  const keys = [`whole:${key}`];
  if (parts.base) keys.push(`whole:${normalForm(parts.base)}`);
  if (parts.surname) keys.push(`surname:${parts.surname}`);
  if (parts.given) keys.push(`whole:${parts.given}`, `given:${parts.given}`);
  if (parts.stem) keys.push(`given:${parts.stem}`, `surname:${parts.stem}`);
  if (parts.ordinal) keys.push(`ordinal:${parts.ordinal}`, `given:${parts.ordinal}`);
  if (parts.title) keys.push(`title:${parts.title}`, `whole:${parts.title}`);
  if (language === 'zh') keys.push(...chineseKeys(key, parts.given));
  else keys.push(...englishKeys(parts));
  keys.push(...slipKeys(key, language));
  return [...new Set(keys)];
}

function chineseKeys(key: string, given: string | undefined): string[] {
  const keys = given && given.length === 2 ? [`given:${given[0]}`, `given:${given[1]}`] : [];
  const sound = key.length >= 2 ? pinyinOf(key) : undefined;
  if (sound) keys.push(`sound:${sound}`);
  for (let cut = 1; cut <= Math.min(8, key.length - 2); cut += 1) keys.push(`whole:${key.slice(cut)}`);
  return keys;
}

function englishKeys({ given, nick, surname }: NameParts): string[] {
  const firsts = [given, nick].flatMap((name) => (name ? [normalForm(name), ...standsFor(name)] : []));
  return [...firsts, ...(surname ? [normalForm(surname)] : [])].map((name) => `whole:${name}`);
}

/** Forms one slip apart share a form with one letter left out. */
function slipKeys(key: string, language: Language): string[] {
  if (key.length < (language === 'zh' ? 3 : 5) || key.length > 24) return [];
  return [`slip:${key}`, ...Array.from(key, (_, at) => `slip:${key.slice(0, at)}${key.slice(at + 1)}`)];
}

/** Candidate pairs, each once, in no particular order. `meet` says whether two forms of a large block share a scene. */
export function candidatePairs(
  nodes: readonly FormNode[],
  language: Language,
  meetings: (node: FormNode) => ReadonlySet<FormNode>,
): [FormNode, FormNode][] {
  const blocks = new Map<string, FormNode[]>();
  for (const node of nodes)
    for (const key of blockKeys(node, language)) {
      const block = blocks.get(key);
      if (block) block.push(node);
      else blocks.set(key, [node]);
    }
  const seen = new Set<string>();
  const pairs: [FormNode, FormNode][] = [];
  const add = (a: FormNode, b: FormNode): void => {
    const [first, second] = a.key < b.key ? [a, b] : [b, a];
    const id = `${first.key}\n${second.key}`;
    if (first === second || seen.has(id)) return;
    seen.add(id);
    pairs.push([first, second]);
  };
  for (const [key, block] of blocks) pairBlock(block, meetings, key.startsWith('surname:') ? addUnlessNames(add) : add);
  return pairs;
}

/** Two full names are not one for sharing a surname. */
function addUnlessNames(add: (a: FormNode, b: FormNode) => void): typeof add {
  return (a, b) => {
    if (a.parts.kind !== 'name' || b.parts.kind !== 'name' || !a.parts.surname || !b.parts.surname) add(a, b);
  };
}

function pairBlock(
  block: readonly FormNode[],
  meetings: (node: FormNode) => ReadonlySet<FormNode>,
  add: (a: FormNode, b: FormNode) => void,
): void {
  if (block.length <= largest) {
    for (let i = 0; i < block.length; i += 1) for (let j = i + 1; j < block.length; j += 1) add(block[i]!, block[j]!);
    return;
  }
  const members = new Set(block);
  for (const node of block) for (const other of meetings(node)) if (members.has(other)) add(node, other);
}
