// What of an episode is read already, and the calls for the rest of it.
import { type AiCtx, modelsFor, type Wording, wordingOf } from '../../ai/index.ts';
import { extract } from '../../ai/prompts/extract.v1.ts';
import type { Scene } from '../../script/schema.ts';
import type { Asking } from '../asking.ts';
import type { Answer } from './answer.ts';
import { type Begun, begunScene } from './begun.ts';
import { callFor, callsOf, type Given, type PartCall, scopeOf } from './call.ts';
import type { Scope } from './draft.ts';
import { type Grounds, keptScenes, keptStood, stoodOf } from './kept.ts';
import { askedScenes } from './scenes.ts';

export type Question = Pick<Grounds, 'models'> & {
  readonly asking: Asking;
  readonly given: Given;
  readonly wording: Wording;
  /** The calls for the episode if nothing of it was ever asked. */
  readonly whole: readonly PartCall[];
};

export async function questionOf(ctx: AiCtx, asking: Asking, given: Given): Promise<Question> {
  const [wording, models] = await Promise.all([
    wordingOf(ctx, extract),
    modelsFor(ctx, { use: 'extract', models: asking.models }),
  ]);
  return { asking, given, wording, models, whole: callsOf(asking, given, wording) };
}

export type Open = {
  readonly grounds: Grounds;
  readonly scope: Scope;
  /** Scenes to read, in order; what was said of some of them before; and the calls for the others. */
  readonly scenes: readonly Scene[];
  readonly kept: ReadonlyMap<Scene, Answer>;
  /** The one scene of which only some lines are to be read. */
  readonly begun?: Begun | undefined;
  readonly calls: readonly PartCall[];
};

export async function open(ctx: AiCtx, question: Question): Promise<Open> {
  const { asking, given, wording, models, whole } = question;
  const { name = '', version = '' } = whole[0]?.call.prompt ?? {};
  const { biographies } = given.document;
  const grounds: Grounds = { project: asking.project, prompt: { name, version }, models, biographies };
  const scope = scopeOf(given);
  const scenes = askedScenes(scope.sheet);
  const kept = await keptScenes(ctx, grounds, scenes);
  const missing = scenes.filter((scene) => !kept.has(scene));
  const opened = { grounds, scope, scenes, kept };
  if (missing.length === scenes.length && missing.length > 1) return { ...opened, calls: whole };
  // several scenes are cheaper to ask about together
  const begun = missing.length === 1 ? await begunOf(ctx, opened, missing[0]!) : undefined;
  const calls = begun ? [callFor(asking, given, wording, begun.part)] : callsOf(asking, given, wording, missing);
  return { ...opened, begun, calls };
}

async function begunOf(ctx: AiCtx, { grounds, scope }: Pick<Open, 'grounds' | 'scope'>, scene: Scene) {
  const { sheet, episode } = scope;
  const [now] = stoodOf(ctx, grounds, [scene], sheet);
  return now && begunScene(ctx, scene, { now, past: await keptStood(ctx, grounds, episode), sheet });
}
