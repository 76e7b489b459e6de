// What is to be done next in a call, by what was said so far. Pure, so that a call that broke off anywhere goes on where it was.
import type { Kepts } from './cache.ts';
import type { ObjectCall } from './call.ts';
import { roomOf } from './estimate.ts';
import { judge } from './judge.ts';
import { estimateTokens, type Model } from './models.ts';
import { filled } from './prompts/prompt.ts';
import { reask } from './prompts/reask.v1.ts';
import type { JsonSchema, Message } from './schema.ts';

export type Step<T> =
  | { readonly value: T }
  /** Ask, with at most so many tokens of answer. */
  | { readonly messages: readonly Message[]; readonly limit: number }
  /** The model has no room for the answer. */
  | 'too_long'
  /** It has, and never comes to an end. */
  | 'endless'
  /** Asked twice, and not usable. */
  | 'unusable';

/** An answer worth less than this many tokens is none. */
const leastOutput = 256;
/** How much more room an answer gets that was cut off, and how much at most: one that needs more has lost its way, and more would be paid for nothing. */
const [growth, mostGrowth] = [4, 16];
/** Tokens of a bad answer that are worth showing to the model again. */
const mostShown = 4000;

export function nextStep<T>(call: ObjectCall<T>, jsonSchema: JsonSchema, model: Model, kepts: Kepts): Step<T> {
  const said = kepts.filter(({ text }) => text !== undefined);
  const last = said.at(-1);
  const judged = last && judge(call, last.text ?? '');
  if (judged && 'value' in judged) return judged;
  if (said.length >= 2) return 'unusable';
  const messages = judged ? again(call.prompt.messages, last?.text ?? '', judged.fault) : call.prompt.messages;
  const ceiling = roomOf(model, { system: call.prompt.system, messages }, jsonSchema);
  const cutAt = Math.max(
    0,
    ...kepts
      .slice(last ? kepts.indexOf(last) : 0)
      .map(({ usage, limit }) => (usage.outcome === 'truncated' ? limit : 0)),
  );
  if (ceiling < leastOutput || cutAt >= ceiling) return 'too_long';
  if (cutAt >= call.maxOutputTokens * mostGrowth) return 'endless';
  return { messages, limit: Math.min(ceiling, cutAt > 0 ? cutAt * growth : call.maxOutputTokens) };
}

/** Whether a model has no room for the answer: as it turned out, or before anything was asked as is to be expected. */
export const isTooLong = <T>(call: Pick<ObjectCall<T>, 'expectedTokens'>, step: Step<T>, kepts: Kepts): boolean =>
  step === 'too_long' ||
  (typeof step === 'object' && 'limit' in step && kepts.length === 0 && step.limit < (call.expectedTokens ?? 0));

function again(messages: readonly Message[], answer: string, fault: string): readonly Message[] {
  const text = filled(reask.user, { fault });
  const isShown = answer.trim() !== '' && estimateTokens(answer) <= mostShown;
  if (isShown) return [...messages, { role: 'assistant', text: answer }, { role: 'user', text }];
  // two messages of one speaker in a row are not taken everywhere
  const [front, end] = [messages.slice(0, -1), messages.at(-1)];
  return [...front, { role: 'user', text: `${end?.text ?? ''}\n\n${text}` }];
}
