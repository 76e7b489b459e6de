// Merges and splits: each is one commit that also keeps what undo needs, and a decision that later resolutions honour.
import { createHash } from 'node:crypto';
import { commit, patching, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { EventType } from '../platform/event.ts';
import { newId } from '../platform/id.ts';
import type { Word } from './said.ts';
import { follows, noting } from './standing.ts';
import {
  AssetEntity,
  type AssetRow,
  ChangeEntity,
  type ChangeRow,
  DecisionEntity,
  type DecisionRow,
  saving,
} from './store.ts';

/** The id of the decision about two forms: the same for the same pair, whichever way round. */
export function decisionId(project: string, kind: string, a: string, b: string): string {
  const pair = a < b ? `${a}\n${b}` : `${b}\n${a}`;
  return `dec_${project.slice(4)}_${createHash('sha256').update(`${kind}\n${pair}`).digest('hex').slice(0, 20)}`;
}

/** A person's word about two forms of a kind, as a row. */
export const decided = (
  ctx: Ctx,
  on: Pick<DecisionRow, 'project' | 'kind' | 'aForm' | 'bForm' | 'aAsset' | 'bAsset'>,
  status: 'accepted' | 'rejected',
  before?: DecisionRow,
): DecisionRow => ({
  tenant: ctx.tenant,
  score: status === 'accepted' ? 1 : 0,
  evidence: [],
  ...before,
  ...on,
  id: decisionId(on.project, on.kind, on.aForm, on.bForm),
  status,
  version: (before?.version ?? 0) + 1,
  updatedAt: ctx.now(),
});

/** A decision's row, on condition that nobody decided meanwhile. */
export const savingDecision = (ctx: Ctx, next: DecisionRow): Write => {
  const put = DecisionEntity.put(next).where(({ version }, { eq, notExists }) =>
    next.version === 1 ? notExists(version) : eq(version, next.version - 1),
  );
  return putting(ctx.stores.core, put);
};

export async function findDecision(ctx: Ctx, id: string): Promise<DecisionRow | undefined> {
  const { data } = await DecisionEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  return (data as DecisionRow | null) ?? undefined;
}

/** A decision that a change takes, with what it was. */
type Said = { readonly next: DecisionRow; readonly before: DecisionRow | undefined };

/** Words as decisions; `assetOf` tells whose a form is after the change. */
export const saying = (
  ctx: Ctx,
  { project, kind }: Pick<AssetRow, 'project' | 'kind'>,
  words: readonly Word[],
  assetOf: (form: string) => string,
): Promise<Said[]> =>
  Promise.all(
    words.map(async ({ aForm, bForm, status }) => {
      const before = await findDecision(ctx, decisionId(project, kind, aForm, bForm));
      const on = { project, kind, aForm, bForm, aAsset: assetOf(aForm), bAsset: assetOf(bForm) };
      return { before, next: decided(ctx, on, status, before) };
    }),
  );

export type Step = {
  readonly kind: ChangeRow['kind'];
  /** Rows before, and what each becomes. */
  readonly changed: { before: AssetRow; next: Partial<AssetRow> }[];
  readonly created: AssetRow[];
  /** Names that created rows take. */
  readonly names?: Write[];
  readonly said: readonly Said[];
  readonly fact: Extract<EventType, 'asset.merged' | 'asset.split'>;
};

/** Commits a merge or split with its undo record. Answers the change's id. @param now its time, which is that of the rows */
export async function commitChange(ctx: Ctx, step: Step, now: number): Promise<string> {
  const [first] = step.changed;
  if (!first) throw new Error('a change of nothing');
  const { project } = first.before;
  const row: ChangeRow = {
    tenant: ctx.tenant,
    id: newId('chg', now),
    project,
    kind: step.kind,
    before: step.changed.map(({ before }) => before),
    created: step.created.map(({ id }) => id),
    after: [
      ...step.changed.map(({ before }) => ({ id: before.id, version: before.version + 1 })),
      ...step.created.map(({ id, version }) => ({ id, version })),
    ],
    decisions: step.said.map(({ next, before }) => ({ id: next.id, before: before ? outcomeOf(before) : null })),
    undone: false,
    by: ctx.actor.id,
    at: now,
    version: 1,
  };
  await commit(ctx, {
    rows: [
      ...step.changed.map(({ before, next }) => saving(ctx, before, next, now)),
      ...step.created.map((asset) => putting(ctx.stores.core, AssetEntity.create(asset))),
      ...(step.names ?? []),
      ...step.said.map(({ next }) => savingDecision(ctx, next)),
      putting(ctx.stores.core, ChangeEntity.create(row)),
      ...notingChange(ctx, 'ADD', row),
    ],
    audit: {
      object: first.before.id,
      project,
      before: { forms: surfaces(first.before) },
      after: { change: row.id, kind: step.kind },
    },
    facts: [
      {
        type: step.fact,
        subject: first.before.id,
        project,
        detail: { change: row.id, assets: row.after.map(({ id }) => id) },
      },
    ],
  });
  return row.id;
}

/** A change among the merges that shots follow: ADD when it is made, DELETE when it is undone. What an undone split had made stands for the asset it left. */
export function notingChange(ctx: Ctx, verb: 'ADD' | 'DELETE', change: ChangeRow): Write[] {
  const { kind, project, before, created } = change;
  const [into, from] = before;
  if (!into) return [];
  if (kind === 'merge') return from ? [noting(ctx, verb, project, [follows(from.id, into.id)])] : [];
  const left = created.map((id) => follows(id, into.id));
  return verb === 'DELETE' ? [noting(ctx, 'ADD', project, left)] : [];
}

/** What an undo needs of a decision; the rest stays as it is. */
const outcomeOf = ({ status, aAsset, bAsset, score }: DecisionRow) => ({ status, aAsset, bAsset, score });

const surfaces = ({ forms }: AssetRow) => forms.map(({ surface }) => surface);

/** Marks a change undone, once. */
export const markingUndone = (ctx: Ctx, row: ChangeRow): Write =>
  patching(
    ctx.stores.core,
    ChangeEntity.patch({ tenant: ctx.tenant, id: row.id })
      .set({ undone: true })
      .add({ version: 1 })
      .where(({ undone }, { eq }) => eq(undone, false)),
  );
