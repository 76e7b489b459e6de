// How people of a tenant are kept; what lets them in lies in the directory.
import { Entity } from 'electrodb';
import { patching, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { byTenant, number, text } from '../platform/keys.ts';
import type { Role } from '../platform/permission.ts';
import { belonging, type Membership } from './directory.ts';

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

/** Rows of a new person of ctx.tenant; also of one who was in it before. The commit throws ALREADY_MEMBER for one who is. */
export function joining(
  ctx: Ctx,
  person: Pick<MemberRow, 'id' | 'email' | 'name' | 'role'>,
  shares: Shares = {},
): Write[] {
  const now = ctx.now();
  const row = { ...person, tenant: ctx.tenant, isActive: true, version: 1, createdAt: now, updatedAt: now };
  return [
    belonging(ctx, { user: person.id, role: person.role, projects: shares, isActive: true }),
    putting(
      ctx.stores.core,
      MemberEntity.put(row).where(
        ({ isActive }, { notExists, eq }) => `${notExists(isActive)} OR ${eq(isActive, false)}`,
      ),
      () => new Failure('ALREADY_MEMBER', { email: person.email }),
    ),
  ];
}

type Shares = Membership['projects'];

/** The member row. Throws NOT_FOUND. */
export async function load(ctx: Ctx, id: string): Promise<MemberRow> {
  const { data } = await MemberEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  if (!data) throw notFound();
  return data as MemberRow;
}

/** Notes when somebody signed in, and by which address. */
export const seen = (ctx: Ctx, id: string, email: string | undefined): Write =>
  patching(
    ctx.stores.core,
    MemberEntity.patch({ tenant: ctx.tenant, id }).set({ lastLogin: ctx.now(), ...(email !== undefined && { email }) }),
  );

/** The member's address is another now. */
export const memberMoving = (ctx: Ctx, id: string, email: string): Write =>
  patching(
    ctx.stores.core,
    MemberEntity.patch({ tenant: ctx.tenant, id }).set({ email, updatedAt: ctx.now() }).add({ version: 1 }),
  );
