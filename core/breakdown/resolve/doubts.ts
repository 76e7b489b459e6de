// What the scorer leaves open, as questions for a model: a form, and those it may mean. Never what is contradicted: no answer could change it.
import type { AssetKind, Extraction } from '../schema.ts';
import type { Gender } from '../vocabulary/titles.ts';
import { groupDoubts } from './group-doubts.ts';
import { grouped } from './grouped.ts';
import { personDoubts } from './person-doubts.ts';
import type { PriorDecision } from './prior.ts';

/** One side of a question. */
export interface DoubtSide {
  /** The form the answer is about. */
  readonly form: string;
  /** All forms of the side, in the order they first stand in the script. */
  readonly forms: readonly string[];
  readonly gender?: Gender | undefined;
  /** What the front matter tells, '' where it tells nothing. */
  readonly told: string;
  /** Lines that speak for the two being one; of a candidate only. */
  readonly lines: readonly { readonly episode: number; readonly line: number }[];
}

export interface Doubt {
  readonly kind: AssetKind;
  readonly about: DoubtSide;
  /** Whom or what it may mean, likeliest first. Where it could be done, two of them cannot be one: who says yes to both is not believed. */
  readonly candidates: readonly DoubtSide[];
}

/** All doubts of a project, in a fixed order. Extractions come in any order; what people decided is not asked. */
export function doubts(extractions: readonly Extraction[], prior: readonly PriorDecision[] = []): Doubt[] {
  const { people, places, things } = grouped(extractions, prior, []);
  return [
    ...personDoubts(people),
    ...groupDoubts('location', places.groups, places.ledger),
    ...groupDoubts('prop', things.groups, things.ledger),
  ];
}
