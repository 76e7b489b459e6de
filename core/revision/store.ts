// How scripts and revisions are kept, and where their bodies lie.
import { Entity } from 'electrodb';
import { tenantKey } from '../platform/blob.ts';
import { putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { byTenant, json, number, text } from '../platform/keys.ts';
import { everything } from '../platform/page.ts';
import { type RowKey, together } from '../platform/together.ts';
import { words } from '../platform/words.ts';
import { load as loadProject } from '../project/store.ts';
import type { Revision, Script } from './schema.ts';

export type ScriptRow = {
  tenant: string;
  id: string;
  project: string;
  title: string;
  revision: number;
  status: Script['status'];
  /** Of a deleted one: until when it can be restored (epoch ms). */
  purgeAt?: number | undefined;
  /** Of a deleted one: the script that tells it again and has its episodes since. */
  heir?: string | undefined;
  version: number;
  createdAt: number;
  updatedAt: number;
};

export const ScriptEntity = new Entity({
  model: { entity: 'script', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    project: text,
    title: text,
    revision: number,
    status: text,
    purgeAt: { type: 'number' },
    heir: { type: 'string' },
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'SCRIPT#${id}', casing: 'none' } },
    ofProject: {
      index: 'gsi1',
      pk: {
        field: 'gsi1pk',
        composite: ['tenant', 'project'],
        template: 'T#${tenant}#P#${project}#SCRIPT',
        casing: 'none',
      },
      sk: { field: 'gsi1sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
  },
});

export type RevisionRow = {
  tenant: string;
  script: string;
  number: number;
  project: string;
  status: Revision['status'];
  fileId?: string | undefined;
  fileName: string;
  size: number;
  /** Where the bytes as uploaded lie. */
  sourceKey: string;
  format?: Revision['format'];
  encoding?: string | undefined;
  quality?: Revision['quality'];
  warnings: Revision['warnings'];
  errorCode?: string | undefined;
  /** Folder of the parsed document: front.json and episode-<n>.json. */
  documentKey?: string | undefined;
  version: number;
  createdAt: number;
};

export const RevisionEntity = new Entity({
  model: { entity: 'revision', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    script: text,
    number: { type: 'number', required: true, padding: { length: 6, char: '0' } },
    project: text,
    status: text,
    fileId: { type: 'string' },
    fileName: text,
    size: number,
    sourceKey: text,
    format: { type: 'string' },
    encoding: { type: 'string' },
    quality: { type: 'any' },
    warnings: json,
    errorCode: { type: 'string' },
    documentKey: { type: 'string' },
    version: number,
    createdAt: number,
  },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['script', 'number'], template: 'REVISION#${script}#${number}', casing: 'none' },
    },
  },
});

/** The script row; deleted ones, and those of a deleted project, count as not found. Throws NOT_FOUND. */
export async function loadScript(ctx: Ctx, id: string): Promise<ScriptRow> {
  const row = await findScript(ctx, id);
  if (!row || row.status === 'deleted') throw notFound();
  await loadProject(ctx, row.project);
  return row;
}

/** The row of a script that was deleted and can be restored. Throws NOT_FOUND; CONFLICT for one that is not deleted. */
export async function loadRemoved(ctx: Ctx, id: string): Promise<ScriptRow> {
  const row = await findScript(ctx, id);
  if (!row || (row.status === 'deleted' && (row.purgeAt ?? 0) <= ctx.now())) throw notFound();
  await loadProject(ctx, row.project);
  if (row.status !== 'deleted')
    throw new Failure('CONFLICT', { reason: words('该剧本没有被删除', 'the script is not deleted') });
  return row;
}

/** The row, whatever its status, for the system; undefined where there is none. */
export async function findScript(ctx: Ctx, id: string): Promise<ScriptRow | undefined> {
  const { data } = await ScriptEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  return (data as ScriptRow | null) ?? undefined;
}

/** Rows of scripts by their ids, whatever their status, for the system; those that are not there left out. */
export async function findScripts(ctx: Ctx, ids: readonly string[]): Promise<Map<string, ScriptRow>> {
  const { core } = ctx.stores;
  const keys = ids.map((id) => ScriptEntity.get({ tenant: ctx.tenant, id }).params<{ Key: RowKey }>(core).Key);
  const found = new Map<string, ScriptRow>();
  for (let at = 0; at < keys.length; at += 100)
    for (const Item of await together(core, keys.slice(at, at + 100))) {
      const row = Item && (ScriptEntity.parse({ Item: Item as never }).data as ScriptRow);
      if (row) found.set(row.id, row);
    }
  return found;
}

/** The next state of a script, on condition that nobody changed it meanwhile. @param now its time, where it is answered too */
export const savingScript = (ctx: Ctx, before: ScriptRow, next: Partial<ScriptRow>, now = ctx.now()): Write => {
  const put = ScriptEntity.put({ ...before, ...next, version: before.version + 1, updatedAt: now });
  return putting(
    ctx.stores.core,
    put.where(({ version }, { eq }) => eq(version, before.version)),
  );
};

/** One revision of a script. Throws NOT_FOUND. */
export async function loadRevision(ctx: Ctx, script: string, revision: number): Promise<RevisionRow> {
  const { data } = await RevisionEntity.get({ tenant: ctx.tenant, script, number: revision }).go({
    ...ctx.stores.core,
    consistent: true,
  });
  if (!data) throw notFound();
  return data as RevisionRow;
}

/** All revisions of a script, oldest first. */
export const loadRevisions = (ctx: Ctx, script: string): Promise<RevisionRow[]> =>
  everything<RevisionRow>(ctx, RevisionEntity.query.primary({ tenant: ctx.tenant, script }), RevisionEntity);

export const shownScript = ({ tenant: _t, project, purgeAt, heir: _h, ...row }: ScriptRow): Script => ({
  ...row,
  projectId: project,
  purgeAt: purgeAt ?? null,
});

export const shownRevision = (row: RevisionRow): Revision => ({
  scriptId: row.script,
  number: row.number,
  status: row.status,
  fileId: row.fileId ?? null,
  fileName: row.fileName,
  size: row.size,
  format: row.format ?? null,
  encoding: row.encoding ?? null,
  quality: row.quality ?? null,
  warnings: row.warnings,
  errorCode: row.errorCode ?? null,
  createdAt: row.createdAt,
});

/** Folder of everything derived from scripts of a project: `tenants/<t>/projects/<p>/breakdown/…` */
export const workKey = (ctx: Ctx, project: string, ...rest: string[]) =>
  tenantKey(ctx, 'projects', project, 'breakdown', ...rest);
