// A usage row: one exchange with a model, or one answer that was there already; what it took and what it cost.
import { Entity } from 'electrodb';
import { byTenant, number, text } from '../../platform/keys.ts';
import type { FailureKind, ProviderId } from '../schema.ts';

export type UsageRow = {
  readonly tenant: string;
  readonly id: string;
  readonly project: string;
  readonly task: string;
  readonly episode?: number | undefined;
  /** `name@version` */
  readonly prompt: string;
  readonly provider: ProviderId;
  readonly model: string;
  /** Whose key ran. */
  readonly mode: 'platform' | 'byok';
  /** `platform`, or the id of the tenant's key. */
  readonly account: string;
  /** Tokens; `cached` are part of `input`. */
  readonly input: number;
  readonly output: number;
  readonly cached: number;
  /** The provider gave no count. */
  readonly estimated?: true | undefined;
  /** Millionths of `currency` by the price list of `priceDate`; absent where the price is not known. */
  readonly micros?: number | undefined;
  readonly currency?: string | undefined;
  readonly priceDate?: string | undefined;
  /** Millionths of CNY the task's budget paid; the sum over a task is its `spent`. */
  readonly spent: number;
  readonly ms: number;
  readonly cacheHit: boolean;
  /** Which exchange of the call, from 1; 0 when nothing was asked. */
  readonly attempt: number;
  readonly outcome: 'answered' | FailureKind;
  readonly providerCode?: string | undefined;
  readonly requestId?: string | undefined;
  readonly at: number;
  /** UTC day of `at`. */
  readonly day: string;
  /** It is in the daily totals. */
  readonly totalled?: true | undefined;
};

export const UsageEntity = new Entity({
  model: { entity: 'usage', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    project: text,
    task: text,
    episode: { type: 'number' },
    prompt: text,
    provider: text,
    model: text,
    mode: text,
    account: text,
    input: number,
    output: number,
    cached: number,
    estimated: { type: 'boolean' },
    micros: { type: 'number' },
    currency: { type: 'string' },
    priceDate: { type: 'string' },
    spent: number,
    ms: number,
    cacheHit: { type: 'boolean', required: true },
    attempt: number,
    outcome: text,
    providerCode: { type: 'string' },
    requestId: { type: 'string' },
    at: number,
    day: text,
    totalled: { type: 'boolean' },
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'USAGE#${id}', casing: 'none' } },
    ofTask: {
      index: 'gsi1',
      pk: {
        field: 'gsi1pk',
        composite: ['tenant', 'task'],
        template: 'T#${tenant}#TASK#${task}#USAGE',
        casing: 'none',
      },
      sk: { field: 'gsi1sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
    ofProject: {
      index: 'gsi2',
      pk: {
        field: 'gsi2pk',
        composite: ['tenant', 'project'],
        template: 'T#${tenant}#P#${project}#USAGE',
        casing: 'none',
      },
      sk: { field: 'gsi2sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
  },
});
