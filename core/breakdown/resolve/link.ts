// An opinion on two sides that are not one yet.
import type { Evidence } from '../schema.ts';
import type { FormNode } from './form-table.ts';
import type { Opinion } from './opinion.ts';

export interface Link<S> {
  /** The form that was asked about, and whom it may mean. */
  readonly a: FormNode;
  readonly b: FormNode;
  /** The sides they are on. */
  readonly x: S;
  readonly y: S;
  readonly opinion: Opinion;
  /** Everything for and against, the opinion included. */
  readonly evidence: readonly Evidence[];
  readonly sum: number;
}

export function isBetween<S>(link: Link<S>, x: S, y: S): boolean {
  return (link.x === x && link.y === y) || (link.x === y && link.y === x);
}
