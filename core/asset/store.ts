// How the library is kept. Mentions are not rows: they stay in the extractions and are found by the forms an asset owns,
// so a merge or a split moves forms only and can be undone.
import { Entity } from 'electrodb';
import type { AssetKind, Evidence, Form, PromptBy } from '../breakdown/schema.ts';
import { putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { notFound } from '../platform/failure.ts';
import { byTenant, json, number, text } from '../platform/keys.ts';
import { everything } from '../platform/page.ts';
import { load as loadProject } from '../project/store.ts';
import type { Asset, AssetStatus, Change, Decision, Variant } from './schema.ts';

export type AssetRow = {
  tenant: string;
  id: string;
  project: string;
  kind: AssetKind;
  name: string;
  forms: Form[];
  status: AssetStatus;
  mergedInto?: string | undefined;
  description: string;
  attributes: Record<string, string>;
  variants: Variant[];
  importance: Asset['importance'];
  parent?: string | undefined;
  episodes: number[];
  source: Asset['source'];
  /** Key of the resolution that made it; a re-run finds the row by it or by its forms. */
  key: string;
  /** Fields a person changed: a re-run leaves them alone. */
  edited: string[];
  /** Who wrote its visual prompts after the breakdown. */
  promptBy?: PromptBy | undefined;
  version: number;
  /** Version whose state an undo brought back, until the row changes again. */
  restored?: number | undefined;
  createdAt: number;
  updatedAt: number;
};

export const AssetEntity = new Entity({
  model: { entity: 'asset', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    project: text,
    kind: text,
    name: text,
    forms: json,
    status: text,
    mergedInto: { type: 'string' },
    description: { type: 'string' },
    attributes: json,
    variants: json,
    importance: text,
    parent: { type: 'string' },
    episodes: json,
    source: text,
    key: text,
    edited: json,
    promptBy: { type: 'string' },
    version: number,
    restored: { type: 'number' },
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'ASSET#${id}', casing: 'none' } },
    ofProject: {
      index: 'gsi1',
      pk: {
        field: 'gsi1pk',
        composite: ['tenant', 'project'],
        template: 'T#${tenant}#P#${project}#ASSET',
        casing: 'none',
      },
      sk: {
        field: 'gsi1sk',
        composite: ['status', 'kind', 'name', 'id'],
        template: '${status}#${kind}#${name}#${id}',
        casing: 'none',
      },
    },
  },
});

export type DecisionRow = {
  tenant: string;
  id: string;
  project: string;
  kind: AssetKind;
  status: Decision['status'];
  aForm: string;
  bForm: string;
  aAsset: string;
  bAsset: string;
  score: number;
  evidence: Evidence[];
  version: number;
  updatedAt: number;
};

export const DecisionEntity = new Entity({
  model: { entity: 'decision', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    project: text,
    kind: text,
    status: text,
    aForm: text,
    bForm: text,
    aAsset: text,
    bAsset: text,
    score: number,
    evidence: json,
    version: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'DECISION#${id}', casing: 'none' } },
    ofProject: {
      index: 'gsi1',
      pk: {
        field: 'gsi1pk',
        composite: ['tenant', 'project'],
        template: 'T#${tenant}#P#${project}#DECISION',
        casing: 'none',
      },
      sk: { field: 'gsi1sk', composite: ['status', 'id'], template: '${status}#${id}', casing: 'none' },
    },
  },
});

/** What undo needs: the rows as they were, and the versions the change gave them. */
export type ChangeRow = {
  tenant: string;
  id: string;
  project: string;
  kind: Change['kind'];
  before: AssetRow[];
  /** Ids of rows the change created. */
  created: string[];
  after: { id: string; version: number }[];
  /** The decisions it took, each as it was; null when the change made it. */
  decisions: { id: string; before: Pick<DecisionRow, 'status' | 'aAsset' | 'bAsset' | 'score'> | null }[];
  undone: boolean;
  by: string;
  at: number;
  version: number;
};

export const ChangeEntity = new Entity({
  model: { entity: 'change', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    project: text,
    kind: text,
    before: json,
    created: json,
    after: json,
    decisions: json,
    undone: { type: 'boolean', required: true },
    by: text,
    at: number,
    version: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'CHANGE#${id}', casing: 'none' } },
    ofProject: {
      index: 'gsi1',
      pk: {
        field: 'gsi1pk',
        composite: ['tenant', 'project'],
        template: 'T#${tenant}#P#${project}#CHANGE',
        casing: 'none',
      },
      sk: { field: 'gsi1sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
  },
});

/** The asset row, whatever its status. */
export async function find(ctx: Ctx, id: string): Promise<AssetRow | undefined> {
  const { data } = await AssetEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  return (data as AssetRow | null) ?? undefined;
}

/** The asset row, whatever its status. Throws NOT_FOUND, for one of a deleted project too. */
export async function load(ctx: Ctx, id: string): Promise<AssetRow> {
  const row = await find(ctx, id);
  if (!row) throw notFound();
  await loadProject(ctx, row.project);
  return row;
}

/** All assets of a project, merged and deleted ones included. Bounded by what one production holds. */
export const loadAll = (ctx: Ctx, project: string): Promise<AssetRow[]> =>
  everything<AssetRow>(ctx, AssetEntity.query.ofProject({ tenant: ctx.tenant, project }), AssetEntity);

/** All decisions of a project. */
export const loadDecisions = (ctx: Ctx, project: string): Promise<DecisionRow[]> =>
  everything<DecisionRow>(ctx, DecisionEntity.query.ofProject({ tenant: ctx.tenant, project }), DecisionEntity);

/** The next state of an asset, on condition that nobody changed it meanwhile. @param now its time, where it is answered too */
export const saving = (ctx: Ctx, before: AssetRow, next: Partial<AssetRow>, now = ctx.now()): Write =>
  putting(
    ctx.stores.core,
    AssetEntity.put({
      ...before,
      restored: undefined,
      ...next,
      version: before.version + 1,
      updatedAt: now,
    }).where(({ version }, { eq }) => eq(version, before.version)),
  );

/** The version whose state a row has: an older one where an undo brought that back. */
export const stateOf = ({ restored, version }: Pick<AssetRow, 'restored' | 'version'>): number => restored ?? version;

/** An asset as the API shows it. */
export const shown = ({ tenant: _t, project, key: _k, edited: _e, mergedInto, parent, ...row }: AssetRow): Asset => ({
  ...row,
  projectId: project,
  aliases: row.forms.map(({ surface }) => surface).filter((surface) => surface !== row.name),
  mergedInto: mergedInto ?? null,
  promptBy: row.promptBy ?? null,
  parentId: parent ?? null,
});
