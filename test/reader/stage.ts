// An episode as the reader is given it, and a model's words about it, without any gateway between.

import { schemaOf } from '../../core/ai/judge.ts';
import { estimateTokens } from '../../core/ai/models.ts';
import { extract } from '../../core/ai/prompts/extract.v1.ts';
import { prompted } from '../../core/ai/prompts/prompt.ts';
import { extractEpisode, extractFrontMatter, knownForms } from '../../core/breakdown/index.ts';
import type { Extraction } from '../../core/breakdown/schema.ts';
import { Answer, joined } from '../../core/reader/extract/answer.ts';
import { callsOf, type Given, type PartCall, scopeOf } from '../../core/reader/extract/call.ts';
import { merged } from '../../core/reader/extract/merge.ts';
import { readingOf } from '../../core/reader/extract/reading.ts';
import { askedScenes } from '../../core/reader/extract/scenes.ts';
import type { Document, Scene } from '../../core/script/index.ts';

const asking = { project: 'prj_1', task: 'tsk_1' };

/** An episode with what the grammar found in it; of the whole document only that episode, as the pipeline has it. */
export function givenOf(document: Document, number: number, known = knownForms(document)): Given {
  const episodes = document.episodes.filter((episode) => episode.number === number);
  const alone = { ...document, episodes };
  return { document: alone, number, known, found: extractEpisode(alone, number, known) };
}

/** The calls of an episode, with our own prompt. */
export const callsFor = (given: Given, only?: readonly Scene[]) =>
  callsOf(asking, given, (fillings) => prompted(extract, fillings), only);

/** A model's answers about each part, laid over what was found. `say` is given the prompt. */
export function readWith(given: Given, say: (prompt: string) => unknown) {
  const answers = callsFor(given).map(({ call }) => Answer.parse(say(call.prompt.messages[0]!.text)));
  const reading = readingOf(joined(answers), scopeOf(given));
  return { extraction: merged(given.found, reading), dropped: reading.dropped };
}

/** Front matter and all episodes, each read so. */
export function readDocument(document: Document, say: (prompt: string) => unknown): Extraction[] {
  const known = knownForms(document);
  return [
    extractFrontMatter(document),
    ...document.episodes.map(({ number }) => readWith(givenOf(document, number, known), say).extraction),
  ];
}

/** Tokens of everything that is sent: system, schema and content of every call. */
function tokensIn(calls: readonly PartCall[]): number {
  return calls.reduce((sum, { call }) => {
    const { system, messages } = call.prompt;
    const texts = [system, ...messages.map(({ text }) => text), JSON.stringify(schemaOf(call.schema))];
    return sum + estimateTokens(texts.join('\n'));
  }, 0);
}

/** Tokens that reading a document takes, and those of each of its scenes where it alone is read. */
export function tokensOf(document: Document): { readonly whole: number; readonly scenes: readonly number[] } {
  const known = knownForms(document);
  const episodes = document.episodes.map(({ number }) => givenOf(document, number, known));
  return {
    whole: episodes.reduce((sum, given) => sum + tokensIn(callsFor(given)), 0),
    scenes: episodes.flatMap((given) =>
      askedScenes(scopeOf(given).sheet).map((scene) => tokensIn(callsFor(given, [scene]))),
    ),
  };
}
