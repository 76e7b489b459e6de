// The forms of an asset, and where they occur. Pure.
import { inOrder } from '../breakdown/forms/order.ts';
import type { Form } from '../breakdown/schema.ts';

export const hasForm = (forms: readonly Form[], wanted: string): boolean =>
  forms.some(({ surface }) => surface === wanted);

/** Episodes from the first to the last, each once; the front matter (0) is none. */
export const filmedIn = (episodes: readonly number[]): number[] => inOrder(episodes.filter((episode) => episode > 0));
