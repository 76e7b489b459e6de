// A frame as a director wants it: their size, angle, movement and people over the engine's own.
import type { Beat } from '../beats/beat.ts';
import { onCamera } from '../beats.ts';
import type { Person } from '../cast.ts';
import type { Direction, Standing } from '../direction.ts';
import { whoActs } from '../framing/action.ts';
import { asksSize } from '../framing/camera.ts';
import { type Frame, merged, type Setting } from '../framing/frame.ts';
import { seenSpeakers } from '../framing/line.ts';
import { pronoun } from '../prompt-faults.ts';
import { isSame } from '../staging.ts';

/** The frame of a beat with what its direction says of it; the engine's own where it says nothing. */
export function directedFrame(own: Frame, beat: Beat, setting: Setting, before: readonly Frame[]): Frame {
  const { direction } = beat;
  if (!direction) return own;
  const people = isOfSomebody(direction, beat)
    ? shown(own, beat, setting, before)
    : once(direction.people!.map((one) => personOf(one, setting)));
  const { away: _, ...rest } = own;
  const frame: Frame = {
    ...rest,
    size: wideEnough(direction.size ?? own.size, before.length === 0, beat, setting),
    angle: direction.angle ?? own.angle,
    movement: direction.movement ?? own.movement,
    purpose: direction.purpose ?? own.purpose,
    people,
  };
  const away = overShoulder(frame, beat, setting);
  return { ...frame, ...(away && { away }), ...(direction.people && { stands: direction.people }) };
}

/**
 * Whether the engine decides who is seen: nothing is said of it; or nobody is wanted where the script tells of a he or she, or where
 * somebody speaks on camera and the shot is of no thing.
 */
function isOfSomebody({ people, purpose, propAssetIds = [] }: Direction, { action, spoken }: Beat): boolean {
  if (people === undefined) return true;
  if (people.length > 0) return false;
  const isOfThing = purpose === 'insert' || propAssetIds.length > 0;
  return pronoun.test(action) || (!isOfThing && spoken.some((part) => onCamera(part.element)));
}

/** A new place is seen wide at first, unless the script asks for something else or the shot says why. */
function wideEnough(
  size: Frame['size'],
  isFirst: boolean,
  { shown: elements, spoken }: Beat,
  setting: Setting,
): Frame['size'] {
  const isTold = elements.length + spoken.length > 0;
  const isAsked = elements.some(({ text }) => asksSize(text));
  if (!isFirst || !setting.fresh || !isTold || isAsked || size === 'ELS') return size;
  return 'LS';
}

/** A shot that holds a line and an action shows who speaks and who acts. */
function shown(own: Frame, beat: Beat, setting: Setting, before: readonly Frame[]): readonly Person[] {
  if (beat.kind !== 'line' || beat.action === '') return own.people;
  return merged(own.people, whoActs(beat, setting, before)).slice(0, 4);
}

const once = (people: readonly Person[]): Person[] =>
  people.filter((one, i) => people.findIndex((other) => isSame(one, other)) === i);

function personOf({ assetId, name, variant }: Standing, { library, sceneId }: Setting): Person {
  const known = library.byId(assetId, sceneId) ?? library.person(name, sceneId);
  return variant !== undefined && library.variantsOf(known.id).includes(variant)
    ? (library.wearing(known.id, variant) ?? known)
    : known;
}

/** Over a shoulder, the one who does not speak is seen from behind. */
function overShoulder(frame: Frame, beat: Beat, setting: Setting): Person | undefined {
  if (frame.angle !== 'over_shoulder' || frame.people.length < 2) return undefined;
  const speakers = seenSpeakers(beat, setting);
  return frame.people.find((one) => !speakers.some((speaker) => isSame(one, speaker)));
}
