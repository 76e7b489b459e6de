// CreateTable.
import { randomUUID } from 'node:crypto';
// @ts-expect-error dynalite carries no types
import rules from 'dynalite/validations/createTable.js';
import { describeTable } from '../description.ts';
import { DynamoFailure, invalid } from '../failure.ts';
import type { TableSettings } from '../store/table.ts';
import { onTable } from './access.ts';
import { call, flag, tableName } from './call.ts';
import {
  attributeDefinitions,
  billing,
  type IndexInput,
  index,
  keySchema,
  newStream,
  type StreamInput,
  streamSpecification,
  type Throughput,
  throughput,
} from './schema.ts';
import { type TagInput, tagList, tagsFrom } from './tags.ts';

type Input = {
  readonly TableName: string;
  readonly AttributeDefinitions: TableSettings['attributes'];
  readonly KeySchema: TableSettings['keySchema'];
  readonly GlobalSecondaryIndexes?: readonly IndexInput[];
  readonly LocalSecondaryIndexes?: unknown;
  readonly StreamSpecification?: StreamInput;
  readonly BillingMode?: TableSettings['billing'];
  readonly ProvisionedThroughput?: Throughput;
  readonly DeletionProtectionEnabled?: boolean;
  readonly Tags?: readonly TagInput[];
};

/** dynalite's rules of keys, indexes, their attributes and throughput, in the service's words. */
const faultOf = rules.custom as (input: object) => string | undefined;

const checkDefinitions = ({ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes = [] }: Input): void => {
  const used = [KeySchema, ...GlobalSecondaryIndexes.map((one) => one.KeySchema)].flat();
  const unused = AttributeDefinitions.filter(
    ({ AttributeName }) => !used.some((key) => key.AttributeName === AttributeName),
  );
  if (unused.length > 0)
    throw invalid(
      'One or more parameter values were invalid: Some AttributeDefinitions are not used. ' +
        `AttributeDefinitions: [${AttributeDefinitions.map(({ AttributeName }) => AttributeName).join(', ')}], ` +
        `keys used: [${[...new Set(used.map(({ AttributeName }) => AttributeName))].join(', ')}]`,
    );
};

/** Throws ValidationException for a stream without a view, or a view without a stream. */
export const checkStream = (stream: StreamInput | undefined): void => {
  if (stream?.StreamEnabled && !stream.StreamViewType)
    throw invalid(
      'One or more parameter values were invalid: StreamSpecification.StreamViewType must be given when StreamEnabled is true',
    );
  if (stream && !stream.StreamEnabled && stream.StreamViewType)
    throw invalid(
      'One or more parameter values were invalid: StreamSpecification.StreamViewType cannot be given when StreamEnabled is false',
    );
};

const settingsOf = (input: Input, now: number): TableSettings => {
  const indexes = (input.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }, at) => ({
    number: at + 1,
    name: IndexName,
    keySchema: KeySchema,
    projection: Projection,
  }));
  const { StreamEnabled, StreamViewType } = input.StreamSpecification ?? {};
  const streams = StreamEnabled && StreamViewType ? [newStream(StreamViewType, indexes.length + 1, true, now)] : [];
  return {
    created: now,
    uuid: randomUUID(),
    attributes: input.AttributeDefinitions,
    keySchema: input.KeySchema,
    indexes,
    streams,
    numbered: indexes.length + streams.length,
    billing: input.BillingMode ?? 'PROVISIONED',
    ...(input.ProvisionedThroughput && { throughput: input.ProvisionedThroughput }),
    protected: input.DeletionProtectionEnabled ?? false,
    recoverable: false,
    tags: tagsFrom(input.Tags ?? []),
  };
};

export const createTable = call<Input>({
  parameters: {
    TableName: tableName,
    AttributeDefinitions: { ...attributeDefinitions, required: true },
    KeySchema: keySchema,
    GlobalSecondaryIndexes: { kind: 'list', of: index },
    LocalSecondaryIndexes: { kind: 'list', of: { kind: 'item' } },
    StreamSpecification: streamSpecification,
    BillingMode: billing,
    ProvisionedThroughput: throughput,
    DeletionProtectionEnabled: flag,
    Tags: tagList,
  },
  access: ({ TableName }) => [onTable('CreateTable', TableName)],
  run: (input, { store, now }) => {
    if (input.LocalSecondaryIndexes !== undefined)
      throw invalid('Local secondary indexes are not available in the local cloud; use a global one.');
    const fault = faultOf(input);
    if (fault) throw invalid(fault);
    checkDefinitions(input);
    checkStream(input.StreamSpecification);
    if (store.catalog.find(input.TableName))
      throw new DynamoFailure('ResourceInUseException', `Table already exists: ${input.TableName}`);
    return { TableDescription: describeTable(store.catalog.create(input.TableName, settingsOf(input, now())), store) };
  },
});
