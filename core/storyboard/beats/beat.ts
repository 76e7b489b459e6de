// A beat: the smallest piece of a scene that can be a shot of its own.
import type { Element } from '../../script/schema.ts';
import type { Found, Person, Thing } from '../cast.ts';
import type { Direction } from '../direction.ts';
import type { Mood } from '../mood.ts';

/** One dialogue element, or the part of one that fits a shot. */
export type Part = { readonly element: Element; readonly part: number; readonly parts: number; readonly text: string };

export type Beat = {
  readonly kind: 'line' | 'action' | 'caption';
  /** Elements shown that are not spoken, in order. */
  readonly shown: readonly Element[];
  readonly spoken: readonly Part[];
  /** What is seen, in the script's words; '' for a bare line. */
  readonly action: string;
  readonly people: readonly Found<Person>[];
  readonly props: readonly Found<Thing>[];
  readonly mood: Mood;
  /** A camera line of the script: its words ask for a framing. */
  readonly camera: string;
  /** How a director wants it seen. */
  readonly direction?: Direction;
};
