// What a reader of a step is told about the work its questions belong to.
import type { Work } from '../ai/index.ts';

/** Project, task, episode, plan of models and the signal that stops; the reader adds what it asks for and how long an answer may be. */
export type Asking = Omit<Work, 'use' | 'maxOutputTokens'>;
