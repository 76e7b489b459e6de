// Is every line of the script in the storyboard, once, in order, word for word? And does it cut? Computed from script and shots alone.
import type { Episode } from '../script/schema.ts';
import { lookup } from './cast.ts';
import type { Coverage } from './coverage/report.ts';
import { type Script, scriptOf } from './coverage/script.ts';
import { durationCheck, referenceCheck } from './coverage/shot.ts';
import { actionCheck, dialogueCheck, orderCheck, sceneCheck } from './coverage/source.ts';
import { isJump, SIZES } from './cut.ts';
import { watchLine } from './line.ts';
import type { CastOfScene, CheckedShot } from './schema.ts';

/**
 * The coverage report of an episode.
 * @param episode the parsed script
 * @param shots the storyboard in order
 * @param cast the library its references must exist in
 */
export function coverage(episode: Episode, shots: readonly CheckedShot[], cast: CastOfScene): Coverage {
  const script: Script = scriptOf(episode);
  const library = lookup(cast, episode.number);
  const dialogue = dialogueCheck(script, shots);
  const action = actionCheck(script, shots);
  const order = orderCheck(script, shots);
  const scenes = sceneCheck(script, shots);
  const references = referenceCheck(script, shots, library);
  const duration = durationCheck(shots);
  const unsourced = shots.filter((shot) => shot.elementIds.length === 0 && shot.lines.length === 0).length;
  const { missing, twice, altered } = dialogue.counts;
  return {
    dialogue: dialogue.counts,
    action: action.counts,
    order: order.counts,
    references: references.counts,
    scenes: scenes.counts,
    duration: duration.counts,
    sizes: sizesOf(shots),
    unsourced: { shots: unsourced, ratio: share(unsourced, shots.length) },
    jumpCuts: jumpsOf(shots),
    lineCrossings: crossingsOf(shots),
    speakerVisible: visibleOf(shots),
    complete: missing === 0 && twice === 0 && altered === 0 && order.counts.backwards === 0,
    issues: [dialogue, action, order, scenes, references, duration].flatMap((check) => check.issues),
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Normalised entropy over the seven sizes, and the size most used. */
function sizesOf(shots: readonly CheckedShot[]): Coverage['sizes'] {
  const counts = Object.fromEntries(SIZES.map((size) => [size, shots.filter((shot) => shot.size === size).length]));
  const shares = SIZES.map((size) => share(counts[size] ?? 0, shots.length)).filter((p) => p > 0);
  const entropy = shares.reduce((sum, p) => sum - p * Math.log(p), 0) / Math.log(SIZES.length);
  const mostUsed = SIZES.reduce((a, b) => ((counts[b] ?? 0) > (counts[a] ?? 0) ? b : a));
  return {
    entropy,
    mostUsed: shots.length === 0 ? '' : mostUsed,
    mostShare: share(counts[mostUsed] ?? 0, shots.length),
    counts,
  };
}

/** Cuts inside a scene, and how many of them jump (30° rule, by proxy). */
function jumpsOf(shots: readonly CheckedShot[]): Coverage['jumpCuts'] {
  const cuts = shots
    .slice(1)
    .map((shot, i) => [shots[i]!, shot] as const)
    .filter(([a, b]) => a.sceneId === b.sceneId);
  const jumps = cuts.filter(([a, b]) => isJump(a, b)).length;
  return { cuts: cuts.length, jumps, ratio: share(jumps, cuts.length) };
}

/** Times a person changes screen side within a scene without a moving or neutral shot between (180° rule). */
function crossingsOf(shots: readonly CheckedShot[]): number {
  const watch = watchLine();
  return shots.reduce((crossings, shot) => crossings + watch(shot, 'move').length, 0);
}

/** Share of lines said on camera whose speaker is in the picture; the rest are reaction shots. 1 when nobody speaks on camera. */
function visibleOf(shots: readonly CheckedShot[]): number {
  const lines = shots.flatMap((shot) => shot.lines).filter((line) => line.voice === 'ON');
  return lines.length === 0 ? 1 : share(lines.filter((line) => line.onScreen).length, lines.length);
}
