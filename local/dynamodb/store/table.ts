// What the engine knows of a table, as it is kept in the catalog and as it serves.
import type { ValueType } from '../value/value.ts';

export type KeyAttribute = { readonly name: string; readonly type: ValueType };
export type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: string }[];
export type Projection = { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };

export type IndexSettings = {
  /** Number in the names of the SQLite tables; never used twice. */
  readonly number: number;
  readonly name: string;
  readonly keySchema: KeySchema;
  readonly projection: Projection;
};

export type ViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export type StreamSettings = {
  readonly number: number;
  readonly label: string;
  readonly view: ViewType;
  /** Epoch ms of its end; a stream that was turned off can be read for a day more. */
  readonly closed?: number;
  /** Sequence number of the last record that was trimmed; 0 at first. */
  readonly trimmed: number;
};

/** As kept in the catalog. */
export type TableSettings = {
  readonly created: number;
  readonly uuid: string;
  readonly attributes: readonly { readonly AttributeName: string; readonly AttributeType: ValueType }[];
  readonly keySchema: KeySchema;
  readonly indexes: readonly IndexSettings[];
  /** The last one is the present one, unless it is closed. */
  readonly streams: readonly StreamSettings[];
  /** How many indexes and streams the table has had. */
  readonly numbered: number;
  readonly billing: 'PAY_PER_REQUEST' | 'PROVISIONED';
  readonly throughput?: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number };
  readonly protected: boolean;
  /** Attribute of the end of life. */
  readonly ttl?: string;
  readonly recoverable: boolean;
  readonly tags: Readonly<Record<string, string>>;
};

/** Keys of a table or an index, in the order of the schema. */
export type Keys = { readonly hash: KeyAttribute; readonly range?: KeyAttribute };

export type Index = IndexSettings & { readonly keys: Keys };

export type Table = {
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  readonly settings: TableSettings;
  readonly keys: Keys;
  readonly indexes: readonly Index[];
  /** The stream that takes records; undefined when none does. */
  readonly stream?: StreamSettings;
};

const keysOf = (schema: KeySchema, attributes: TableSettings['attributes']): Keys => {
  const [hash, range] = schema.map(({ AttributeName: name }) => ({
    name,
    type: attributes.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? 'S',
  }));
  if (!hash) throw new Error('A table without a key is in the catalog.');
  return range ? { hash, range } : { hash };
};

/** The table that its settings describe. */
export const tableOf = (id: number, name: string, arn: string, settings: TableSettings): Table => {
  const stream = settings.streams.at(-1);
  return {
    id,
    name,
    arn,
    settings,
    keys: keysOf(settings.keySchema, settings.attributes),
    indexes: settings.indexes.map((index) => ({ ...index, keys: keysOf(index.keySchema, settings.attributes) })),
    ...(stream && stream.closed === undefined && { stream }),
  };
};
