// Asked again when an answer was not the object that was asked for.
import type { PromptSource } from './prompt.ts';

export const reask: PromptSource = {
  name: 'reask',
  version: 1,
  system: '',
  user: `Your last answer could not be used. What is wrong with it:
{{fault}}

Answer again with the whole corrected JSON object and nothing else.`,
};
