// What a model read, laid over what the grammar found: field by field, and nothing that was found is lost. Pure.
import type { Extraction, Mention } from '../../breakdown/schema.ts';
import type { Reading } from './reading.ts';

/** What was found, with everything that stands of what was read behind it. The same thing read twice is there once. */
export function merged(found: Extraction, reading: Reading): Extraction {
  const there = new Set(found.mentions.map(idOf));
  const leftOut = (found.leftOut ?? 0) + reading.leftOut;
  return {
    ...found,
    mentions: [...found.mentions, ...distinct(reading.mentions.filter((mention) => !there.has(idOf(mention))))],
    hints: [...found.hints, ...distinct(reading.hints)],
    ...some('genders', [...(found.genders ?? []), ...distinct(reading.genders ?? [])]),
    ...some('traits', [...(found.traits ?? []), ...distinct(reading.traits)]),
    ...some('prompts', [...(found.prompts ?? []), ...distinct(reading.prompts)]),
    ...some('denied', distinct([...(found.denied ?? []), ...reading.denied])),
    ...(leftOut > 0 && { leftOut }),
  };
}

/** A field that may be absent is there only with something in it: an empty answer leaves what was found as it is. */
const some = <N extends string, T>(name: N, all: readonly T[]) =>
  all.length > 0 ? ({ [name]: all } as { [name in N]: T[] }) : undefined;

/** One surface of a kind in one element is one mention, whoever saw it. */
const idOf = ({ kind, surface, elementId }: Mention): string => JSON.stringify([kind, surface, elementId]);

const distinct = <T>(all: readonly T[]): T[] => [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
