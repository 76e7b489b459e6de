// How people of a tenant are kept; what lets them in lies in the directory.
import { Entity } from 'electrodb';
import { patching, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { byTenant, number, text } from '../platform/keys.ts';
import { everything } from '../platform/page.ts';
import type { Role } from '../platform/permission.ts';
import { belonging, type Membership, unbelonging } from './directory.ts';
import { counting } from './owners.ts';
import type { Member } from './schema.ts';

export type MemberRow = {
  tenant: string;
  /** Subject of the Cognito user. */
  id: string;
  email: string;
  name: string;
  role: Role;
  isActive: boolean;
  /** Of one who is not active: whether he left himself. */
  left?: boolean | undefined;
  lastLogin?: number | undefined;
  version: number;
  createdAt: number;
  updatedAt: number;
};

export const MemberEntity = new Entity({
  model: { entity: 'member', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    email: text,
    name: text,
    role: text,
    isActive: { type: 'boolean', required: true },
    left: { type: 'boolean' },
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
    ...counting(ctx, null, person.role),
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

/** The row of a member. Throws NOT_FOUND, for one who was removed or left too. */
export async function load(ctx: Ctx, id: string): Promise<MemberRow> {
  const { data } = await MemberEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  if (!data?.isActive) throw notFound();
  return data as MemberRow;
}

/** The address in a member's row, also of one who was removed or left; undefined where there is no row. */
export async function addressOf({ stores, tenant }: Ctx, id: string): Promise<string | undefined> {
  const { data } = await MemberEntity.get({ tenant, id }).go({ ...stores.core, consistent: true });
  return data?.email;
}

/** Notes when somebody signed in, and by which address. */
export const seen = (ctx: Ctx, id: string, email: string | undefined): Write =>
  patching(
    ctx.stores.core,
    MemberEntity.patch({ tenant: ctx.tenant, id }).set({ lastLogin: ctx.now(), ...(email !== undefined && { email }) }),
  );

/** Notes it alone, of the acting person, where there is no commit to be part of. Throws where there is no such member. */
export async function noteSignedIn(ctx: Ctx): Promise<void> {
  const { tenant, actor, now } = ctx;
  await MemberEntity.patch({ tenant, id: actor.id }).set({ lastLogin: now() }).go(ctx.stores.core);
}

/** The member's address is another now. */
export const memberMoving = (ctx: Ctx, id: string, email: string): Write =>
  patching(
    ctx.stores.core,
    MemberEntity.patch({ tenant: ctx.tenant, id }).set({ email, updatedAt: ctx.now() }).add({ version: 1 }),
  );

/** What the acting person is called; of one who is no member (a key) what he is known by. */
export async function nameOf({ stores, tenant, actor }: Ctx): Promise<string> {
  const { data } = await MemberEntity.get({ tenant, id: actor.id }).go({ ...stores.core, consistent: true });
  return data?.name ?? actor.email ?? actor.id;
}

/** Members by id behind one, also those who left. */
export async function membersBehind(ctx: Ctx, behind: string, limit: number): Promise<MemberRow[]> {
  const query = MemberEntity.query.primary({ tenant: ctx.tenant }).gt({ id: behind });
  const { data } = await query.go({ ...ctx.stores.core, consistent: true, limit });
  return data as MemberRow[];
}

/** Takes a member's row away, and what he is in the tenant; who he is stays. The commit throws BUSY when somebody else just did. */
export const forgetting = (ctx: Ctx, { id }: Pick<MemberRow, 'id'>): Write[] => [
  removing(ctx.stores.core, MemberEntity.remove({ tenant: ctx.tenant, id }), () => new Failure('BUSY')),
  unbelonging(ctx, id),
];

/** The row of one who was removed or left. Throws NOT_FOUND. */
export async function loadGone(ctx: Ctx, id: string): Promise<MemberRow> {
  const { data } = await MemberEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  if (!data || data.isActive) throw notFound();
  return data as MemberRow;
}

/** The member with an address; undefined when there is none. */
export async function findByEmail(ctx: Ctx, address: string): Promise<MemberRow | undefined> {
  const query = MemberEntity.query
    .primary({ tenant: ctx.tenant })
    .where(({ email, isActive }, { eq }) => `${eq(email, address)} AND ${eq(isActive, true)}`);
  return (await everything<MemberRow>(ctx, query, MemberEntity))[0];
}

/** The next state of a member, on condition that nobody changed it meanwhile. @param now its time, where it is answered too */
export const saving = (
  ctx: Ctx,
  before: MemberRow,
  next: Pick<Partial<MemberRow>, 'role' | 'isActive' | 'left'>,
  now = ctx.now(),
): Write =>
  patching(
    ctx.stores.core,
    MemberEntity.patch({ tenant: ctx.tenant, id: before.id })
      .set({ ...next, version: before.version + 1, updatedAt: now })
      .where(({ version }, { eq }) => eq(version, before.version)),
  );

/** A member as the API shows it. */
export const shown = ({ tenant: _t, isActive, left, ...row }: MemberRow): Member => ({
  ...row,
  status: isActive ? 'active' : left ? 'left' : 'removed',
  lastLogin: row.lastLogin ?? null,
});
