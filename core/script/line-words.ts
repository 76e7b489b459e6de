import type { Element } from './schema.ts';

/** Everything of a line that is read in it: where it is the same, so is the line, wherever it stands. Pure. */
export const lineWords = ({ kind, text, speakers, voice, paren, notes }: Element): unknown[] => [
  kind,
  text,
  speakers,
  voice,
  paren,
  notes,
];
