// Doubts about places and things: the pairs that wait, each beside a set of its own that the form could also be taken for.
import { byText } from '../forms/order.ts';
import type { AssetKind } from '../schema.ts';
import { type Doubt, type DoubtSide, formsInOrder } from './doubt.ts';
import type { FormNode } from './form-table.ts';
import type { Ledger } from './ledger.ts';

export function groupDoubts(kind: AssetKind, groups: ReadonlyMap<string, FormNode[]>, ledger: Ledger): Doubt[] {
  const all = [...new Set(groups.values())].sort(
    (a, b) => sceneCount(b) - sceneCount(a) || byText(a[0]!.key, b[0]!.key),
  );
  return ledger.waiting().flatMap(({ a, b, evidence }): Doubt[] => {
    const [x, y] = [groups.get(a.key), groups.get(b.key)];
    if (!x || !y || x === y) return [];
    const other = all.find((group) => group !== x && group !== y);
    const lines = evidence.filter(({ weight }) => weight > 0);
    return [
      {
        kind,
        about: sideOf(a.surface, x, []),
        candidates: [sideOf(b.surface, y, lines), ...(other ? [sideOf(other[0]!.surface, other, [])] : [])],
      },
    ];
  });
}

function sideOf(form: string, nodes: readonly FormNode[], lines: DoubtSide['lines']): DoubtSide {
  return { form, forms: formsInOrder(nodes), told: '', lines };
}

function sceneCount(nodes: readonly FormNode[]): number {
  return new Set(nodes.flatMap(({ scenes }) => [...scenes])).size;
}
