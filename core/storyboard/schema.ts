// What a shot is. A superset of the fields of the tools clients come from, where a field means something without a model.
import * as z from 'zod';

export * from './unanchored-schema.ts';

export const ShotSize = z.enum(['ECU', 'CU', 'MCU', 'MS', 'MLS', 'LS', 'ELS']);
export type ShotSize = z.infer<typeof ShotSize>;

export const CameraAngle = z.enum(['eye_level', 'high', 'low', 'overhead', 'dutch', 'over_shoulder', 'pov']);
export type CameraAngle = z.infer<typeof CameraAngle>;

export const Movement = z.enum([
  'static',
  'pan',
  'tilt',
  'push_in',
  'pull_out',
  'track',
  'follow',
  'crane',
  'handheld',
  'orbit',
]);
export type Movement = z.infer<typeof Movement>;

export const ShotTransition = z.enum([
  'cut',
  'dissolve',
  'fade_in',
  'fade_out',
  'smash_cut',
  'match_cut',
  'flashback_in',
  'flashback_out',
  'black',
]);
export type ShotTransition = z.infer<typeof ShotTransition>;

/** One dialogue element, or a part of one where a line is too long for a shot; parts joined give the element's text. */
export const ShotLine = z.object({
  elementId: z.string(),
  /** 1-based part and how many parts the element was cut into: 1/1 when whole. */
  part: z.int().min(1),
  parts: z.int().min(1),
  speakers: z.array(z.string()), // as labelled in the script
  speakerAssetIds: z.array(z.string()),
  text: z.string(),
  voice: z.enum(['ON', 'OS', 'VO', 'PHONE']),
  paren: z.string(),
  onScreen: z.boolean(), // the speaker is seen in this shot
  /** Name of the person it is said to; '' for nobody in particular. */
  to: z.string().default(''),
});
export type ShotLine = z.infer<typeof ShotLine>;

/** Where a person stands in the frame. Sides persist within a scene (180° rule). */
export const Blocking = z.object({
  assetId: z.string(),
  name: z.string(),
  side: z.enum(['left', 'centre', 'right']),
  facing: z.enum(['left', 'right', 'camera', 'away']),
  variant: z.string(), // costume or state in this scene; '' where none is known
});
export type Blocking = z.infer<typeof Blocking>;

/** The creative content of a shot: everything but identity, order, lock and row bookkeeping. */
export const ShotContent = z.object({
  sceneId: z.string(),
  sceneNumber: z.string(),
  title: z.string(),
  size: ShotSize,
  angle: CameraAngle,
  movement: Movement,
  lens: z.string(), // '35mm'
  depthOfField: z.enum(['deep', 'medium', 'shallow']),
  rig: z.enum(['tripod', 'slider', 'dolly', 'gimbal', 'crane', 'handheld']).default('tripod'),
  /** How fast the camera moves. */
  speed: z.enum(['slow', 'normal', 'fast']).default('normal'),
  /** Number of the camera set-up in its scene: shots of one set-up are taken together. 0 where none is planned. */
  setup: z.int().default(0),
  /** Label of the stretch of the scene, 15 seconds at most, that may be made as one clip: 1-1/2. */
  track: z.string().default(''),
  /** What the eye is led to. */
  focus: z.string().default(''),
  colorTemperature: z.string().default(''), // '5600K'
  /** Seconds, one decimal. */
  duration: z.number().positive().max(15),
  locationAssetId: z.string(),
  location: z.string(),
  intExt: z.enum(['INT', 'EXT', 'INT_EXT', 'UNKNOWN']),
  time: z.enum(['DAY', 'NIGHT', 'DAWN', 'DUSK', 'SAME', 'UNKNOWN']),
  /** Ids of all non-dialogue elements this shot shows (action, caption, sound, transition, flashback …), in order. */
  elementIds: z.array(z.string()),
  /** Dialogue and lyric lines, in order. */
  lines: z.array(ShotLine),
  action: z.string(), // what is seen, in the script's words
  result: z.string(), // the state after the shot
  caption: z.string(), // text on screen
  soundEffect: z.string(),
  ambience: z.string().default(''), // what the place sounds like
  music: z.string(), // what is sung
  score: z.string().default(''), // the music the moment asks for
  emotion: z.string(),
  atmosphere: z.string(),
  lighting: z.string(),
  purpose: z.enum(['establishing', 'dialogue', 'reaction', 'action', 'insert', 'transition', 'caption', 'montage']),
  blocking: z.array(Blocking),
  propAssetIds: z.array(z.string()),
  transition: ShotTransition, // into this shot
  continuity: z.array(z.string()), // what persists from before: "谢灯儿：手持小灯"
  imagePrompt: z.object({ zh: z.string(), en: z.string() }),
  videoPrompt: z.object({ zh: z.string(), en: z.string() }),
  /** Prompt of the last frame where the camera moves; empty where first and last frame are alike. */
  endFrame: z.object({ zh: z.string(), en: z.string() }).default({ zh: '', en: '' }),
  /** Whether the shot has no span in the script (an establishing shot, a reaction), and why it is there. */
  unsourced: z.string(),
  // What only a model or a person says; absent where nobody has.
  /** How the picture is laid out and where the camera stands. */
  composition: z.string().optional(),
  /** How it is played: posture, look, timing. */
  acting: z.string().optional(),
  /** What is added to the picture: weather, particles, visual effects. */
  effects: z.string().optional(),
  /** Special technique of the camera: double exposure, long take. */
  technique: z.string().optional(),
  /** What the shot does for the story: hook, turn, release. */
  narrative: z.string().optional(),
  rhythm: z.string().optional(),
  /** Where the focus goes during the shot. */
  focusShift: z.string().optional(),
  /** Speed of playback, 1 being life. */
  playback: z.number().min(0.1).max(8).optional(),
  /** What must not be in the picture. */
  negativePrompt: z.string().optional(),
});
export type ShotContent = z.infer<typeof ShotContent>;

/** A shot as composed: content plus a key stable for the same source and place, so that a re-run finds it again. */
export const ComposedShot = ShotContent.extend({ key: z.string() });
export type ComposedShot = z.infer<typeof ComposedShot>;

/** A shot as the checks see it, from any engine; issues name it by id, else by key, else by its place in the list. */
export type CheckedShot = ShotContent & { readonly id?: string; readonly key?: string };

/** What the storyboard needs to know of the library: resolves a form in a scene to an asset. */
export const CastOfScene = z.object({
  characters: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      forms: z.array(z.string()),
      gender: z.string(),
      look: z.string(),
      variants: z.array(z.object({ name: z.string(), description: z.string(), episodes: z.array(z.int()) })),
    }),
  ),
  locations: z.array(z.object({ id: z.string(), name: z.string(), forms: z.array(z.string()) })),
  props: z.array(z.object({ id: z.string(), name: z.string(), forms: z.array(z.string()) })),
  extras: z.array(z.object({ id: z.string(), name: z.string(), forms: z.array(z.string()) })),
  /** form → scene id → asset id, for forms that mean different people in different scenes. */
  ambiguous: z.record(z.string(), z.record(z.string(), z.string())),
});
export type CastOfScene = z.infer<typeof CastOfScene>;
