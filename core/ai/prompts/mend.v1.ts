// Asked again when a text was not in the form that was asked for.
import type { PromptSource } from './prompt.ts';

export const mend: PromptSource = {
  name: 'mend',
  version: 1,
  system: '',
  user: `Your text cannot be used like this. What is wrong with it:
{{fault}}

Write the whole text again with that put right, and nothing else.`,
};
