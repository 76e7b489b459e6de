// Schemas at random, each with a value that fits and the same value as a model says it in each dialect.
import fc from 'fast-check';
import * as z from 'zod';

/**
 * `strict` and `closed`: the value as OpenAI's and Anthropic's dialects have it said. `said`: what comes back of the strict form, the
 * value but for nulls that may mean nothing or null.
 */
export type Sample = {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly strict: unknown;
  readonly closed: unknown;
  readonly said: unknown;
};

/** The four forms at once. */
const forms = (schema: z.ZodType, of: (form: 'value' | 'strict' | 'closed' | 'said') => unknown): Sample => ({
  schema,
  value: of('value'),
  strict: of('strict'),
  closed: of('closed'),
  said: of('said'),
});
const same = (schema: z.ZodType, value: unknown): Sample => forms(schema, () => value);

const text = fc.string({ maxLength: 8 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((n) => n || 0);

const leaf: fc.Arbitrary<Sample> = fc.oneof(
  text.map((value) => same(z.string().max(8), value)),
  text.map((value) => same(z.string().describe('说明'), value)),
  fc.stringMatching(/^[a-z]{1,5}$/).map((value) => same(z.string().regex(/^[a-z]+$/), value)),
  fc.integer({ min: 0, max: 99 }).map((value) => same(z.int().min(0).max(99), value)),
  number.map((value) => same(z.number(), value)),
  fc.double({ min: 0.5, max: 9, noNaN: true }).map((value) => same(z.number().positive(), value)),
  fc.boolean().map((value) => same(z.boolean(), value)),
  fc.constantFrom('a', 'b', 'c').map((value) => same(z.enum(['a', 'b', 'c']), value)),
  fc.constant(same(z.literal('only'), 'only')),
  fc.constant(same(z.null(), null)),
);

const { value: any } = fc.letrec<{ value: Sample; object: Sample }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, list(tie('value')), pair(tie('value')), dictionary(tie('value')), nullable(tie('value')), tagged(tie('value')), tie('object')),
  object: object(tie('value')),
})); // biome-ignore format: a table

function list(item: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc
    .tuple(item, fc.integer({ min: 0, max: 3 }))
    .map(([one, length]) => forms(z.array(one.schema), (form) => Array.from({ length }, () => one[form])));
}

function pair(item: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc.tuple(item, leaf).map(([a, b]) => forms(z.tuple([a.schema, b.schema]), (form) => [a[form], b[form]]));
}

function dictionary(item: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  const key = fc.string({ minLength: 1, maxLength: 5 }).filter((name) => name !== '__proto__');
  return fc
    .tuple(item, fc.uniqueArray(key, { maxLength: 3 }))
    .map(([one, names]) =>
      forms(z.record(z.string(), one.schema), (form) =>
        form === 'value' || form === 'said'
          ? Object.fromEntries(names.map((name) => [name, one[form]]))
          : names.map((name) => ({ key: name, value: one[form] })),
      ),
    );
}

function nullable(item: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc
    .tuple(item, fc.boolean())
    .map(([one, isNull]) => forms(z.nullable(one.schema), (form) => (isNull ? null : one[form])));
}

/** One of two kinds of thing, told apart by a word. */
function tagged(item: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc.tuple(item, item, fc.boolean()).map(([a, b, first]) => {
    const either = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), it: a.schema }),
      z.object({ kind: z.literal('b'), it: b.schema }),
    ]);
    return forms(either, (form) => (first ? { kind: 'a', it: a[form] } : { kind: 'b', it: b[form] }));
  });
}

type Property = { readonly key: string; readonly one: Sample; readonly presence: 'required' | 'there' | 'missing' };

function object(item: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  const property: fc.Arbitrary<Property> = fc.record({
    key: fc.constantFrom('name', 'looks', 'key', 'value', '台词', 'of'),
    one: item,
    presence: fc.constantFrom('required', 'there', 'missing'),
  });
  return fc.uniqueArray(property, { maxLength: 4, selector: ({ key }) => key }).map(objectOf);
}

function objectOf(properties: readonly Property[]): Sample {
  const shape = properties.map(({ key, one, presence }) => [
    key,
    presence === 'required' ? one.schema : z.optional(one.schema),
  ]);
  return forms(z.object(Object.fromEntries(shape) as Record<string, z.ZodType>), (form) =>
    Object.fromEntries(
      properties.flatMap(({ key, one, presence }) => {
        if (presence !== 'missing') return [[key, one[form]] as const];
        const isTold = form === 'strict' || (form === 'said' && one.schema.safeParse(null).success);
        return isTold ? [[key, null] as const] : [];
      }),
    ),
  );
}

/** What a model may be asked for: an object. */
export const objects: fc.Arbitrary<Sample> = object(any);
