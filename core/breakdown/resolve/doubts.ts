// What the scorer leaves open, as questions for a model: a form, and those it may mean. Never what is contradicted: no answer could change it.
import type { Extraction } from '../schema.ts';
import type { Doubt } from './doubt.ts';
import { groupDoubts } from './group-doubts.ts';
import { grouped } from './grouped.ts';
import { personDoubts } from './person-doubts.ts';
import type { PriorDecision } from './prior.ts';

/** All doubts of a project, in a fixed order. Extractions come in any order; what people decided is not asked. */
export function doubts(extractions: readonly Extraction[], prior: readonly PriorDecision[] = []): Doubt[] {
  const { people, places, things } = grouped(extractions, prior, []);
  return [
    ...personDoubts(people),
    ...groupDoubts('location', places.groups, places.ledger),
    ...groupDoubts('prop', things.groups, things.ledger),
  ];
}
