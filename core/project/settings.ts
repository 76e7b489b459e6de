// Settings of a client of ours beside those we know: what of JSON can be kept and read back as it was sent.
import * as z from 'zod';
import { snake } from '../platform/case.ts';
import { rule } from '../platform/words.ts';

/** Levels of lists and objects, `settings` the first. DynamoDB takes 32, and the audit line holds them two levels deeper. */
const mostLevels = 20;

/** Positive numbers that are no integers. DynamoDB takes 1E-130 to 9.99E+125. */
const least = 1e-130;

const unkept = {
  number: rule(
    '数字超出可精确保存的范围（整数最多 9007199254740991）；请改用字符串',
    'a number that cannot be kept exactly (integers up to 9007199254740991): send it as a string',
  ),
  levels: rule(`最多嵌套 ${mostLevels} 层`, `at most ${mostLevels} levels of lists and objects`),
};

type Fault = { readonly path: PropertyKey[]; readonly message: string };

/** The first value that cannot be kept, and where it stands; undefined where all can. */
function unkeptIn(value: unknown, path: PropertyKey[] = []): Fault | undefined {
  if (typeof value === 'number') return isKept(value) ? undefined : { path, message: unkept.number };
  if (typeof value !== 'object' || value === null) return undefined;
  if (path.length >= mostLevels) return { path, message: unkept.levels };
  for (const [key, inner] of Object.entries(value)) {
    const fault = unkeptIn(inner, [...path, key]);
    if (fault) return fault;
  }
  return undefined;
}

/** JSON.parse has rounded a larger integer already: nobody knows which one was sent. */
const isKept = (number: number): boolean =>
  Number.isInteger(number) ? Number.isSafeInteger(number) : Math.abs(number) >= least;

/** @param known fields of ours that may be said among them. At most 20 KB of JSON. */
export const settingsWith = (known: Record<string, z.ZodType>) =>
  z
    .looseObject(
      Object.fromEntries(
        Object.entries(known).map(([name, schema]): [string, z.ZodType] => [snake(name), schema.optional()]),
      ),
    )
    .superRefine((settings, context) => {
      const fault = unkeptIn(settings);
      if (fault) context.addIssue({ code: 'custom', ...fault });
      // what is nested without end is not written out to be measured
      else if (JSON.stringify(settings).length > 20_000)
        context.addIssue({
          code: 'custom',
          message: rule('JSON 最多 20,000 个字符', 'at most 20,000 characters of JSON'),
        });
    });
