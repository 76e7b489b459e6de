// Plain values and the attribute values that travel (DynamoDB API Reference, "AttributeValue"): what the SDK's util-dynamodb makes of
// them with `removeUndefinedValues`, in one walk. What could not come back as it went in is refused, not bent.

/** An attribute value as it is in JSON: one member, named after its type. */
export type Attribute = Readonly<Record<string, unknown>>;

const notKept = (what: string): TypeError => new TypeError(`a table keeps no ${what}`);

/** A number that JavaScript holds exactly, as text. */
function numeral(value: number): string {
  if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
  throw notKept(String(value));
}

/** Sets of texts are the ones that are used. */
function setOf(values: readonly unknown[]): Attribute {
  if (values.length > 0 && values.every((value) => typeof value === 'string')) return { SS: values };
  throw notKept('such set');
}

const isLeftOut = (value: unknown): boolean => value === undefined || typeof value === 'function';

function objectToAttribute(value: object): Attribute {
  if (Array.isArray(value)) return { L: value.filter((one) => !isLeftOut(one)).map(toAttribute) };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (value instanceof Set) return setOf([...value]);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notKept('such object');
  return { M: toItem(value as Record<string, unknown>) };
}

/** Throws TypeError for what a table does not keep: other objects, sets but of texts, numbers beyond 2^53. */
export function toAttribute(value: unknown): Attribute {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: numeral(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      return value === null ? { NULL: true } : objectToAttribute(value);
    default:
      throw notKept(typeof value);
  }
}

/** Sets a member also where its name is that of an object's prototype, which setting it plainly would replace. */
function put(object: object, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true });
  else (object as Record<string, unknown>)[name] = value;
}

/** An item, or values of an expression; members that are undefined are left out. Throws TypeError as `toAttribute` does. */
export function toItem(plain: Readonly<Record<string, unknown>>): Record<string, Attribute> {
  const item: Record<string, Attribute> = {};
  for (const name of Object.keys(plain)) {
    const value = plain[name];
    if (!isLeftOut(value)) put(item, name, toAttribute(value));
  }
  return item;
}

function numberOf(text: string): number {
  const value = Number(text);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw notKept(text);
  return value;
}

function fromAttribute(attribute: Attribute): unknown {
  for (const type in attribute) {
    const value = attribute[type];
    switch (type) {
      case 'S':
      case 'BOOL':
        return value;
      case 'N':
        return numberOf(value as string);
      case 'M':
        return fromItem(value as Record<string, Attribute>);
      case 'L':
        return (value as Attribute[]).map(fromAttribute);
      case 'NULL':
        return null;
      case 'SS':
        return new Set(value as string[]);
      case 'B':
        return new Uint8Array(Buffer.from(value as string, 'base64'));
    }
  }
  throw notKept(Object.keys(attribute).join());
}

/** The plain values of an item. Throws TypeError for a number beyond 2^53 and for sets but of texts. */
export function fromItem(item: Readonly<Record<string, Attribute>>): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const name of Object.keys(item)) put(plain, name, fromAttribute(item[name] as Attribute));
  return plain;
}
