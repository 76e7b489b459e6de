// Whether an answer is the object that was asked for. Pure.
import * as z from 'zod';
import type { ObjectCall } from './call.ts';
import { restored } from './dialect.ts';
import { objectIn } from './repair.ts';
import type { JsonSchema } from './schema.ts';

export type Judged<T> = { readonly value: T } | { readonly fault: string };

/** What a schema says to models: the form before zod's own defaults and transformations. Which draft it is written in is not said. */
export function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _draft, ...said } = z.toJSONSchema(schema, { io: 'input' });
  return said;
}

/** Faults told to the model at once: more would be lost on it. */
const mostFaults = 12;

/** The value, or the fault in words for the model. */
export function judge<T>(call: Pick<ObjectCall<T>, 'schema' | 'check'>, answer: string): Judged<T> {
  const found = objectIn(answer);
  if (!found) return { fault: 'There is no complete JSON object in the answer.' };
  const read = call.schema.safeParse(restored(schemaOf(call.schema), found));
  if (!read.success) {
    const faults = read.error.issues.map(
      ({ path, message }) => `- ${path.map(String).join('.') || 'the object'}: ${message}`,
    );
    return { fault: faults.slice(0, mostFaults).join('\n') };
  }
  const fault = call.check?.(read.data);
  return fault === undefined ? { value: read.data } : { fault };
}
