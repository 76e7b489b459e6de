// How projects are kept: the row, the names that keep its title unique, and who it is shared with.
import { Entity } from 'electrodb';
import { putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { byTenant, json, number, text } from '../platform/keys.ts';
import { everything } from '../platform/page.ts';
import type { ProjectRole } from '../platform/permission.ts';
import { within } from '../platform/reach.ts';
import { type RowKey, together } from '../platform/together.ts';
import { uniqueNames } from '../platform/unique.ts';
import { words } from '../platform/words.ts';
import { asSettings } from './project.ts';
import type { Making, Project, Share } from './schema.ts';

export type ProjectRow = Making & {
  tenant: string;
  id: string;
  title: string;
  stage: Project['stage'];
  status: Project['status'];
  /** `kept` or `deleted`: what a list without a status walks. */
  shelf: 'kept' | 'deleted';
  /** A client's own settings beside the known ones. */
  own: Record<string, unknown>;
  thumbnail?: string | undefined;
  /** Of a deleted one: what it was, and until when it can be that again (epoch ms). */
  removedFrom?: Exclude<Project['status'], 'deleted'> | undefined;
  purgeAt?: number | undefined;
  createdBy: string;
  version: number;
  createdAt: number;
  updatedAt: number;
};

export const ProjectEntity = new Entity({
  model: { entity: 'project', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    title: text,
    stage: text,
    status: text,
    shelf: text,
    targetDuration: text,
    language: text,
    visualStyle: text,
    imageSize: text,
    imageCount: number,
    own: json,
    thumbnail: { type: 'string' },
    removedFrom: { type: 'string' },
    purgeAt: { type: 'number' },
    createdBy: text,
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'PROJECT#${id}', casing: 'none' } },
    onShelf: {
      index: 'gsi1',
      pk: {
        field: 'gsi1pk',
        composite: ['tenant', 'shelf'],
        template: 'T#${tenant}#PROJECT#SHELF#${shelf}',
        casing: 'none',
      },
      sk: { field: 'gsi1sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
    inStatus: {
      index: 'gsi2',
      pk: {
        field: 'gsi2pk',
        composite: ['tenant', 'status'],
        template: 'T#${tenant}#PROJECT#STATUS#${status}',
        casing: 'none',
      },
      sk: { field: 'gsi2sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
  },
});

export type ShareRow = {
  tenant: string;
  project: string;
  member: string;
  role: ProjectRole;
  sharedBy: string;
  sharedAt: number;
  version: number;
};

export const ShareEntity = new Entity({
  model: { entity: 'project-share', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    project: text,
    member: text,
    role: text,
    sharedBy: text,
    sharedAt: number,
    version: number,
  },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['project', 'member'], template: 'SHARE#${project}#${member}', casing: 'none' },
    },
  },
});

/** The project row; deleted ones and those out of reach count as not found. Throws NOT_FOUND, FORBIDDEN. */
export async function load(ctx: Ctx, id: string): Promise<ProjectRow> {
  within(ctx, id);
  const row = await find(ctx, id);
  if (!row || row.status === 'deleted') throw notFound();
  return row;
}

/** The row of a project that was deleted and can be restored. Throws NOT_FOUND, FORBIDDEN; CONFLICT for one that is not deleted. */
export async function loadRemoved(ctx: Ctx, id: string): Promise<ProjectRow> {
  within(ctx, id);
  const row = await find(ctx, id);
  if (row && row.status !== 'deleted')
    throw new Failure('CONFLICT', { reason: words('该项目没有被删除', 'the project is not deleted') });
  if (!row || (row.purgeAt ?? 0) <= ctx.now()) throw notFound();
  return row;
}

/** The row, whatever its status, for the system; undefined where there is none. */
export async function find(ctx: Ctx, id: string): Promise<ProjectRow | undefined> {
  const { data } = await ProjectEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  return (data as ProjectRow | null) ?? undefined;
}

/** The rows of these projects (at most 100), deleted ones too; those that are not there left out. */
export async function loadSome(ctx: Ctx, ids: readonly string[]): Promise<ProjectRow[]> {
  const rows = await together(
    ctx.stores.core,
    ids.map((id) => projectKey(ctx, id)),
  );
  return rows.flatMap((Item) => (Item ? [ProjectEntity.parse({ Item: Item as never }).data as ProjectRow] : []));
}

/** As many as one filter takes. Source: quotas of DynamoDB, IN. */
const mostRemoved = 100;

/** Ids of the projects that were deleted and can be restored; of very many those that were founded last. */
export const removedIds = async (ctx: Ctx): Promise<string[]> => {
  const query = ProjectEntity.query.onShelf({ tenant: ctx.tenant, shelf: 'deleted' });
  return (await everything<ProjectRow>(ctx, query, ProjectEntity)).slice(-mostRemoved).map(({ id }) => id);
};

/** Where a project's row lies: for those who fetch it along with rows of their own, and then ask `mustBeKept`. */
export const projectKey = (ctx: Ctx, id: string): RowKey =>
  ProjectEntity.get({ tenant: ctx.tenant, id }).params<{ Key: RowKey }>({ table: ctx.stores.core.table }).Key;

/** Throws NOT_FOUND when the row fetched from a project's place is none, deleted or out of reach; FORBIDDEN. */
export function mustBeKept(ctx: Ctx, id: string, row: Readonly<Record<string, unknown>> | undefined): void {
  within(ctx, id);
  if (!row || row.status === 'deleted') throw notFound();
}

/** Belongs into a commit that begins something new in a project; it throws NOT_FOUND when the project was deleted meanwhile. */
export const staying = (ctx: Ctx, id: string): Write => {
  within(ctx, id);
  return {
    item: {
      ConditionCheck: {
        TableName: ctx.stores.core.table,
        Key: projectKey(ctx, id),
        ConditionExpression: 'attribute_exists(pk) AND #status <> :deleted',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':deleted': 'deleted' },
      },
    },
    refused: notFound,
  };
};

export const titles = uniqueNames('PROJECT', (title) => new Failure('TITLE_TAKEN', { title }));

/** The next state of a project, on condition that nobody changed it meanwhile. @param now its time, where it is answered too */
export const saving = (ctx: Ctx, before: ProjectRow, next: Partial<ProjectRow>, now = ctx.now()): Write =>
  putting(
    ctx.stores.core,
    ProjectEntity.put({ ...before, ...next, version: before.version + 1, updatedAt: now }).where(
      ({ version }, { eq }) => eq(version, before.version),
    ),
  );

/** Who a project is shared with. */
export const sharesOf = (ctx: Ctx, project: string): Promise<ShareRow[]> =>
  everything<ShareRow>(ctx, ShareEntity.query.primary({ tenant: ctx.tenant, project }), ShareEntity);

/** A project as the API shows it. */
export function shown(row: ProjectRow): Project {
  const { tenant: _t, shelf: _s, removedFrom: _r, own, thumbnail, purgeAt, ...told } = row;
  return {
    ...told,
    thumbnail: thumbnail ?? null,
    purgeAt: purgeAt ?? null,
    settings: { ...own, ...asSettings(told) },
  };
}

export const shownShare = ({ project, member, role, sharedBy, sharedAt, version }: ShareRow): Share => ({
  projectId: project,
  memberId: member,
  role,
  access: role === 'producer' || role === 'editor' ? 'edit' : 'view',
  sharedBy,
  sharedAt,
  version,
});
