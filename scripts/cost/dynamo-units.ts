// Request units of DynamoDB calls, from what was asked and answered (DynamoDB Developer Guide, "On-demand capacity mode").

/** An attribute value on the wire: one key, which is its type. */
type Value = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, Value>>;
type Write = { Item?: Item; Key?: Item; TableName: string; ExpressionAttributeValues?: Item };

export type Asked = Write & {
  ConsistentRead?: boolean;
  TransactItems?: Record<string, Write>[];
  RequestItems?: Record<string, unknown>;
};
type Answered = { Item?: Item; Items?: Item[]; Responses?: Record<string, Item[]> | { Item?: Item }[] };

export type Units = { read: number; write: number; bytes: number; pushes: number };

const none: Units = { read: 0, write: 0, bytes: 0, pushes: 0 };

/** Bytes of a value: text in UTF-8, numbers about a byte for two digits, three for a list or map and one for each part. */
function sizeOfValue(value: Value): number {
  const [type = 'NULL', held] = Object.entries(value)[0] ?? [];
  if (type === 'S' || type === 'B') return Buffer.byteLength(String(held));
  if (type === 'N') return Math.ceil(String(held).length / 2) + 1;
  if (type === 'M')
    return (
      3 +
      Object.entries(held as Item).reduce((sum, [name, one]) => sum + 1 + Buffer.byteLength(name) + sizeOfValue(one), 0)
    );
  if (type === 'L') return 3 + (held as Value[]).reduce((sum, one) => sum + 1 + sizeOfValue(one), 0);
  if (type === 'SS' || type === 'NS') return (held as string[]).reduce((sum, one) => sum + Buffer.byteLength(one), 3);
  return 1;
}

const sizeOf = (item: Item = {}): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);

const textOf = (value: Value | undefined): string => (typeof value?.S === 'string' ? value.S : '');

const kilobytes = (bytes: number) => Math.max(1, Math.ceil(bytes / 1024));
/** A read unit is 4 KB read consistently, 8 KB otherwise. */
const readOf = (bytes: number, consistent: boolean) =>
  (Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 2 : 1)) / 2;

const add = (one: Units, other: Units): Units => ({
  read: one.read + other.read,
  write: one.write + other.write,
  bytes: one.bytes + other.bytes,
  pushes: one.pushes + other.pushes,
});

/** What kind of row it is: the first word of its sort key. */
const kindOf = (key: Item = {}): string => textOf(key.sk).split('#')[0] ?? '';

/**
 * A function from operation, request and answer to units. It remembers how large rows of a kind are and in how many indexes they
 * stand, for an update names only what changes; an update of a kind never written before counts as one kilobyte.
 */
export function measureDynamo(): (operation: string, asked: Asked, answered: Answered) => Units {
  const known = new Map<string, { size: number; indexes: number }>();

  const written = (write: Write, factor: number): Units => {
    const { Item: item, Key: key } = write;
    const kind = kindOf(item ?? key);
    if (item) {
      const indexes = ['gsi1pk', 'gsi2pk'].filter((name) => name in item).length;
      known.set(kind, { size: sizeOf(item), indexes });
    }
    const { size, indexes } = known.get(kind) ?? { size: 1024, indexes: 0 };
    const pushed = item && /^task\.(progressed|ended)$/.test(textOf(item.type)) && kind === 'EVENT';
    return {
      read: 0,
      // a transaction counts twice on the table; indexes follow at the single price
      write: kilobytes(size) * (factor + indexes),
      bytes: item ? (size + 100) * (1 + indexes) : 0,
      pushes: pushed ? 1 : 0,
    };
  };

  const transacted = (parts: Record<string, Write>[]): Units =>
    parts
      .flatMap((part) => Object.values(part))
      .map((write) => written(write, 2))
      .reduce(add, none);

  return (operation, asked, answered) => {
    const consistent = asked.ConsistentRead === true;
    if (operation === 'PutItem' || operation === 'UpdateItem' || operation === 'DeleteItem') return written(asked, 1);
    if (operation === 'TransactWriteItems') return transacted(asked.TransactItems ?? []);
    if (operation === 'GetItem') return { ...none, read: readOf(sizeOf(answered.Item), consistent) };
    if (operation === 'Query') {
      const bytes = (answered.Items ?? []).reduce((sum, item) => sum + sizeOf(item), 0);
      return { ...none, read: readOf(bytes, consistent) };
    }
    if (operation === 'BatchGetItem') {
      const items = Object.values((answered.Responses ?? {}) as Record<string, Item[]>).flat();
      return { ...none, read: items.reduce((sum, item) => sum + readOf(sizeOf(item), consistent), 0) };
    }
    throw new Error(`${operation} is not counted yet; add it to scripts/cost/dynamo-units.ts.`);
  };
}
