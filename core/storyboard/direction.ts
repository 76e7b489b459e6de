// What a director says of the shots of a scene: which words of the script each shows, and as much of the rest as they decide.
import type { Said } from './labels.ts';
import type { Blocking, ShotContent } from './schema.ts';

/** Somebody in the frame: an asset of the library, or, with an id of '', a label of the script that it does not know. */
export type Standing = Pick<Blocking, 'assetId' | 'name'> & Partial<Pick<Blocking, 'side' | 'facing' | 'variant'>>;

/** Fields that are taken as they are said. */
export type Wishes = Partial<
  Pick<
    ShotContent,
    | 'title'
    | 'lens'
    | 'depthOfField'
    | 'rig'
    | 'speed'
    | 'focus'
    | 'colorTemperature'
    | 'duration'
    | 'result'
    | 'soundEffect'
    | 'ambience'
    | 'score'
    | 'emotion'
    | 'atmosphere'
    | 'lighting'
    | 'transition'
    | 'continuity'
    | 'composition'
    | 'acting'
    | 'effects'
    | 'technique'
    | 'narrative'
    | 'rhythm'
    | 'focusShift'
    | 'playback'
    | 'negativePrompt'
  >
>;

/** One shot as it is wanted. What is left open the engine decides as it would by itself. */
export type Direction = Partial<Pick<ShotContent, 'size' | 'angle' | 'movement' | 'purpose'>> & {
  /** Elements of the scene, spoken or seen. None: a picture the script does not tell. */
  readonly elementIds: readonly string[];
  /** Everybody in the frame; absent: whom the engine would show. */
  readonly people?: readonly Standing[];
  /** Things in the frame besides those the shown words name. */
  readonly propAssetIds?: readonly string[];
  readonly wishes?: Wishes;
  /** Words of the prompts: the first frame, what moves, and the last frame where it differs. */
  readonly picture?: Partial<Said>;
  readonly motion?: Partial<Said>;
  readonly ending?: Partial<Said>;
  /** Why there is a picture the script does not tell. */
  readonly unsourced?: string;
};

/** Directions by scene id. A scene without any is the engine's own. */
export type Directions = ReadonlyMap<string, readonly Direction[]>;
