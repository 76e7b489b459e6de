// Decisions of a resolution as rows: what it decides, and what it no longer asks. What a person has decided is left alone.
import { decisionId, savingDecision } from '../asset/change.ts';
import type { DecisionRow } from '../asset/store.ts';
import type { AssetKind, Decision, Resolution } from '../breakdown/schema.ts';
import type { Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';

type Resolving = {
  readonly resolution: Resolution;
  /** The decisions of the project as they stand. */
  readonly known: readonly DecisionRow[];
  /** Resolved key → id of its row. */
  readonly ids: ReadonlyMap<string, string>;
};

const statusOf = { merged: 'merged', review: 'waiting', refused: 'refused' } as const;

/** Rows that change; unchanged ones are not written again. */
export function decisionRows(ctx: Ctx, project: string, { resolution, known, ids }: Resolving): Write[] {
  const byId = new Map(known.map((row) => [row.id, row]));
  const decided = resolution.decisions.flatMap((decision) => {
    const { kind, a: aForm, b: bForm, score, evidence } = decision;
    const [aAsset, bAsset] = [ids.get(decision.aKey), ids.get(decision.bKey)];
    if (!aAsset || !bAsset) return [];
    const status = statusOf[decision.outcome];
    return [{ id: idOf(project, decision), kind, status, aForm, bForm, aAsset, bAsset, score, evidence: evidence.slice(0, 20) }]; // biome-ignore format: one thought
  });
  const named = new Set(decided.map(({ id }) => id));
  // what a person's undo left waiting rests on no evidence of a resolution, and none takes it back
  const isDropped = ({ id, status, evidence }: DecisionRow) =>
    status === 'waiting' && evidence.length > 0 && !named.has(id);
  const dropped = known.filter(isDropped);
  return [...decided, ...dropped.map((row) => settled(row, resolution, ids))].flatMap((next) => {
    const before = byId.get(next.id);
    if (before?.status === 'accepted' || before?.status === 'rejected' || (before && isAs(before, next))) return [];
    const version = (before?.version ?? 0) + 1;
    return [savingDecision(ctx, { ...next, tenant: ctx.tenant, project, version, updatedAt: ctx.now() })];
  });
}

const idOf = (project: string, { kind, a, b }: Decision) => decisionId(project, kind, a, b);

type Next = Omit<DecisionRow, 'tenant' | 'project' | 'version' | 'updatedAt'>;

/** A question that is not asked any more: other evidence made both one, or what spoke for it left the script. */
function settled(row: DecisionRow, { assets }: Resolution, ids: ReadonlyMap<string, string>): Next {
  const owner = (kind: AssetKind, form: string): string | undefined => {
    const asset = assets.find((one) => one.kind === kind && one.forms.some(({ surface }) => surface === form));
    return asset && ids.get(asset.key);
  };
  const { id, kind, aForm, bForm, score, evidence } = row;
  const [aAsset = row.aAsset, bAsset = row.bAsset] = [owner(kind, aForm), owner(kind, bForm)];
  return { id, kind, status: aAsset === bAsset ? 'merged' : 'refused', aForm, bForm, aAsset, bAsset, score, evidence };
}

const isAs = (before: DecisionRow, next: Next): boolean =>
  Object.entries(next).every(
    ([name, value]) => JSON.stringify(before[name as keyof DecisionRow]) === JSON.stringify(value),
  );
