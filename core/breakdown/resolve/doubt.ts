// A question for a model: a form, and those it may mean.
import { byText } from '../forms/order.ts';
import type { AssetKind } from '../schema.ts';
import type { Gender } from '../vocabulary/titles.ts';
import type { FormNode } from './form-table.ts';

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

/** Forms by where they first stand, so that a line more in a late scene changes nothing. */
export function formsInOrder(nodes: readonly FormNode[]): string[] {
  return [...nodes]
    .sort((a, b) => a.first.episode - b.first.episode || a.first.line - b.first.line || byText(a.key, b.key))
    .map(({ surface }) => surface);
}
