// The table of models: what a call costs, how long a text is, and what is known of a model nobody has heard of.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelTable } from '../../../core/ai/model-table.ts';
import table from '../../../core/ai/models.json' with { type: 'json' };
import {
  baseUrlOf,
  costOf,
  estimateTokens,
  type Model,
  microsOfAccount,
  modelOf,
  modelsOf,
  tableDate,
} from '../../../core/ai/models.ts';
import { called } from './asking.ts';

const usage = (input: number, output = 0, cached = 0) => ({ input, output, cached, reasoning: 0 });
const day = (date: string, hour = '00') => Date.parse(`${date}T${hour}:00:00Z`);
const november = day('2026-11-24', '20');

test('the table is of its form, to the field: functions take it as it is', () => {
  expect(ModelTable.parse(table)).toEqual(table);
  expect(ModelTable.safeParse({ ...table, models: [{ ...table.models[0], price: 1 }] }).success).toBe(false);
});

describe('a model', () => {
  test('nobody has heard of has its provider’s limits, and a price that is not known', () => {
    const model = modelOf('openai', 'gpt-9-typed-by-hand');
    expect(model).toMatchObject({ id: 'gpt-9-typed-by-hand', status: 'unknown', method: 'schema', context: 1_050_000 });
    expect(costOf(model, usage(1000, 1000), november)).toBeUndefined();
  });

  test('of the table overrides what its provider does by default', () => {
    expect(modelOf('doubao', 'doubao-seed-2-1-pro-260915')).toMatchObject({
      method: 'schema',
      context: 1_048_576,
      status: 'ga',
    });
    expect(modelOf('doubao', 'doubao-seed-2-0-mini-260428')).toMatchObject({ method: 'json_object' });
    expect(modelOf('deepseek', 'deepseek-chat')).toMatchObject({ status: 'retired', retiresOn: '2026-07-24' });
  });

  test('has room in its context for its longest answer, whichever it is', () => {
    for (const provider of called)
      for (const model of [modelOf(provider, 'typed'), ...modelsOf(provider)]) {
        expect(model.maxOutput, `${provider} ${model.id}`).toBeLessThan(model.context);
        expect(model.prices?.map(({ from }) => from)).toEqual(model.prices?.map(({ from }) => from).toSorted());
      }
  });

  test('is listed once', () => {
    const ids = called.flatMap((provider) => modelsOf(provider).map(({ id }) => `${provider} ${id}`));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(30);
    expect(tableDate).toMatch(/^2026-/);
  });

  test('has an address unless it is a studio’s own', () => {
    for (const provider of called)
      expect(baseUrlOf(provider)?.startsWith('https://') ?? provider === 'compatible').toBe(true);
  });
});

describe('a price', () => {
  test.each([
    ['openai', 'gpt-6.1-terra', usage(1_000_000 / 4, 1_000_000), 'USD', 250_000 + 5_000_000],
    ['openai', 'gpt-6.1-terra', usage(200_000, 0, 100_000), 'USD', 100_000 + 5000],
    ['anthropic', 'claude-sonnet-5-5', usage(1000, 500), 'USD', 2000 + 5000],
    ['doubao', 'doubao-seed-2-1-pro-260915', usage(1000, 500), 'CNY', 6000 + 15_000],
    ['minimax', 'MiniMax-M3', usage(1000, 500, 400), 'USD', 180 + 24 + 600],
  ] as const)('of %s %s for %o is in %s: %i millionths', (provider, id, used, currency, micros) => {
    expect(costOf(modelOf(provider, id), used, november)).toMatchObject({ currency, micros });
  });

  test('is rounded up: a token is never free', () => {
    expect(costOf(modelOf('openai', 'gpt-6-luna'), usage(1), november)!.micros).toBe(1);
    expect(costOf(modelOf('openai', 'gpt-6-luna'), usage(0), november)!.micros).toBe(0);
  });

  test('of a long prompt holds for all of it; where nobody says how much, it is not known', () => {
    const terra = modelOf('openai', 'gpt-6.1-terra');
    expect(costOf(terra, usage(272_000, 1000), november)!.micros).toBe(272_000 + 5000);
    expect(costOf(terra, usage(272_001, 1000), november)!.micros).toBe(544_002 + 7500);
    expect(costOf(modelOf('doubao', 'doubao-seed-2-0-pro-260215'), usage(32_001), november)).toBeUndefined();
  });

  test('is that of the day, and says from when', () => {
    const argon = modelOf('gemini', 'gemini-4-argon');
    expect(costOf(argon, usage(1000), day('2026-11-30', '23'))).toEqual({
      currency: 'USD',
      micros: 2000,
      priceDate: '2026-10-01',
    });
    expect(costOf(argon, usage(1000), day('2026-12-01'))).toEqual({
      currency: 'USD',
      micros: 4000,
      priceDate: '2026-12-01',
    });
    expect(costOf(argon, usage(1000), day('2026-01-01'))!.priceDate).toBe('2026-10-01');
  });

  test('of DeepSeek is double in the working hours of Beijing', () => {
    const flash = modelOf('deepseek', 'deepseek-flash');
    // 2026-11-24 is a Tuesday; Beijing is eight hours ahead
    const at = (hour: string, date = '2026-11-24') => costOf(flash, usage(1000, 0, 500), day(date, hour))!.micros;
    expect(['00', '01', '03', '04', '05', '06', '09', '10'].map((hour) => at(hour))).toEqual([
      510, 1020, 1020, 510, 510, 1020, 1020, 510,
    ]);
    expect(at('02', '2026-11-22')).toBe(510);
  });

  test('is a whole number and grows with every token, whatever the model', () => {
    const model = fc.constantFrom(...called.flatMap(modelsOf));
    const count = fc.nat(200_000);
    fc.assert(
      fc.property(model, count, count, count, (one: Model, input, output, cached) => {
        const cost = costOf(one, usage(input, output, cached), november);
        if (!cost) return;
        const more = costOf(one, usage(input, output + 1, cached), november)!;
        expect(Number.isSafeInteger(cost.micros)).toBe(true);
        expect(more.micros).toBeGreaterThanOrEqual(cost.micros);
        // what was cached is never dearer
        expect(cost.micros).toBeLessThanOrEqual(costOf(one, usage(input, output), november)!.micros);
      }),
    );
  });

  test('for a budget is in millionths of CNY, at the fixed rate of the table', () => {
    expect(microsOfAccount({ currency: 'USD', micros: 1_000_000, priceDate: '' })).toBe(7_140_000);
    expect(microsOfAccount({ currency: 'CNY', micros: 1_000_001, priceDate: '' })).toBe(1_000_001);
    expect(microsOfAccount({ currency: 'USD', micros: 1, priceDate: '' })).toBe(8);
  });
});

describe('the length of a text', () => {
  test.each([
    ['', 0],
    ['灯塔亮了', 3],
    ['灯塔亮了，海面起雾。', 7],
    ['The lighthouse', 4],
    ['INT. 灯塔 NIGHT', 5],
    ['𠮷𠮷𠮷', 2],
  ])('%j is %i tokens, about', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  test('of two texts is about that of both', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (a, b) => {
        const apart = estimateTokens(a) + estimateTokens(b);
        expect(Math.abs(apart - estimateTokens(a + b))).toBeLessThanOrEqual(1);
      }),
    );
  });
});
