// Episodes as the reader of storyboards is given them, and a model's words about them, without any gateway between.

import type { ObjectCall } from '../../core/ai/index.ts';
import { schemaOf } from '../../core/ai/judge.ts';
import { estimateTokens } from '../../core/ai/models.ts';
import { prompted } from '../../core/ai/prompts/prompt.ts';
import { storyboard } from '../../core/ai/prompts/storyboard.v1.ts';
import { Answer } from '../../core/reader/storyboard/answer.ts';
import { callOf, type Questions } from '../../core/reader/storyboard/call.ts';
import { partsOf } from '../../core/reader/storyboard/parts.ts';
import { boardOf } from '../../core/reader/storyboard/read.ts';
import { type Given, scopeOf } from '../../core/reader/storyboard/scope.ts';
import { isUsable, type SceneAnswer, sharesOf } from '../../core/reader/storyboard/share.ts';

/** The questions about an episode, in our own words. */
export const questionsOf = (given: Given): Questions => ({
  asking: { project: 'prj_1', task: 'tsk_1', episode: given.episode.number },
  scope: scopeOf(given),
  wording: (fillings) => prompted(storyboard, fillings),
});

/** The calls about the scenes of an episode, or about some of them. */
export function callsFor(given: Given, isWanted: (id: string) => boolean = () => true): ObjectCall<Answer>[] {
  const questions = questionsOf(given);
  return partsOf(questions.scope, isWanted).map((part) => callOf(part, questions));
}

/** Tokens of all that is sent: system, schema and content. */
export const tokensOf = (calls: readonly ObjectCall<unknown>[]): number =>
  calls.reduce((sum, { prompt: { system, messages }, schema }) => {
    const texts = [system, ...messages.map(({ text }) => text), JSON.stringify(schemaOf(schema))];
    return sum + estimateTokens(texts.join('\n'));
  }, 0);

/** The board that a model's answers make; `say` is given the prompt. */
export function boardWith(given: Given, say: (prompt: string) => unknown) {
  const questions = questionsOf(given);
  const { scope } = questions;
  const answers = new Map<string, SceneAnswer>();
  for (const part of partsOf(scope, () => true)) {
    const answer = Answer.parse(say(callOf(part, questions).prompt.messages[0]!.text));
    for (const [id, share] of sharesOf(answer, part, scope)) if (isUsable(share, id, scope)) answers.set(id, share);
  }
  return { ...boardOf(questions, { answers }), directed: [...answers.keys()] };
}
