// A storyboard from any engine made whole by mechanical means: no line missing, doubled, altered or out of order when it leaves.
import type { Episode } from '../script/schema.ts';
import { lookup } from './cast.ts';
import { composeEpisode } from './compose.ts';
import { scriptOf } from './coverage/script.ts';
import { placingOf } from './ends.ts';
import { renumbered } from './parts.ts';
import type { StyleOptions } from './prompt.ts';
import { claims } from './repair/claims.ts';
import { cleaned } from './repair/clean.ts';
import { fitted, timed } from './repair/fit.ts';
import { gaps } from './repair/gaps.ts';
import { toldAgain } from './repair/told.ts';
import type { CastOfScene, CheckedShot, ComposedShot } from './schema.ts';
import { cutTo, runsOf, type Unit } from './units.ts';

/**
 * Shots of an episode with every fault of coverage mended: unknown references dropped, lines restored word for word and said once,
 * missing ones inserted as the built-in engine would, order and lengths put right. A storyboard without faults comes back as it is.
 * @param episode the script
 * @param shots a storyboard by any engine
 * @param cast the library
 * @param options style, for what must be inserted
 */
export function repair(
  episode: Episode,
  shots: readonly CheckedShot[],
  cast: CastOfScene,
  options: StyleOptions,
): ComposedShot[] {
  const script = scriptOf(episode);
  const library = lookup(cast, episode.number);
  const keyed = withKeys(shots.map((shot) => cleaned(shot, script, library)));
  const units = claims(script, keyed);
  const composed = composeEpisode(episode, cast, options);
  const filled = gaps(script, keyed, units, composed);
  const placeOf = placingOf(episode.scenes, library);
  const whole = shotsOf(runsOf(filled).flatMap(fitted), [...keyed, ...composed]).map((shot) =>
    toldAgain(timed(shot), script, options, placeOf(shot)),
  );
  const counted = renumbered(whole, new Set(script.places.keys()));
  return withKeys(whole.map((shot, i) => ({ ...shot, ...counted[i]! })));
}

/** The shot of each run: its owner, cut to the run. The words of an action stay with the first of its elements. */
function shotsOf(runs: readonly Unit[][], owners: readonly ComposedShot[]): ComposedShot[] {
  const cut = new Map<number, number>();
  const acted = new Set<number>();
  return runs.map((run) => {
    const { owner } = run[0]!;
    const shot = owners[owner]!;
    const n = (cut.get(owner) ?? 0) + 1;
    cut.set(owner, n);
    const acts =
      !acted.has(owner) && (shot.elementIds.length === 0 || run.some((unit) => unit.elementId !== undefined));
    if (acts) acted.add(owner);
    const part = cutTo(shot, run, acts);
    return n === 1 ? part : { ...part, key: `${shot.key}~${n}`, transition: 'cut' };
  });
}

/** Every shot with a key of its own. */
function withKeys(shots: readonly CheckedShot[]): ComposedShot[] {
  const used = new Set<string>();
  return shots.map(({ id: _id, ...shot }, i) => {
    const base = shot.key || `${shot.sceneId}:${i + 1}`;
    let key = base;
    for (let n = 2; used.has(key); n++) key = `${base}#${n}`;
    used.add(key);
    return { ...shot, key };
  });
}
