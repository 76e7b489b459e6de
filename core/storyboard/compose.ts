// The built-in engine's storyboard: a scene in, its shots out. The same script and library always give the same shots.
import type { Episode, Scene } from '../script/schema.ts';
import { apartFrom, beatsOf } from './beats.ts';
import { lookup } from './cast.ts';
import { draftOf, viewOf } from './compose/draft.ts';
import { finished } from './compose/finish.ts';
import { type Plan, planOf } from './compose/plan.ts';
import { smooth } from './cut.ts';
import { directedFrame } from './directed/frame.ts';
import { onTheirSides } from './directed/stand.ts';
import { wished } from './directed/wishes.ts';
import type { Directions } from './direction.ts';
import type { Frame, Setting } from './framing/frame.ts';
import { frameOf } from './framing.ts';
import { lightOf } from './light.ts';
import type { StyleOptions } from './prompt.ts';
import type { CastOfScene, ComposedShot } from './schema.ts';
import { stageOf } from './staging.ts';

/**
 * The shots of one scene.
 * @param scene the scene
 * @param neighbours all scenes of its episode, in order: they say whether the place is new and how the scene is entered
 * @param cast the library
 * @param episode number of the episode
 * @param options style of the production
 */
export function composeScene(
  scene: Scene,
  neighbours: readonly Scene[],
  cast: CastOfScene,
  episode: number,
  options: StyleOptions,
): ComposedShot[] {
  return shotsOf(scene, planOf(neighbours, lookup(cast, episode), options));
}

/** The shots of an episode, in order: every spoken element in exactly one shot (or its parts in consecutive ones), every action in at least one. */
export function composeEpisode(episode: Episode, cast: CastOfScene, options: StyleOptions): ComposedShot[] {
  const plan = planOf(episode.scenes, lookup(cast, episode.number), options);
  return episode.scenes.flatMap((scene) => shotsOf(scene, plan));
}

/**
 * The shots of an episode as a director wants them, made whole: what the directions leave out or get wrong is as the engine would have it,
 * and the result meets the same rules. Scenes without directions are the engine's own.
 */
export function composeDirected(
  episode: Episode,
  cast: CastOfScene,
  options: StyleOptions,
  directions: Directions,
): ComposedShot[] {
  const plan = planOf(episode.scenes, lookup(cast, episode.number), options, directions);
  return episode.scenes.flatMap((scene) => shotsOf(scene, plan));
}

function shotsOf(scene: Scene, plan: Plan): ComposedShot[] {
  const beats = plan.beats.get(scene.id) ?? beatsOf(scene, plan.library);
  let lines = 0;
  const setting: Setting = {
    sceneId: scene.id,
    language: plan.options.language,
    exterior: scene.intExt === 'EXT',
    fresh: plan.fresh.has(scene.id),
    stage: stageOf(scene, beats, plan.library),
    library: plan.library,
    beats,
    linesBefore: beats.map((beat) => (beat.kind === 'line' ? lines++ : lines)),
    apartFrom: apartFrom(scene, beats),
  };
  const light = lightOf({ ...scene, time: plan.time.get(scene.id) ?? scene.time });
  const frames: Frame[] = [];
  for (const [i, beat] of beats.entries())
    frames.push(directedFrame(frameOf(i, setting, frames), beat, setting, frames));
  const view = plan.views.has(scene.id) || beats.length === 0;
  const drafts = frames.map((frame, i) => wished(draftOf(i, frame, scene, setting, plan, light), plan));
  const all = smooth(onTheirSides(view ? [viewOf(scene, plan, light), ...drafts] : drafts));
  return finished(all, scene, plan, light);
}
