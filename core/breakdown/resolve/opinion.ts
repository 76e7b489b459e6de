// What a model said of two forms, and what it weighs.
import type { AssetKind, Evidence } from '../schema.ts';
import { evidenceOf } from './evidence.ts';
import { type FormNode, quotedAt } from './form-table.ts';

export interface Opinion {
  readonly kind: AssetKind;
  /** The form that was asked about. */
  readonly a: string;
  /** A form of whom it may mean. */
  readonly b: string;
  readonly answer: 'same' | 'different' | 'unsure';
  readonly by: NonNullable<Evidence['by']>;
  readonly reason: string;
  /** The lines it rests on, verbatim, in the order of the script. */
  readonly quotes: readonly Pick<Evidence, 'quote' | 'line' | 'episode'>[];
}

/** The word as evidence, a piece for each line it rests on; unsure is none. `form` is quoted where no line was named. */
export function opinionEvidence({ answer, by, reason, quotes }: Opinion, form: FormNode): Evidence[] {
  if (answer === 'unsure') return [];
  const rule = answer === 'same' ? 'model_same' : 'model_different';
  const lines = quotes.length > 0 ? quotes : [quotedAt(form)];
  return lines.map((at) => ({ ...evidenceOf(rule, at), by, reason }));
}
