// Tokens of an exchange that nobody counted. Pure.
import { inputTokens } from '../estimate.ts';
import { estimateTokens } from '../models.ts';
import type { TextRequest, TokenUsage } from '../schema.ts';

/** @param text what had come of the answer. */
export const guessed = (
  request: Pick<TextRequest, 'system' | 'messages' | 'schema'>,
  text: string,
): TokenUsage & { readonly estimated: true } => ({
  input: inputTokens(request, request.schema?.jsonSchema),
  output: estimateTokens(text),
  cached: 0,
  reasoning: 0,
  estimated: true,
});
