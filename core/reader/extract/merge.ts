// What a model read, laid over what the grammar found: field by field, and nothing that was found is lost. Pure.
import type { Extraction, Mention } from '../../breakdown/schema.ts';
import type { Reading } from './reading.ts';

/** What was found, with everything that stands of the readings behind it. The same thing read twice is there once. */
export function merged(found: Extraction, readings: readonly Reading[]): Extraction {
  const all = <T>(of: (reading: Reading) => readonly T[] | undefined): T[] =>
    distinct(readings.flatMap((one) => of(one) ?? []));
  const there = new Set(found.mentions.map(idOf));
  const leftOut = readings.reduce((sum, { dropped }) => sum + dropped.length, found.leftOut ?? 0);
  return {
    ...found,
    mentions: [...found.mentions, ...all(({ mentions }) => mentions).filter((mention) => !there.has(idOf(mention)))],
    hints: [...found.hints, ...all(({ hints }) => hints)],
    ...some('genders', [...(found.genders ?? []), ...all(({ genders }) => genders)]),
    ...some('traits', [...(found.traits ?? []), ...all(({ traits }) => traits)]),
    ...some('prompts', [...(found.prompts ?? []), ...all(({ prompts }) => prompts)]),
    ...some('denied', distinct([...(found.denied ?? []), ...all(({ denied }) => denied)])),
    ...(leftOut > 0 && { leftOut }),
  };
}

/** A field that may be absent is there only with something in it: an empty answer leaves what was found as it is. */
const some = <N extends string, T>(name: N, all: readonly T[]) =>
  all.length > 0 ? ({ [name]: all } as { [name in N]: T[] }) : undefined;

/** One surface of a kind in one element is one mention, whoever saw it. */
const idOf = ({ kind, surface, elementId }: Mention): string => JSON.stringify([kind, surface, elementId]);

const distinct = <T>(all: readonly T[]): T[] => [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
