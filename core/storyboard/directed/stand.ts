// Where people stand: as a director says, on the side of the frame they had in the scene.
import type { Standing } from '../direction.ts';
import { watchLine } from '../line.ts';
import type { Blocking, ShotContent } from '../schema.ts';

/** Blocking with what a director says of sides and faces. Who is moved across without a word of their face looks across the frame. */
export function standing(blocking: readonly Blocking[], stands: readonly Standing[] = []): Blocking[] {
  return blocking.map((one) => {
    const wish = stands.find(({ assetId, name }) => (one.assetId === '' ? name === one.name : assetId === one.assetId));
    const side = wish?.side ?? one.side;
    const facing = wish?.facing ?? (side === one.side || one.facing === 'away' ? one.facing : across[side]);
    return { ...one, side, facing };
  });
}

const across = { left: 'right', right: 'left', centre: 'camera' } as const;
const mirrored = { left: 'right', right: 'left', camera: 'camera', away: 'away' } as const;

/** Shots of one scene in which nobody changes side without a neutral or moving shot between (180° rule): who would, stays. */
export function onTheirSides<S extends Pick<ShotContent, 'sceneId' | 'blocking' | 'movement'>>(
  shots: readonly S[],
): S[] {
  const watch = watchLine();
  return shots.map((shot) => {
    const crossing = watch(shot, 'stay');
    if (crossing.length === 0) return shot;
    const blocking = shot.blocking.map((one) =>
      crossing.includes(one)
        ? { ...one, side: one.side === 'left' ? ('right' as const) : ('left' as const), facing: mirrored[one.facing] }
        : one,
    );
    return { ...shot, blocking };
  });
}
