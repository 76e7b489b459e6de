// The prompts a tenant may say in its own words: those of work that people start. What is said of an answer (asking again, going on) is not among them.
import { episode } from './episode.v1.ts';
import { extract } from './extract.v1.ts';
import { outline } from './outline.v1.ts';
import type { PromptSource } from './prompt.ts';
import { resolve } from './resolve.v1.ts';
import { rewrite } from './rewrite.v1.ts';
import { storyboard } from './storyboard.v1.ts';
import { visualPrompt } from './visual-prompt.v1.ts';

export const house: readonly PromptSource[] = [extract, resolve, storyboard, outline, episode, rewrite, visualPrompt];
