// Reading an episode with a model, over what the grammar found.
import { type AiCtx, type Expected, object } from '../../ai/index.ts';
import type { Extraction } from '../../breakdown/schema.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Scene } from '../../script/schema.ts';
import type { Asking } from '../asking.ts';
import { type Answer, joined } from './answer.ts';
import { completed } from './begun.ts';
import { callsOf, type Given, type PartCall } from './call.ts';
import { keepScenes, keepStood, stoodOf } from './kept.ts';
import { merged } from './merge.ts';
import { type Open, open, type Question, questionOf } from './open.ts';
import { readingOf } from './reading.ts';
import { byScene, placed } from './scenes.ts';

/** Raised when the same answers are read otherwise. */
const readerVersion = 1;

/** `draft`: why the whole episode or a part of it is what the grammar found alone. */
export type ReadEpisode = { readonly value: Extraction; readonly draft?: Failure | undefined };

/** A reading before anything is asked. */
export type EpisodeReader = {
  /** What the result depends on: prompts with their versions, and the models they would be put to. Plain data. */
  readonly inputs: unknown[];
  /**
   * The extraction as a model completes it; nothing of what was found is lost. Throws what `object` throws: where no model could answer and
   * the tenant takes no drafts, the reason.
   */
  readonly read: () => Promise<ReadEpisode>;
  /** Asks nobody and writes nothing. */
  readonly foresee: () => Promise<Foreseen>;
};

/** What a reading will take, and what is known of its result. */
export type Foreseen = {
  /** The calls, to be priced; those about scenes that were read before are known. */
  readonly expected: readonly Expected[];
  /** What it comes to; of scenes that are still to be asked about what the grammar found. */
  readonly value: Extraction;
  readonly isWhole: boolean;
};

/** The reader of one episode for a task that works with models. */
export async function episodeReader(ctx: AiCtx, asking: Asking, given: Given): Promise<EpisodeReader> {
  const question = await questionOf(ctx, asking, given);
  const prompts = question.whole.map(({ call }) => call.prompt);
  return {
    inputs: [readerVersion, prompts, question.models],
    read: () => read(ctx, question),
    foresee: () => foresee(ctx, question),
  };
}

async function foresee(ctx: AiCtx, question: Question): Promise<Foreseen> {
  const opened = await open(ctx, question);
  const { kept, begun, calls } = opened;
  const known = callsOf(question.asking, question.given, question.wording, [...kept.keys()]);
  return {
    expected: [...calls, ...known.map((one) => ({ ...one, isKnown: true }))],
    value: readFrom(new Map(begun ? [...kept, [begun.scene, begun.rest]] : kept), question, opened),
    isWhole: calls.length === 0,
  };
}

async function read(ctx: AiCtx, question: Question): Promise<ReadEpisode> {
  const opened = await open(ctx, question);
  const { scope, scenes, kept, begun, calls } = opened;
  // every part is waited for, so that what could be had is stored also where one fails
  const ended = await Promise.allSettled(calls.map(({ call }) => object(ctx, call)));
  const said = ended.map((one) => (one.status === 'fulfilled' ? one.value : undefined));
  const missing = scenes.filter((scene) => !kept.has(scene));
  const fresh = byScene(joined(said.flatMap((one) => one?.value ?? [])), missing, scope.sheet);
  if (begun) fresh.set(begun.scene, completed(begun, fresh.get(begun.scene) ?? { facts: [], prompts: [] }));
  const unsaid = idsOf(calls.filter((_, at) => !said[at] || said[at].because !== undefined));
  await keepRead(ctx, opened, new Map([...fresh].filter(([{ id }]) => !unsaid.has(id))));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  const draft = said.find((one) => one?.because)?.because;
  return { value: readFrom(new Map([...fresh, ...kept]), question, opened), draft };
}

/** Keeps what was said of scenes, and how all that were read stand. */
async function keepRead(ctx: AiCtx, { grounds, scope, kept }: Open, fresh: ReadonlyMap<Scene, Answer>): Promise<void> {
  if (fresh.size === 0) return;
  await keepScenes(ctx, grounds, fresh);
  const stood = stoodOf(ctx, grounds, [...kept.keys(), ...fresh.keys()], scope.sheet);
  await keepStood(ctx, grounds, scope.episode, stood);
}

/** What answers come to: scene by scene, so that it is the same whenever and in however many calls it was said. */
function readFrom(
  said: ReadonlyMap<Scene, Answer>,
  { given }: Question,
  { scenes, scope }: Pick<Open, 'scenes' | 'scope'>,
): Extraction {
  const answers = scenes.flatMap((scene) => {
    const answer = said.get(scene);
    return answer ? [placed(answer, scene, scope.sheet)] : [];
  });
  return merged(given.found, readingOf(joined(answers), scope));
}

const idsOf = (calls: readonly PartCall[]): ReadonlySet<string> =>
  new Set(calls.flatMap(({ part }) => part.scenes.map(({ id }) => id)));
