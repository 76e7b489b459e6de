// The form of models.json. Functions take the file as it is, for it travels inside them: a test holds it to this form, not every start.
import * as z from 'zod';

const Currency = z.enum(['USD', 'CNY']);
export type Currency = z.infer<typeof Currency>;

/** `input`, `cached`, `output`: units of currency per million tokens. `peak`: times that in the hours of `peak`. */
const Price = z.strictObject({
  from: z.iso.date(),
  currency: Currency,
  input: z.number(),
  cached: z.number().optional(),
  output: z.number(),
  peak: z.number().optional(),
});
export type Price = z.infer<typeof Price>;

/** Prompts above `above` tokens cost times as much for the whole call; without factors their price is not known. */
const Long = z.strictObject({ above: z.int(), input: z.number().optional(), output: z.number().optional() });
export type Long = z.infer<typeof Long>;

const Limits = z.strictObject({
  /** Tokens of input and output together. */
  context: z.int(),
  maxOutput: z.int(),
  method: z.enum(['schema', 'tool', 'json_object', 'prompt']),
  /** Which of OpenAI's two endpoints. */
  wire: z.enum(['responses', 'chat']).optional(),
  effort: z.enum(['none', 'low', 'medium', 'high']).optional(),
});

const Row = Limits.partial().extend({
  provider: z.enum(['openai', 'anthropic', 'gemini', 'doubao', 'deepseek', 'yunwu', 'minimax', 'compatible']),
  id: z.string(),
  status: z.enum(['ga', 'preview', 'retiring', 'retired']),
  retiresOn: z.iso.date().optional(),
  long: Long.optional(),
  prices: z.array(Price).optional(),
});

/** The whole file. Source of every figure: providers.md 2 and its dates; limits it does not give are our own, low. */
export const ModelTable = z.strictObject({
  checkedOn: z.iso.date(),
  charactersPerToken: z.strictObject({ chinese: z.number(), other: z.number() }),
  exchange: z.strictObject({ USD: z.number(), CNY: z.literal(1), source: z.string() }),
  peak: z.strictObject({
    offsetHours: z.int(),
    days: z.array(z.int()),
    hours: z.array(z.tuple([z.int(), z.int()])),
  }),
  providers: z.record(Row.shape.provider, Limits.extend({ baseUrl: z.string().optional() })),
  models: z.array(Row),
});
export type ModelTable = z.infer<typeof ModelTable>;
