// Parameters that describe tables, indexes and streams.
import type { Field } from '../parameters.ts';
import { firstLabel } from '../store/names.ts';
import type { KeySchema, Projection, StreamSettings, TableSettings, ViewType } from '../store/table.ts';

export const keySchema: Field = {
  kind: 'list',
  required: true,
  min: 1,
  max: 2,
  of: {
    kind: 'members',
    of: {
      AttributeName: { kind: 'text', required: true, min: 1, max: 255 },
      KeyType: { kind: 'text', required: true, values: ['HASH', 'RANGE'] },
    },
  },
};

const projection: Field = {
  kind: 'members',
  required: true,
  of: {
    ProjectionType: { kind: 'text', values: ['ALL', 'INCLUDE', 'KEYS_ONLY'] },
    NonKeyAttributes: { kind: 'list', min: 1, max: 20, of: { kind: 'text', min: 1, max: 255 } },
  },
};

export const throughput: Field = {
  kind: 'members',
  of: {
    ReadCapacityUnits: { kind: 'whole', required: true, min: 1 },
    WriteCapacityUnits: { kind: 'whole', required: true, min: 1 },
  },
};

export const index: Field = {
  kind: 'members',
  of: {
    IndexName: { kind: 'text', required: true, pattern: '[a-zA-Z0-9_.-]+', min: 3, max: 255 },
    KeySchema: keySchema,
    Projection: projection,
    ProvisionedThroughput: throughput,
  },
};

export const attributeDefinitions: Field = {
  kind: 'list',
  of: {
    kind: 'members',
    of: {
      AttributeName: { kind: 'text', required: true, min: 1, max: 255 },
      AttributeType: { kind: 'text', required: true, values: ['B', 'N', 'S'] },
    },
  },
};

export const streamSpecification: Field = {
  kind: 'members',
  of: {
    StreamEnabled: { kind: 'flag', required: true },
    StreamViewType: { kind: 'text', values: ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'] },
  },
};

export const billing: Field = { kind: 'text', values: ['PROVISIONED', 'PAY_PER_REQUEST'] };

export type IndexInput = { readonly IndexName: string; readonly KeySchema: KeySchema; readonly Projection: Projection };
export type StreamInput = { readonly StreamEnabled: boolean; readonly StreamViewType?: ViewType };
export type Throughput = NonNullable<TableSettings['throughput']>;

/** A stream that begins; the first one of a table has the label the template's plan knows it by. */
export const newStream = (view: ViewType, number: number, isFirst: boolean, now: number): StreamSettings => ({
  number,
  view,
  trimmed: 0,
  label: isFirst ? firstLabel : new Date(now).toISOString().slice(0, -1),
});
