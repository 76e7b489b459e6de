// What there is a picture of, and which. Pure.
import type { AssetKind } from '../../breakdown/schema.ts';
import type { ShotContent } from '../../storyboard/schema.ts';

/** What of a shot is wanted: its first frame, its last one, the clip. */
export const targets = ['start', 'end', 'video'] as const;
export type Target = (typeof targets)[number];

/** The targets that a shot has: a still one ends as it begins. */
export function targetsIn({ movement, endFrame }: ShotContent, wanted: readonly Target[]): Target[] {
  const moves = movement !== 'static' || endFrame.zh !== '' || endFrame.en !== '';
  return wanted.filter((target) => target !== 'end' || moves);
}

/** Of what is heard there is no picture. */
export const isPictured = ({ kind }: { readonly kind: AssetKind }): boolean => kind !== 'sound';
