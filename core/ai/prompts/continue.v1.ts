// Asked when a text broke off: for the rest of it alone.
import type { PromptSource } from './prompt.ts';

export const goOn: PromptSource = {
  name: 'continue',
  version: 1,
  system: '',
  user: 'Your text broke off. Go on exactly where it ended, in the middle of a sentence if need be, in the same language and form. Repeat nothing, say nothing about it.',
};
