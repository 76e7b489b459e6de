// Which setting of a request a server does not take, and whether a question is too long for it: told in messages alone, by servers without codes.
import type { JsonObject } from '../http.ts';
import type { Refused, Verdict } from '../refused.ts';
import type { Setting } from '../schema.ts';

/** How servers name what they do not take: LM Studio, SiliconFlow, Azure, older ones. */
const names: readonly (readonly [Setting, RegExp])[] = [
  ['response_format', /response_format|json[ _-]?(?:mode|object|schema)/i],
  ['max_tokens', /max_completion_tokens/],
  ['stream_options', /stream_options/],
];

const tooLong = /context[_ ](?:length|window|size)|max_seq_len/i;

/** What was too long for a model, by OpenAI's code; others say it in words. */
export const contextExceeded = 'context_length_exceeded';

/**
 * The verdict with the setting that was refused as its field, or with the code of a question that is too long. Of what the server says
 * nothing else goes on.
 * @param sent what was asked.
 */
export function withSetting(verdict: Verdict, { body }: Refused, sent: JsonObject): Verdict {
  if (verdict.kind !== 'invalid' && verdict.kind !== 'retryable') return verdict;
  const said = JSON.stringify(body ?? '');
  // vLLM names both of its limits when it says so
  if (verdict.kind === 'invalid' && tooLong.test(said)) return { ...verdict, code: contextExceeded };
  // a server that broke down may speak of JSON for many reasons
  const isNamed = (name: Setting, words: RegExp): boolean =>
    verdict.kind === 'invalid' ? words.test(said) : said.includes(name);
  const field = names.find(([name, words]) => name in sent && isNamed(name, words))?.[0];
  return field ? { ...verdict, field } : verdict;
}
