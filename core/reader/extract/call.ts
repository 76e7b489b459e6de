// The calls an episode takes: one where it fits, else one for each part. Pure, so that they can be priced without being made.
import { fit as fitted, halved, type ObjectCall, type Part, type Wording } from '../../ai/index.ts';
import type { KnownForms } from '../../breakdown/index.ts';
import type { Extraction } from '../../breakdown/schema.ts';
import type { Document, Scene } from '../../script/schema.ts';
import type { Asking } from '../asking.ts';
import { sheetOf, written } from '../sheet.ts';
import { Answer, joined } from './answer.ts';
import { faultOf } from './check.ts';
import type { Scope } from './draft.ts';
import { registerOf, toldOf } from './known.ts';
import { askedScenes } from './scenes.ts';

/** An episode, and what the grammar found in it. `document` holds the episode; `known` is of the whole one. */
export type Given = {
  readonly document: Document;
  readonly number: number;
  readonly known: KnownForms;
  readonly found: Extraction;
};

/**
 * Tokens of lines in one call, and of each neighbour. Answers are up to twice as long as what they are about, and the shortest limit of
 * the table of models that is not our own guess is 16,384.
 */
const room = { tokens: 3000, around: 160 } as const;
/** Tokens of an answer: rows of about 40 tokens for every other line, and a prompt of about 100 for each person, place and prop. */
const expectedOutput = ({ tokens }: Part): number => Math.round(500 + tokens * 1.6);
/** What an answer may take at first, beside what is expected: models that think do so within it. */
const spare = 3;

/** What the answers for an episode are held against. */
export const scopeOf = ({ document, number, known, found }: Given): Scope => ({
  episode: number,
  language: document.language,
  sheet: sheetOf(document.episodes.find((episode) => episode.number === number) ?? { elements: [], scenes: [] }),
  register: registerOf(found, known, document.biographies),
  found,
});

/** `output`: tokens the answer will probably have. */
export type PartCall = { readonly call: ObjectCall<Answer>; readonly output: number; readonly part: Part };

type Questions = { readonly asking: Asking; readonly given: Given; readonly scope: Scope; readonly wording: Wording };

/** The calls for the scenes of an episode, or some of them, with what their answers will probably take; none where there is no line. */
export function callsOf(asking: Asking, given: Given, wording: Wording, only?: readonly Scene[]): PartCall[] {
  const scope = scopeOf(given);
  const scenes = only ?? askedScenes(scope.sheet);
  const isWhole = scenes.length === askedScenes(scope.sheet).length;
  const questions = { asking, given, scope, wording };
  // what stands beside scenes that were picked out is not their neighbour
  return fitted(scenes, isWhole ? room : { ...room, around: 0 }).map((part) => partCall(part, questions));
}

/** The call for some lines of a scene. */
export const callFor = (asking: Asking, given: Given, wording: Wording, part: Part): PartCall =>
  partCall(part, { asking, given, scope: scopeOf(given), wording });

const partCall = (part: Part, questions: Questions): PartCall => ({
  call: callOf(part, questions),
  output: expectedOutput(part),
  part,
});

const languages = { zh: 'Chinese (简体中文)', en: 'English' } as const;

function callOf(part: Part, questions: Questions): ObjectCall<Answer> {
  const { asking, given, scope, wording } = questions;
  return {
    ...asking,
    use: 'extract',
    prompt: wording({
      language: languages[scope.language],
      known: toldOf(part, given.found, given.document.biographies),
      script: written(part, scope.sheet),
    }),
    schema: Answer,
    schemaName: 'extraction',
    expectedTokens: expectedOutput(part),
    maxOutputTokens: expectedOutput(part) * spare,
    check: (answer) => faultOf(answer, part, scope),
    split: () => {
      const parts = halved(part, room);
      return parts && { calls: parts.map((half) => callOf(half, questions)), join: joined };
    },
    // what the grammar found stands anyway
    builtin: () => ({ facts: [], prompts: [] }),
  };
}
