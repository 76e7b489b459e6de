// The 180° line: within a scene nobody changes the side of the frame without a neutral or a moving shot between.
import type { Blocking, ShotContent } from './schema.ts';

type Watched = Pick<ShotContent, 'sceneId' | 'blocking' | 'movement'>;

const moving = new Set<ShotContent['movement']>(['track', 'follow', 'orbit', 'crane', 'handheld']);

/**
 * Watches shots in order; answers who of a shot crosses the line. `after` says what holds then: they `move` to the other side, or are made
 * to `stay` on their own.
 */
export function watchLine(): (shot: Watched, after: 'move' | 'stay') => Blocking[] {
  let scene = '';
  let sides = new Map<string, string>();
  return ({ sceneId, blocking, movement }, after) => {
    const neutral = blocking.length > 0 && blocking.every((one) => one.side === 'centre');
    if (sceneId !== scene || neutral) sides = new Map();
    scene = sceneId;
    const crossing: Blocking[] = [];
    for (const one of blocking) {
      const who = one.assetId || `=${one.name}`;
      if (one.side === 'centre') continue;
      const crosses = sides.has(who) && sides.get(who) !== one.side && !moving.has(movement);
      if (crosses) crossing.push(one);
      if (!crosses || after === 'move') sides.set(who, one.side);
    }
    return crossing;
  };
}
