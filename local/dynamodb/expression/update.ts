// Update expressions: SET, REMOVE, ADD and DELETE on a copy of the item. Every operand is read from the item as it was.
import { invalid } from '../failure.ts';
import { addNumbers, NotANumber } from '../value/number.ts';
import { attributeOf, type Item, setAttribute, typeOf, type Value } from '../value/value.ts';
import type { Operand, ParsedUpdate, Path, Section, Term } from './dynalite.ts';
import { type Names, type Read, readPlain, type Values } from './operand.ts';
import { atPath } from './path.ts';

/** Changes `next`, a copy of `before` that is the caller's own. Throws ValidationException. */
export type Apply = (before: Item, next: Record<string, Value>, values: Values) => void;

const wrongType = () => invalid('An operand in the update expression has an incorrect data type');
const noAttribute = () => invalid('The provided expression refers to an attribute that does not exist in the item');
const noPath = () => invalid('The document path provided in the update expression is invalid for update');

const add = (a: Value | undefined, b: Value | undefined, sign: 1 | -1): Value => {
  if (!a || !b) throw noAttribute();
  if (!('N' in a && 'N' in b)) throw wrongType();
  try {
    return { N: addNumbers(a.N, b.N, sign) };
  } catch (error) {
    throw error instanceof NotANumber ? invalid(error.message) : error;
  }
};

const append = (a: Value | undefined, b: Value | undefined): Value => {
  if (!a || !b) throw noAttribute();
  if (!('L' in a && 'L' in b)) throw wrongType();
  return { L: [...a.L, ...b.L] };
};

const reader = (operand: Operand, names: Names): Read => {
  const plain = readPlain(operand, names);
  if (plain) return plain;
  const { type, name, args } = operand as Term;
  const [one, other] = args.map((arg) => reader(arg, names)) as [Read, Read];
  if (type === 'add') return (item, values) => add(one(item, values), other(item, values), 1);
  if (type === 'subtract') return (item, values) => add(one(item, values), other(item, values), -1);
  if (name === 'list_append') return (item, values) => append(one(item, values), other(item, values));
  return (item, values) => one(item, values) ?? other(item, values);
};

type Members = Record<string, Value>;
/** A place that can be written: a member of a map or of a list. */
type Place = { readonly map: Members; readonly name: string } | { readonly list: Value[]; readonly index: number };

/** The place a path names in `next`; throws when what should hold it is not there. */
const placeOf = (next: Members, path: Path): Place => {
  const last = path.at(-1) as string | number;
  if (path.length === 1) return { map: next, name: String(last) };
  const parent = atPath(next, path.slice(0, -1));
  if (parent && typeof last === 'number' && 'L' in parent) return { list: parent.L as Value[], index: last };
  if (parent && typeof last === 'string' && 'M' in parent) return { map: parent.M as Members, name: last };
  throw noPath();
};

const write = (place: Place, value: Value): void => {
  if ('map' in place) setAttribute(place.map, place.name, value);
  // Past its end, a list grows by one: no gaps.
  else if (place.index >= place.list.length) place.list.push(value);
  else place.list[place.index] = value;
};

const merged = (now: Value | undefined, more: Value): Value => {
  if (!now) return more;
  if (typeOf(now) !== typeOf(more)) throw wrongType();
  if ('N' in more) return add(now, more, 1);
  const type = typeOf(more);
  const [old, added] = [now, more].map((value) => (value as unknown as Record<string, string[]>)[type] as string[]) as [
    string[],
    string[],
  ];
  return { [type]: [...new Set([...old, ...added])] } as unknown as Value;
};

/** The set without some members; undefined when none are left: DynamoDB keeps no empty set. */
const without = (now: Value, less: Value): Value | undefined => {
  if (typeOf(now) !== typeOf(less)) throw wrongType();
  const type = typeOf(less);
  const [old, gone] = [now, less].map((value) => (value as unknown as Record<string, string[]>)[type] as string[]) as [
    string[],
    string[],
  ];
  const left = old.filter((member) => !gone.includes(member));
  return left.length ? ({ [type]: left } as unknown as Value) : undefined;
};

type Step = { readonly path: Path; readonly value: Read | undefined; readonly section: Section };

/** Members of lists leave from the end, so that the places named by the expression stay those of before. */
const removeAll = (places: readonly Place[]): void => {
  for (const place of places) if ('map' in place) delete place.map[place.name];
  const inLists = places.filter((place) => 'list' in place).sort((a, b) => b.index - a.index);
  for (const { list, index } of inLists) if (index < list.length) list.splice(index, 1);
};

/** Members that one update adds to the end of a list come in the order of their numbers. */
const inOrder = (places: readonly Place[]): number[] => {
  const number = (place: Place) => ('list' in place ? place.index : -1);
  return places.map((_, at) => at).sort((a, b) => number(places[a] as Place) - number(places[b] as Place));
};

const nowAt = (place: Place): Value | undefined =>
  'map' in place ? attributeOf(place.map, place.name) : place.list[place.index];

/** Makes the function of a parsed update. */
export const updateOf = ({ sections }: ParsedUpdate, names: Names): Apply => {
  const steps: Step[] = sections.map((section) => ({
    path: section.path,
    value: section.type === 'remove' ? undefined : reader(section.val, names),
    section,
  }));
  return (before, next, values) => {
    const read = steps.map(({ value }) => value?.(before, values));
    const removed: Place[] = [];
    // All places are found before anything moves.
    const places = steps.map(({ path }) => placeOf(next, path));
    for (const at of inOrder(places)) {
      const [{ section }, place, value] = [steps[at] as Step, places[at] as Place, read[at]];
      if (section.type === 'remove') removed.push(place);
      else if (!value) throw noAttribute();
      else if (section.type === 'set') write(place, value);
      else if (section.type === 'add') write(place, merged(nowAt(place), value));
      else {
        const now = nowAt(place);
        const left = now && without(now, value);
        if (left) write(place, left);
        else if (now) removed.push(place);
      }
    }
    removeAll(removed);
  };
};
