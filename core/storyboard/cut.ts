// What makes a cut work: neighbours that differ enough, sizes in good measure.
import type { ShotContent, ShotSize } from './schema.ts';

export const SIZES: readonly ShotSize[] = ['ECU', 'CU', 'MCU', 'MS', 'MLS', 'LS', 'ELS'];

type Framed = Pick<ShotContent, 'size' | 'angle' | 'blocking' | 'propAssetIds' | 'location'>;

/** What a shot looks at: the people whose faces it shows, else its props, else the place. */
export function subjectOf(shot: Framed): string {
  const faces = shot.blocking.filter((one) => one.facing !== 'away').map((one) => one.assetId || `=${one.name}`);
  if (faces.length > 0) return faces.sort().join('|');
  return shot.propAssetIds.length > 0 ? `#${[...shot.propAssetIds].sort().join('|')}` : `@${shot.location}`;
}

/** A jump cut by proxy of the 30° rule: the same subject, size and angle on both sides of a cut. */
export const isJump = (a: Framed, b: Framed): boolean =>
  a.size === b.size && a.angle === b.angle && subjectOf(a) === subjectOf(b);

/** Sizes one may change to without losing the sense of a shot: faces stay faces, views stay views. */
const near: Readonly<Record<ShotSize, readonly ShotSize[]>> = {
  ECU: ['CU'],
  CU: ['MCU', 'ECU', 'MS'],
  MCU: ['CU', 'MS'],
  MS: ['MCU', 'MLS'],
  MLS: ['MS', 'LS'],
  LS: ['MLS', 'ELS'],
  ELS: ['LS'],
};

/** No size fills more than this share of a scene of five shots or more. */
const MOST = 0.5;

/** Shots of one scene with sizes changed where a cut would jump or one size would rule the scene. */
export function smooth<T extends Framed>(shots: readonly T[]): T[] {
  const out: T[] = [];
  const counts = new Map<ShotSize, number>();
  for (const [i, shot] of shots.entries()) {
    const before = out[i - 1];
    const next = shots[i + 1];
    const fits = (size: ShotSize) => {
      const tried = { ...shot, size };
      return (before === undefined || !isJump(before, tried)) && (next === undefined || !isJump(tried, next));
    };
    const used = counts.get(shot.size) ?? 0;
    const ruling = shots.length >= 5 && used + 1 > shots.length * MOST && i > 0;
    const jumps = before !== undefined && isJump(before, shot);
    const size = jumps || ruling ? near[shot.size].find(fits) : undefined;
    const taken = size === undefined ? shot : { ...shot, size };
    out.push(taken);
    counts.set(taken.size, (counts.get(taken.size) ?? 0) + 1);
  }
  return out;
}
