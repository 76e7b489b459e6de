// The storyboard of an episode with a model: directed where it was answered, the engine's own where not, whole in any case.
import { type AiCtx, type Expected, modelsFor, wordingOf } from '../../ai/index.ts';
import { storyboard } from '../../ai/prompts/storyboard.v1.ts';
import { Failure } from '../../platform/failure.ts';
import { type ComposedShot, composeDirected, type Direction, repair } from '../../storyboard/index.ts';
import type { Asking } from '../asking.ts';
import { askMissing, recalledScenes, type Scenes } from './ask.ts';
import { completed } from './begun.ts';
import { callOf, expectedOutput, type Questions, wordedFor } from './call.ts';
import { directedBy } from './direct.ts';
import { partsOf } from './parts.ts';
import { type Given, scopeOf } from './scope.ts';
import type { SceneAnswer } from './share.ts';

/** Raised when the same answers become other shots. */
const readerVersion = 1;

/** Shots of an episode. `mended`: points of the answers that did not agree with the script or the library and were put right. */
export type Board = { readonly shots: readonly ComposedShot[]; readonly mended: number };

/** `draft`: why some scenes have the engine's own shots. */
export type ReadBoard = { readonly value: Board; readonly draft?: Failure | undefined };

/** A reading before anything is asked. */
export type BoardReader = {
  /** What the result depends on besides what is given: the prompt with its version, and the models it would be put to. Plain data. */
  readonly inputs: unknown[];
  /**
   * The shots as a model directs them. Asks about the scenes that nobody was asked about; throws what `object` throws: where no model could
   * answer and the tenant takes no drafts, the reason.
   */
  readonly read: () => Promise<ReadBoard>;
  /** The calls, to be priced; scenes that were answered about are known. Asks nobody and writes nothing. */
  readonly expected: () => Promise<Expected[]>;
};

/** The reader of one episode, or of one scene of it, for a task that works with models. */
export async function boardReader(ctx: AiCtx, asking: Asking, given: Given): Promise<BoardReader> {
  const [questions, models] = await Promise.all([
    questionsOf(ctx, asking, given),
    modelsFor(ctx, { use: 'storyboard', models: asking.models }),
  ]);
  return {
    inputs: [readerVersion, wordedFor(questions, '', ''), models, given.only],
    read: async () => {
      const scenes = await recalledScenes(ctx, questions, models);
      const because = await askMissing(ctx, questions, models, scenes);
      return { value: boardOf(questions, scenes), draft: because ?? undirected(questions, scenes) };
    },
    expected: async () => expectedCalls(questions, await recalledScenes(ctx, questions, models)),
  };
}

async function questionsOf(ctx: AiCtx, asking: Asking, given: Given): Promise<Questions> {
  return { asking, scope: scopeOf(given), wording: await wordingOf(ctx, storyboard) };
}

/** Scenes about which was asked in vain. */
function undirected({ scope }: Questions, { missing, answers }: Scenes): Failure | undefined {
  const scenes = [...missing].flatMap((id) => (answers.has(id) ? [] : (scope.scenes.get(id)?.scene.number ?? [])));
  return scenes.length > 0 ? new Failure('SCENES_DRAFTED', { scenes: scenes.join('、') }) : undefined;
}

/** The board that answers make. Of a scene whose changed lines nobody answered about, the other lines keep their shots. */
export function boardOf(
  { scope }: Pick<Questions, 'scope'>,
  { answers, begun }: Pick<Scenes, 'answers'> & Partial<Pick<Scenes, 'begun'>>,
): Board {
  const { episode, cast, style } = scope.given;
  const directed = ([id, answer]: readonly [string, SceneAnswer]) =>
    [id, directedBy(answer, scope.scenes.get(id)!, scope)] as const;
  const whole = [...answers].map(directed);
  const rests = [...(begun ?? [])].map(([id, one]) => directed([id, completed(one, { shots: [], leftOut: 0 })]));
  const directions = new Map<string, readonly Direction[]>(
    [...rests, ...whole].map(([id, one]) => [id, one.directions]),
  );
  return {
    shots: repair(episode, composeDirected(episode, cast, style, directions), cast, style),
    mended: whole.reduce((sum, [, { mended }]) => sum + mended, 0),
  };
}

function expectedCalls(questions: Questions, { missing, answers, begun }: Scenes): Expected[] {
  const { scope } = questions;
  const { only } = scope.given;
  const callsOf = (isWanted: (id: string) => boolean): Expected[] =>
    partsOf(scope, isWanted, begun).map((part) => ({
      call: callOf(part, questions),
      output: expectedOutput(part, scope),
    }));
  const isKnown = (id: string): boolean => answers.has(id) && (only === undefined || only === id);
  return [...callsOf((id) => missing.has(id)), ...callsOf(isKnown).map((one) => ({ ...one, isKnown: true }))];
}
