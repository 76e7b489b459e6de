// What a frame is, and what framing a beat depends on besides the beat.
import type { Beat } from '../beats/beat.ts';
import type { Lookup, Person } from '../cast.ts';
import type { Standing } from '../direction.ts';
import type { CameraAngle, Movement, ShotContent, ShotSize } from '../schema.ts';
import { isSame, type Stage } from '../staging.ts';

export type Frame = {
  readonly size: ShotSize;
  readonly angle: CameraAngle;
  readonly movement: Movement;
  readonly purpose: ShotContent['purpose'];
  readonly people: readonly Person[];
  /** Seen from behind, over the shoulder. */
  readonly away?: Person;
  /** Where a director wants them to stand. */
  readonly stands?: readonly Standing[];
};

export type Setting = {
  readonly sceneId: string;
  readonly language: 'zh' | 'en';
  readonly exterior: boolean;
  /** The place has not been seen in this episode. */
  readonly fresh: boolean;
  readonly stage: Stage;
  readonly library: Lookup;
  readonly beats: readonly Beat[];
  /** Lines in the scene before each beat; the scene's own, so that what is written or cut in others leaves its shots as they are. */
  readonly linesBefore: readonly number[];
  /** The beat from which on people are in two places and share no frame; beyond the last where they are in one. */
  readonly apartFrom: number;
};

/** A frame of nobody, to be filled. */
export const bare = (
  size: ShotSize,
  movement: Movement,
  purpose: Frame['purpose'],
  angle: CameraAngle = 'eye_level',
): Frame => ({
  size,
  angle,
  movement,
  purpose,
  people: [],
});

/** People of both lists, each once. */
export function merged(first: readonly Person[], rest: readonly Person[]): Person[] {
  return [...first, ...rest.filter((one) => !first.some((known) => isSame(one, known)))];
}
