// Every provider by its id.
import { conceding } from './concede.ts';
import type { CalledProviderId } from './models.ts';
import { anthropic } from './providers/anthropic.ts';
import { compatible } from './providers/compatible.ts';
import { deepseek } from './providers/deepseek.ts';
import { doubao } from './providers/doubao.ts';
import { gemini } from './providers/gemini.ts';
import { minimax } from './providers/minimax.ts';
import { openai } from './providers/openai.ts';
import { yunwu } from './providers/yunwu.ts';
import type { TextProvider } from './schema.ts';

const text: Readonly<Record<CalledProviderId, TextProvider>> = {
  openai,
  anthropic,
  gemini,
  doubao: conceding(doubao),
  deepseek,
  yunwu: conceding(yunwu),
  minimax,
  compatible: conceding(compatible),
};

/** The provider of text with this id. */
export const textProvider = (id: CalledProviderId): TextProvider => text[id];
