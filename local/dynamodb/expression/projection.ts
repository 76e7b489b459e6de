// Projections: the parts of an item that were asked for, with maps and lists around them.
import { type Item, setAttribute, type Value } from '../value/value.ts';
import type { Path } from './dynalite.ts';
import { atPath } from './path.ts';

type Branch = { readonly inner: Map<string | number, Branch>; whole: boolean };

const treeOf = (paths: readonly Path[]): Branch => {
  const root: Branch = { inner: new Map(), whole: false };
  for (const path of paths) {
    let branch = root;
    for (const step of path) {
      const next = branch.inner.get(step) ?? { inner: new Map(), whole: false };
      branch.inner.set(step, next);
      branch = next;
    }
    branch.whole = true;
  }
  return root;
};

const prune = (value: Value, branch: Branch): Value | undefined => {
  if (branch.whole) return value;
  if ('M' in value) {
    const M = pruneItem(value.M, branch);
    return Object.keys(M).length ? { M } : undefined;
  }
  if (!('L' in value)) return undefined;
  // What remains of a list keeps its order and closes its gaps.
  const places = [...branch.inner.keys()].filter((step) => typeof step === 'number').sort((a, b) => a - b);
  const L = places.flatMap((place) => {
    const member = value.L[place];
    return (member && prune(member, branch.inner.get(place) as Branch)) ?? [];
  });
  return L.length ? { L } : undefined;
};

const pruneItem = (item: Item, { inner }: Branch): Item => {
  const kept: Record<string, Value> = {};
  for (const [step, branch] of inner) {
    const found = typeof step === 'string' ? atPath(item, [step]) : undefined;
    const pruned = found && prune(found, branch);
    if (pruned) setAttribute(kept, step as string, pruned);
  }
  return kept;
};

export type Project = (item: Item) => Item;

/** Makes the function that keeps only these paths. */
export const projectionOf = (paths: readonly Path[]): Project => {
  const tree = treeOf(paths);
  return (item) => pruneItem(item, tree);
};
