// The protocols the model server plays.
import { anthropic } from './anthropic.ts';
import { ark } from './ark.ts';
import { compatible } from './compatible.ts';
import { deepseek } from './deepseek.ts';
import { gemini } from './gemini.ts';
import { minimax } from './minimax.ts';
import { openai } from './openai.ts';
import type { Protocol } from './protocol.ts';
import { yunwu } from './yunwu.ts';

export const protocols: readonly Protocol[] = [openai, anthropic, gemini, ark, deepseek, yunwu, minimax, compatible];
