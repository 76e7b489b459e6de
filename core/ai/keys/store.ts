// How a tenant's keys are kept: sealed, with what is needed to choose among them.
import { Entity } from 'electrodb';
import { putting, removing, type Write } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure, notFound } from '../../platform/failure.ts';
import { byTenant, json, number, text } from '../../platform/keys.ts';
import { everything } from '../../platform/page.ts';
import { uniqueNames } from '../../platform/unique.ts';
import type { CalledProviderId } from '../models.ts';
import { KeyInfo, type KeyModel, type Sealed } from './schema.ts';

export type KeyRow = {
  readonly tenant: string;
  readonly id: string;
  readonly provider: CalledProviderId;
  readonly label: string;
  /** Absent: the provider's own. */
  readonly baseUrl?: string | undefined;
  /** Empty: any model of the provider. */
  readonly models: readonly KeyModel[];
  /** Lower is asked first. */
  readonly priority: number;
  readonly on: boolean;
  readonly lastFour: string;
  readonly sealed: Sealed;
  /** Grows with each new secret: what is remembered of an old one is not used again. */
  readonly secret: number;
  readonly testedAt?: number | undefined;
  /** Code of the last test's failure; absent when it went well. */
  readonly testCode?: string | undefined;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export const KeyEntity = new Entity({
  model: { entity: 'ai-key', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    provider: text,
    label: text,
    baseUrl: { type: 'string' },
    models: json,
    priority: number,
    on: { type: 'boolean', required: true },
    lastFour: text,
    sealed: json,
    secret: number,
    testedAt: { type: 'number' },
    testCode: { type: 'string' },
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'AIKEY#${id}', casing: 'none' } },
  },
});

export const labels = uniqueNames('AIKEY', (label) => new Failure('KEY_LABEL_TAKEN', { label }));

/** Keys of a tenant, those asked first in front. */
export async function loadKeys(ctx: Ctx): Promise<KeyRow[]> {
  const rows = await everything<KeyRow>(ctx, KeyEntity.query.primary({ tenant: ctx.tenant }), KeyEntity);
  return rows.toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));
}

/** Throws NOT_FOUND. */
export async function loadKey(ctx: Ctx, id: string): Promise<KeyRow> {
  const { data } = await KeyEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  if (!data) throw notFound();
  return data as KeyRow;
}

/** Takes a key away. The commit throws BUSY when somebody else just did. */
export const forgettingKey = (ctx: Ctx, { id }: Pick<KeyRow, 'id'>): Write =>
  removing(ctx.stores.core, KeyEntity.remove({ tenant: ctx.tenant, id }), () => new Failure('BUSY'));

/** The next state of a key, on condition that nobody changed it meanwhile. */
export const savingKey = (ctx: Ctx, before: KeyRow, next: KeyRow): Write =>
  putting(
    ctx.stores.core,
    KeyEntity.put(next).where(({ version }, { eq }) => eq(version, before.version)),
  );

/** A key as people see it: of the secret only its end. */
export const shown = (row: KeyRow): KeyInfo =>
  KeyInfo.parse({
    ...row,
    baseUrl: row.baseUrl ?? null,
    testedAt: row.testedAt ?? null,
    testCode: row.testCode ?? null,
  });
