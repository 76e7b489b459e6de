// What a model read, laid over what the grammar found: field by field, and nothing that was found is lost. Pure.
import type { Extraction, Mention } from '../../breakdown/schema.ts';
import type { Reading } from './reading.ts';

/** What was found, with everything that stands of the readings behind it. The same thing read twice is there once. */
export function merged(found: Extraction, readings: readonly Reading[]): Extraction {
  const all = <T>(of: (reading: Reading) => readonly T[] | undefined): T[] =>
    distinct(readings.flatMap((one) => of(one) ?? []));
  const there = new Set(found.mentions.map(idOf));
  const mentions = all(({ mentions: more }) => more).filter((mention) => !there.has(idOf(mention)));
  return {
    ...found,
    mentions: [...found.mentions, ...mentions],
    hints: [...found.hints, ...all(({ hints }) => hints)],
    genders: [...(found.genders ?? []), ...all(({ genders }) => genders)],
    traits: [...(found.traits ?? []), ...all(({ traits }) => traits)],
    prompts: [...(found.prompts ?? []), ...all(({ prompts }) => prompts)],
    denied: distinct([...(found.denied ?? []), ...all(({ denied }) => denied)]),
    leftOut: readings.reduce((sum, { dropped }) => sum + dropped.length, 0),
  };
}

/** One surface of a kind in one element is one mention, whoever saw it. */
const idOf = ({ kind, surface, elementId }: Mention): string => JSON.stringify([kind, surface, elementId]);

const distinct = <T>(all: readonly T[]): T[] => [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
