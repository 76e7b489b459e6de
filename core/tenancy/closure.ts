// The end of a tenant as the directory keeps it, beside the tenant's entry: it is there while the tenant's own rows go, and it is what stays.
import { createHash } from 'node:crypto';
import { Entity } from 'electrodb';
import { patching, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { number, text } from '../platform/keys.ts';
import { minuteOf } from '../platform/words.ts';
import type { TenantStatus } from '../tenant/index.ts';
import type { Trouble } from './trouble.ts';
import type { UsedMonth } from './used.ts';

/** What is counted while it is removed. */
export const counted = ['members', 'invitations', 'keys', 'modelKeys', 'sockets', 'files', 'bytes', 'rows'] as const;
export type Counts = Readonly<Record<(typeof counted)[number], number>>;

export type Closure = Counts & {
  readonly tenant: string;
  /** Of this closing; another one, also of the same tenant, has another. It names the execution that carries it out. */
  readonly id: string;
  /** `grace`: it can be taken back; `removing`: no more; `closed`: nothing is left. */
  readonly phase: 'grace' | 'removing' | 'closed';
  readonly by: 'owner' | 'platform';
  readonly reason: string;
  /** What the tenant was before. */
  readonly from: TenantStatus;
  /** Epoch ms at which it was asked for, at which its grace ends, and at which it was over. */
  readonly at: number;
  readonly until: number;
  readonly closedAt?: number | undefined;
  /** The step of the machine that was begun last. */
  readonly step?: string | undefined;
  /** When it was begun, epoch ms. */
  readonly movedAt?: number | undefined;
  /** Why the machine gave up; it is begun again by closing again. */
  readonly failed?: Trouble | undefined;
  /** What the tenant used of models, by month: bills are looked up when the rows they were added up from are gone. */
  readonly usage?: readonly UsedMonth[] | undefined;
  /** SHA-256 of id and name: who says the name can be believed, and nobody reads it here. */
  readonly nameHash: string;
};

export const ClosureEntity = new Entity({
  model: { entity: 'directory-closure', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    phase: text,
    by: text,
    reason: text,
    from: text,
    at: number,
    until: number,
    closedAt: { type: 'number' },
    step: { type: 'string' },
    movedAt: { type: 'number' },
    failed: { type: 'any' },
    usage: { type: 'any' },
    nameHash: text,
    members: number,
    invitations: number,
    keys: number,
    modelKeys: number,
    sockets: number,
    files: number,
    bytes: number,
    rows: number,
  },
  indexes: {
    primary: {
      pk: { field: 'pk', composite: ['tenant'], template: 'TENANT#${tenant}', casing: 'none' },
      sk: { field: 'sk', composite: [], template: 'CLOSURE', casing: 'none' },
    },
  },
});

export const nothingYet: Counts = {
  members: 0,
  invitations: 0,
  keys: 0,
  modelKeys: 0,
  sockets: 0,
  files: 0,
  bytes: 0,
  rows: 0,
};

/** The name as people type it: width, case and spaces around it do not count. */
export const nameHashOf = (tenant: string, name: string): string =>
  createHash('sha256')
    .update(`${tenant}\n${name.normalize('NFKC').trim().toLowerCase()}`)
    .digest('base64url');

/** The closing of a tenant, or what is left of one that is closed; undefined for one that stays. */
export async function findClosure({ stores }: Pick<Ctx, 'stores'>, tenant: string): Promise<Closure | undefined> {
  const { data } = await ClosureEntity.get({ tenant }).go({ ...stores.directory, consistent: true });
  return (data as Closure | null) ?? undefined;
}

/** Begins a closing; the commit throws CLOSING_ALREADY where there is one. */
export const closureOpening = (ctx: Ctx, closure: Closure): Write =>
  putting(ctx.stores.directory, ClosureEntity.create({ ...closure, usage: undefined, failed: undefined }), (current) =>
    closingAlready(Number(current?.until ?? closure.until)),
  );

export const closingAlready = (until: number): Failure => new Failure('CLOSING_ALREADY', { until: minuteOf(until) });

/** Takes a closing back; the commit throws REOPEN_TOO_LATE when its removal has begun. */
export const closureEnding = (ctx: Ctx, id: string): Write =>
  removing(
    ctx.stores.directory,
    ClosureEntity.delete({ tenant: ctx.tenant }).where(
      (row, { eq }) => `${eq(row.id, id)} AND ${eq(row.phase, 'grace')}`,
    ),
    () => new Failure('REOPEN_TOO_LATE'),
  );

/** Ms after which a closing whose grace is over and that says nothing has no execution any more: its longest wait and a step with its retries are shorter. */
const longestSilence = 3_600_000;

/** Whether nobody carries a closing out: it failed, or its execution was lost, ended from outside or never begun. Pure. */
export const isAbandoned = ({ failed, until, movedAt = 0 }: Closure, now: number): boolean =>
  failed !== undefined || now - Math.max(until, movedAt) >= longestSilence;

/** A closing that is abandoned, begun again under another id; an execution that lives after all finds that it was overtaken. */
export const closureAgain = (ctx: Ctx, { id }: Pick<Closure, 'id'>, next: string): Write =>
  patching(
    ctx.stores.directory,
    ClosureEntity.patch({ tenant: ctx.tenant })
      .set({ id: next })
      .remove(['failed'])
      .where((row, { eq, ne }) => `${eq(row.id, id)} AND ${ne(row.phase, 'closed')}`),
    (current) => closingAlready(Number(current?.until ?? ctx.now())),
  );

/** The next state of the closing that is carried out; the commit throws `outrun` when it is another one by now, was taken back, or is over. */
export const closureMoving = (ctx: Ctx, id: string, next: Partial<Closure>, outrun: Failure): Write =>
  patching(
    ctx.stores.directory,
    ClosureEntity.patch({ tenant: ctx.tenant })
      .set({ ...next, movedAt: ctx.now(), ...(next.usage && { usage: [...next.usage] }) } as object)
      .where((row, { eq, ne }) => `${eq(row.id, id)} AND ${ne(row.phase, 'closed')}`),
    () => outrun,
  );

/** Counts what the same commit removes. */
export const closureCounting = (ctx: Ctx, id: string, more: Partial<Counts>): Write =>
  patching(
    ctx.stores.directory,
    ClosureEntity.patch({ tenant: ctx.tenant })
      .add(more)
      .where((row, { eq }) => eq(row.id, id)),
  );

/** Its end was told in the tenant's own audit, at `at`; once: the commit throws `outrun` then. */
export const closureTold = (ctx: Ctx, id: string, at: number, outrun: Failure): Write =>
  patching(
    ctx.stores.directory,
    ClosureEntity.patch({ tenant: ctx.tenant })
      .set({ closedAt: at })
      .where((row, { eq, notExists }) => `${eq(row.id, id)} AND ${notExists(row.closedAt)}`),
    () => outrun,
  );

/** Nothing is left of the tenant; once: the commit throws `outrun` then. */
export const closureBuried = ({ stores }: Ctx, tenant: string, id: string, outrun: Failure): Write =>
  patching(
    stores.directory,
    ClosureEntity.patch({ tenant })
      .set({ phase: 'closed' })
      .remove(['failed'])
      .where((row, { eq }) => `${eq(row.id, id)} AND ${eq(row.phase, 'removing')}`),
    () => outrun,
  );
