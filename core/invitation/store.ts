// How invitations are kept: the row in the tenant, and the hash of its code in the directory, which leads to it. The code is kept nowhere.
import { createHash, randomBytes } from 'node:crypto';
import { Entity } from 'electrodb';
import { patching, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx, OpenCtx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { byTenant, json, leadingBy, number, text } from '../platform/keys.ts';
import type { Role } from '../platform/permission.ts';
import type { Invitation } from './schema.ts';

export type InvitationRow = {
  tenant: string;
  id: string;
  email: string;
  role: Role;
  projects: Invitation['projects'];
  status: 'open' | 'accepted' | 'revoked';
  /** SHA-256 of the code in use. */
  hash: string;
  invitedBy: string;
  expiresAt: number;
  acceptedBy?: string | undefined;
  version: number;
  createdAt: number;
  updatedAt: number;
};

export const InvitationEntity = new Entity({
  model: { entity: 'invitation', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    email: text,
    role: text,
    projects: json,
    status: text,
    hash: text,
    invitedBy: text,
    expiresAt: number,
    acceptedBy: { type: 'string' },
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'INVITATION#${id}', casing: 'none' } },
  },
});

/** One open invitation for an address in a tenant. */
const AddressEntity = new Entity({
  model: { entity: 'invited-address', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, key: text, invitation: text },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['key'], template: 'UNIQUE#INVITATION#${key}', casing: 'none' },
    },
  },
});

const CodeEntity = new Entity({
  model: { entity: 'directory-invitation', version: '1', service: 'scriptloom' },
  attributes: { hash: text, tenant: text, invitation: text },
  indexes: {
    primary: leadingBy('hash', 'INVITATION'),
  },
});

/** 256 bits: nobody guesses one. */
export const newCode = (): string => randomBytes(32).toString('base64url');
export const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');

/** Where a code leads; undefined for one that is unknown or no longer in use. */
export async function findCode({ stores }: Pick<OpenCtx, 'stores'>, code: string) {
  const { data } = await CodeEntity.get({ hash: hashOf(code) }).go({ ...stores.directory, consistent: true });
  return data ?? undefined;
}

/** The invitation, whatever its status. Throws NOT_FOUND. */
export async function load(ctx: Ctx, id: string): Promise<InvitationRow> {
  const { data } = await InvitationEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  if (!data) throw notFound();
  return data as InvitationRow;
}

/** Whether it can still be accepted. */
export const isOpen = ({ status, expiresAt }: Pick<InvitationRow, 'status' | 'expiresAt'>, now: number): boolean =>
  status === 'open' && expiresAt > now;

/** Throws INVITATION_INVALID for one that was accepted, revoked or is too old. */
export function mustBeOpen(ctx: Pick<OpenCtx, 'now'>, row: InvitationRow): void {
  if (!isOpen(row, ctx.now())) throw new Failure('INVITATION_INVALID');
}

const addressKey = (email: string): string => hashOf(email);

/** What makes the code lead to the invitation, and keeps the address to one of them. */
export const opening = (ctx: Ctx, { hash, id: invitation, email }: InvitationRow): Write[] => [
  putting(ctx.stores.directory, CodeEntity.create({ hash, tenant: ctx.tenant, invitation })),
  putting(
    ctx.stores.core,
    AddressEntity.create({ tenant: ctx.tenant, key: addressKey(email), invitation }),
    () => new Failure('ALREADY_INVITED', { email }),
  ),
];

/** What ends that again. */
export const closing = (ctx: Ctx, { hash, email }: InvitationRow): Write[] => [
  removing(ctx.stores.directory, CodeEntity.delete({ hash })),
  removing(ctx.stores.core, AddressEntity.delete({ tenant: ctx.tenant, key: addressKey(email) })),
];

/** Another code instead of the one before. */
export const recoding = (ctx: Ctx, { hash, id: invitation }: InvitationRow, next: string): Write[] => [
  removing(ctx.stores.directory, CodeEntity.delete({ hash })),
  putting(ctx.stores.directory, CodeEntity.create({ hash: next, tenant: ctx.tenant, invitation })),
];

/** The invitation that holds an address, open or past its time; undefined when there is none. */
export async function holderOf(ctx: Ctx, email: string): Promise<InvitationRow | undefined> {
  const { data } = await AddressEntity.get({ tenant: ctx.tenant, key: addressKey(email) }).go({
    ...ctx.stores.core,
    consistent: true,
  });
  return data ? load(ctx, data.invitation) : undefined;
}

/** At most so many invitations of the tenant, whatever became of them. */
export async function some(ctx: Ctx, limit: number): Promise<InvitationRow[]> {
  const query = InvitationEntity.query.primary({ tenant: ctx.tenant }).begins({ id: '' });
  const { data } = await query.go({ ...ctx.stores.core, consistent: true, limit });
  return data as InvitationRow[];
}

/** Takes an invitation away, and what its code leads by. The commit throws BUSY when somebody else just did. */
export const forgetting = (ctx: Ctx, row: InvitationRow): Write[] => [
  removing(ctx.stores.core, InvitationEntity.remove({ tenant: ctx.tenant, id: row.id }), () => new Failure('BUSY')),
  ...(row.status === 'open' ? closing(ctx, row) : []),
];

/** The next state, on condition that nobody changed it meanwhile: so it is accepted once. */
export const saving = (ctx: Ctx, before: InvitationRow, next: Partial<InvitationRow>): Write =>
  patching(
    ctx.stores.core,
    InvitationEntity.patch({ tenant: ctx.tenant, id: before.id })
      .set({ ...next, version: before.version + 1, updatedAt: ctx.now() })
      .where(({ version }, { eq }) => eq(version, before.version)),
  );

/** An invitation as the API shows it. */
export const shown = ({ tenant: _t, hash: _h, acceptedBy: _a, ...row }: InvitationRow, now: number): Invitation => ({
  ...row,
  status: row.status === 'open' && !isOpen(row, now) ? 'expired' : row.status,
});
