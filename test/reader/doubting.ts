// The doubts of a project put to whoever plays the model, without any gateway between.
import { inputTokens } from '../../core/ai/estimate.ts';
import { schemaOf } from '../../core/ai/judge.ts';
import { prompted } from '../../core/ai/prompts/prompt.ts';
import { resolve as prompt } from '../../core/ai/prompts/resolve.v1.ts';
import { resolve } from '../../core/breakdown/index.ts';
import type { Extraction, Resolution } from '../../core/breakdown/schema.ts';
import { Answers, opinionsFrom } from '../../core/reader/resolve/answer.ts';
import { callsOf } from '../../core/reader/resolve/call.ts';

const by = { provider: 'compatible', model: 'a-model', mode: 'byok' } as const;

/** The calls the doubts take, with our own prompt. */
const callsFor = (extractions: readonly Extraction[]) =>
  callsOf({ project: 'prj_1', task: 'tsk_1' }, { extractions, prior: [] }, (fillings) => prompted(prompt, fillings));

/** The resolution with a model that answers every prompt so. */
export function resolvedBy(extractions: readonly Extraction[], say: (words: string) => unknown): Resolution {
  const opinions = callsFor(extractions).flatMap(({ call, question }) =>
    opinionsFrom(Answers.parse(say(call.prompt.messages[0]!.text)), question, by),
  );
  return resolve(extractions, [], opinions);
}

/** Tokens of everything that is sent to settle the doubts: system, schema and content of every call. */
export const doubtTokens = (extractions: readonly Extraction[]): number =>
  callsFor(extractions).reduce((sum, { call }) => sum + inputTokens(call.prompt, schemaOf(call.schema)), 0);
