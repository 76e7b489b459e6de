// A schema said in each provider's dialect keeps to the provider's rules, takes every value the schema takes, and its answers come back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { exampleOf, geminiSchema, isRecursive, isWithinStrict, plainSchema, reducedSchema, restored, schemaInPrompt, strictSchema } from '../../../core/ai/dialect.ts'; // biome-ignore format: one import
import type { JsonSchema } from '../../../core/ai/schema.ts';
import { geminiRule, reducedRule, strictRule } from '../../kit/models/index.ts';
import { objects } from './schemas.ts';

const jsonOf = (schema: z.ZodType) => z.toJSONSchema(schema) as JsonSchema;
const takes = (schema: JsonSchema, value: unknown): boolean => z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema).safeParse(value).success; // biome-ignore format: one thought
const runs = { numRuns: 300 };

describe('any schema', () => {
  test('in the strict dialect keeps to the rules of OpenAI', () => {
    fc.assert(
      fc.property(objects, ({ schema }) => strictRule(strictSchema(jsonOf(schema))) === undefined),
      runs,
    );
  });

  test('in the reduced dialect keeps to the rules of Anthropic', () => {
    fc.assert(
      fc.property(objects, ({ schema }) => reducedRule(reducedSchema(jsonOf(schema))) === undefined),
      runs,
    );
  });

  test("in Gemini's dialect keeps to the words Gemini knows", () => {
    fc.assert(
      fc.property(objects, ({ schema }) => geminiRule(geminiSchema(jsonOf(schema))) === undefined),
      runs,
    );
  });

  test('takes in every dialect what it took, said as the dialect says it', () => {
    fc.assert(
      fc.property(objects, ({ schema, value, strict, closed }) => {
        const json = jsonOf(schema);
        expect(takes(strictSchema(json), strict)).toBe(true);
        expect(takes(reducedSchema(json), closed)).toBe(true);
        expect(takes(geminiSchema(json), value)).toBe(true);
        expect(takes(plainSchema(json), value)).toBe(true);
      }),
      runs,
    );
  });

  test('takes its answers back: nulls that say nothing are gone, lists of entries are dictionaries again', () => {
    fc.assert(
      fc.property(objects, ({ schema, value, strict, closed, said }) => {
        const json = jsonOf(schema);
        expect(restored(json, closed)).toEqual(value);
        expect(restored(json, value)).toEqual(value);
        // where null is a value of its own, it stays where nothing was said
        const back = restored(json, strict);
        expect(schema.safeParse(back).success).toBe(true);
        expect(back).toEqual(said);
      }),
      runs,
    );
  });

  test('leaves alone what does not fit, whatever it is', () => {
    fc.assert(
      fc.property(objects, fc.jsonValue(), ({ schema }, any) => void restored(jsonOf(schema), any)),
      runs,
    );
  });
});

describe('the strict dialect', () => {
  test('says what may be missing as null, with enums, constants and unions', () => {
    const schema = z.object({
      size: z.enum(['close', 'wide']).optional(),
      kind: z.literal('shot').optional(),
      either: z.union([z.string(), z.int()]).optional(),
      seconds: z.number().nullable().optional(),
    });
    expect(strictSchema(jsonOf(schema))).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['size', 'kind', 'either', 'seconds'],
      properties: {
        size: { type: ['string', 'null'], enum: ['close', 'wide', null] },
        kind: { anyOf: [{ type: 'string', const: 'shot' }, { type: 'null' }] },
        either: { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] },
        seconds: { type: ['number', 'null'] },
      },
    });
    expect(restored(jsonOf(schema), { size: null, kind: null, either: null, seconds: null })).toEqual({
      seconds: null,
    });
  });

  test('puts into words what it cannot say, so that the model knows it all the same', () => {
    const schema = z.object({
      name: z.string().min(1).max(20).describe('角色名'),
      share: z.number().gt(0),
      day: z.iso.date(),
    });
    expect(strictSchema(jsonOf(schema)).properties).toEqual({
      name: { type: 'string', description: '角色名 (minLength 1, maxLength 20)' },
      share: { type: 'number', description: '(exclusiveMinimum 0)' },
      day: { type: 'string', format: 'date' },
    });
  });

  test('makes one of schemas that must all hold', () => {
    const both = { type: 'object', allOf: [{ properties: { a: { type: 'string' } }, required: ['a'] }, { properties: { b: { type: 'string' } } }] }; // biome-ignore format: one thought
    expect(strictSchema(both)).toMatchObject({ required: ['a', 'b'], additionalProperties: false });
    expect(restored(both, { a: 'x', b: null })).toEqual({ a: 'x' });
  });

  test('keeps definitions and what refers to them', () => {
    const Person: z.ZodType = z.object({ name: z.string(), get knows() { return z.array(Person).optional(); } }).meta({ id: 'Person' }); // biome-ignore format: one thought
    const json = jsonOf(z.object({ cast: z.array(Person) }));
    const strict = strictSchema(json);
    expect(strictRule(strict)).toBeUndefined();
    expect(isRecursive(json)).toBe(true);
    const said = { cast: [{ name: '林晚', knows: [{ name: '顾舟', knows: null }] }] };
    expect(restored(json, said)).toEqual({ cast: [{ name: '林晚', knows: [{ name: '顾舟' }] }] });
  });

  test('is not used for schemas larger than OpenAI takes', () => {
    const wide = z.object(Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`p${i}`, z.string()])));
    let deep: z.ZodType = z.string();
    for (let i = 0; i < 11; i++) deep = z.object({ in: deep });
    const many = z.object({ one: z.enum(Array.from({ length: 1001 }, (_, i) => `v${i}`) as [string]) });
    const ok = z.object({ shots: z.array(z.object({ text: z.string() })) });
    expect([wide, deep, many, ok].map((one) => isWithinStrict(strictSchema(jsonOf(one))))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

test('a schema that is no object is refused: no provider takes it', () => {
  for (const say of [strictSchema, reducedSchema, geminiSchema, plainSchema])
    expect(() => say(jsonOf(z.array(z.string())))).toThrow(TypeError);
});

test('the words of a prompt carry the whole schema and the word json; the example has its form', () => {
  const schema = z.object({
    shots: z.array(z.object({ index: z.int(), tone: z.enum(['warm', 'cold']), note: z.string().max(9) })),
  });
  const words = schemaInPrompt(jsonOf(schema));
  expect(words).toContain('json');
  expect(words).toContain('"maxLength":9');
  expect(words).not.toContain('$schema');
  expect(words).not.toContain('9007199254740991');
  expect(exampleOf(jsonOf(schema))).toEqual({ shots: [{ index: 1, tone: 'warm', note: '…' }] });
});

test('an answer cannot reach the prototype of what it becomes', () => {
  const json = jsonOf(z.object({ of: z.record(z.string(), z.string()) }));
  const back = restored(json, JSON.parse('{"of":[{"key":"__proto__","value":"x"}],"__proto__":{"admin":true}}')) as Record<string, unknown>; // biome-ignore format: one thought
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
});
