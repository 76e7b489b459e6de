// Reading an episode with a model, over what the grammar found.
import { type AiCtx, type Expected, modelsFor, object, type Wording, wordingOf } from '../../ai/index.ts';
import { extract } from '../../ai/prompts/extract.v1.ts';
import type { Extraction } from '../../breakdown/schema.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Scene } from '../../script/schema.ts';
import type { Asking } from '../asking.ts';
import { type Answer, joined } from './answer.ts';
import { callsOf, type Given, type PartCall, scopeOf } from './call.ts';
import type { Scope } from './draft.ts';
import { type Grounds, keepScenes, keptScenes } from './kept.ts';
import { merged } from './merge.ts';
import { readingOf } from './reading.ts';
import { askedScenes, byScene, placed } from './scenes.ts';

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
  const { kept, calls } = opened;
  const known = callsOf(question.asking, question.given, question.wording, [...kept.keys()]);
  return {
    expected: [...calls, ...known.map((one) => ({ ...one, isKnown: true }))],
    value: readFrom(kept, question, opened),
    isWhole: calls.length === 0,
  };
}

type Question = Pick<Grounds, 'models'> & {
  readonly asking: Asking;
  readonly given: Given;
  readonly wording: Wording;
  /** The calls for the episode if nothing of it was ever asked. */
  readonly whole: readonly PartCall[];
};

async function questionOf(ctx: AiCtx, asking: Asking, given: Given): Promise<Question> {
  const [wording, models] = await Promise.all([
    wordingOf(ctx, extract),
    modelsFor(ctx, { use: 'extract', models: asking.models }),
  ]);
  return { asking, given, wording, models, whole: callsOf(asking, given, wording) };
}

type Open = {
  readonly grounds: Grounds;
  readonly scope: Scope;
  /** Scenes to read, in order; what was said of some of them before; and the calls for the others. */
  readonly scenes: readonly Scene[];
  readonly kept: ReadonlyMap<Scene, Answer>;
  readonly calls: readonly PartCall[];
};

async function open(ctx: AiCtx, { asking, given, wording, models, whole }: Question): Promise<Open> {
  const { name = '', version = '' } = whole[0]?.call.prompt ?? {};
  const { biographies } = given.document;
  const grounds: Grounds = { project: asking.project, prompt: { name, version }, models, biographies };
  const scope = scopeOf(given);
  const scenes = askedScenes(scope.sheet);
  const kept = await keptScenes(ctx, grounds, scenes);
  const missing = scenes.filter((scene) => !kept.has(scene));
  return { grounds, scope, scenes, kept, calls: kept.size === 0 ? whole : callsOf(asking, given, wording, missing) };
}

async function read(ctx: AiCtx, question: Question): Promise<ReadEpisode> {
  const opened = await open(ctx, question);
  const { grounds, scope, scenes, kept, calls } = opened;
  // every part is waited for, so that what could be had is stored also where one fails
  const ended = await Promise.allSettled(calls.map(({ call }) => object(ctx, call)));
  const said = ended.map((one) => (one.status === 'fulfilled' ? one.value : undefined));
  const missing = scenes.filter((scene) => !kept.has(scene));
  const fresh = byScene(joined(said.flatMap((one) => one?.value ?? [])), missing, scope.sheet);
  const unsaid = idsOf(calls.filter((_, at) => !said[at] || said[at].because !== undefined));
  await keepScenes(ctx, grounds, new Map([...fresh].filter(([{ id }]) => !unsaid.has(id))));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  const draft = said.find((one) => one?.because)?.because;
  return { value: readFrom(new Map([...fresh, ...kept]), question, opened), draft };
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
