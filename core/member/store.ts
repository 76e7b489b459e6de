// How people are kept: the member in the tenant, and the entry in the directory that leads from a Cognito user to the tenant.
import { Entity } from 'electrodb';
import { patching, putting, type Write } from '../platform/commit.ts';
import type { Ctx, OpenCtx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { byTenant, number, text } from '../platform/keys.ts';
import type { Role } from '../platform/permission.ts';

export type MemberRow = {
  tenant: string;
  /** Subject of the Cognito user. */
  id: string;
  email: string;
  name: string;
  role: Role;
  isActive: boolean;
  lastLogin?: number | undefined;
  version: number;
  createdAt: number;
  updatedAt: number;
};

const MemberEntity = new Entity({
  model: { entity: 'member', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    email: text,
    name: text,
    role: text,
    isActive: { type: 'boolean', required: true },
    lastLogin: { type: 'number' },
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'MEMBER#${id}', casing: 'none' } },
  },
});

/** Where a Cognito user belongs: what its tokens say. */
export type Entry = { user: string; tenant: string; role: Role; email: string; isActive: boolean };

export const EntryEntity = new Entity({
  model: { entity: 'directory-user', version: '1', service: 'scriptloom' },
  attributes: { user: text, tenant: text, role: text, email: text, isActive: { type: 'boolean', required: true } },
  indexes: {
    primary: {
      pk: { field: 'pk', composite: ['user'], template: 'USER#${user}', casing: 'none' },
      sk: { field: 'sk', composite: [], template: 'ENTRY', casing: 'none' },
    },
  },
});

/** Rows of a new person of ctx.tenant. The directory refuses a user that belongs somewhere already. */
export function joining(ctx: Ctx, person: Pick<MemberRow, 'id' | 'email' | 'name' | 'role'>): Write[] {
  const now = ctx.now();
  const { tenant } = ctx;
  const { id: user, role, email } = person;
  return [
    putting(
      ctx.stores.directory,
      EntryEntity.create({ user, tenant, role, email, isActive: true }),
      () => new Failure('EMAIL_TAKEN'),
    ),
    putting(
      ctx.stores.core,
      MemberEntity.create({ ...person, tenant, isActive: true, version: 1, createdAt: now, updatedAt: now }),
    ),
  ];
}

/** The entry of a Cognito user, or undefined when its registration was never finished. */
export async function entryOf(ctx: Pick<OpenCtx, 'stores'>, user: string): Promise<Entry | undefined> {
  const { data } = await EntryEntity.get({ user }).go({ ...ctx.stores.directory, consistent: true });
  return (data ?? undefined) as Entry | undefined;
}

/** The member row. Throws NOT_FOUND. */
export async function load(ctx: Ctx, id: string): Promise<MemberRow> {
  const { data } = await MemberEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  if (!data) throw notFound();
  return data as MemberRow;
}

/** Notes when somebody signed in. */
export const seen = (ctx: Ctx, id: string): Write =>
  patching(ctx.stores.core, MemberEntity.patch({ tenant: ctx.tenant, id }).set({ lastLogin: ctx.now() }));
