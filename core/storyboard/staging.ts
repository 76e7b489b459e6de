// Who is in a scene and on which side of the camera line they stand. Sides hold for the whole scene (180° rule).
import type { Scene } from '../script/schema.ts';
import type { Beat } from './beats/beat.ts';
import { onCamera } from './beats.ts';
import type { Lookup, Person } from './cast.ts';
import type { ShotContent } from './schema.ts';

type Blocking = ShotContent['blocking'];
type Side = Blocking[number]['side'];

export type Stage = {
  /** Everybody in the scene, in order of the cast line, then of appearance. */
  readonly present: readonly Person[];
  readonly side: (person: Person) => Side;
  /** Whether a speaker can be shown: they stand in the scene, not only in a thought or on a phone elsewhere. */
  readonly isPresent: (person: Person) => boolean;
};

const same = (a: Person, b: Person): boolean => (a.id === '' ? a.name === b.name : a.id === b.id);
export const isSame = same;

/** The stage of a scene: the two who speak most face each other from left and right, groups and the rest stand between. */
export function stageOf(scene: Scene, beats: readonly Beat[], library: Lookup): Stage {
  const present = gathered(scene, beats, library);
  const weight = new Map<string, number>();
  for (const beat of beats)
    for (const { element } of beat.spoken)
      for (const label of element.speakers ?? []) {
        const who = keyOf(library.person(label, scene.id));
        weight.set(who, (weight.get(who) ?? 0) + 1);
      }
  const leads = [...present]
    .filter((one) => !one.crowd)
    .sort((a, b) => (weight.get(keyOf(b)) ?? 0) - (weight.get(keyOf(a)) ?? 0))
    .slice(0, 2);
  // of the two leads the one named first stands on the left; those who follow take sides in turn
  const sides = new Map<string, Side>();
  let next: Side = 'left';
  for (const one of [...present.filter((p) => leads.some((l) => same(l, p))), ...present]) {
    if (sides.has(keyOf(one))) continue;
    sides.set(keyOf(one), one.crowd ? 'centre' : next);
    if (!one.crowd) next = next === 'left' ? 'right' : 'left';
  }
  const alone = present.filter((one) => !one.crowd).length === 1;
  return {
    present,
    side: (person) => (alone ? 'centre' : (sides.get(keyOf(person)) ?? 'centre')),
    isPresent: (person) => sides.has(keyOf(person)),
  };
}

const keyOf = (person: Person): string => person.id || `=${person.name}`;

function gathered(scene: Scene, beats: readonly Beat[], library: Lookup): Person[] {
  const people: Person[] = [];
  const add = (person: Person) => {
    if (!people.some((one) => same(one, person))) people.push(person);
  };
  for (const label of scene.cast) add(library.person(label, scene.id));
  for (const beat of beats) {
    for (const { it } of beat.people) if (scene.cast.length === 0 || opens(beat, it)) add(it);
    for (const { element } of beat.spoken)
      if (onCamera(element)) for (const label of element.speakers ?? []) add(library.person(label, scene.id));
  }
  return people;
}

/** Named at the start of a sentence or clause: they act here. Named elsewhere they may only be spoken of. */
function opens(beat: Beat, person: Person): boolean {
  const found = beat.people.find(({ it }) => same(it, person));
  return found !== undefined && (found.at === 0 || /[。！？，；,.!?\s]/.test(beat.action[found.at - 1] ?? ''));
}

/** How the people of a shot stand: eyes across the line, or to the camera when alone or in the middle. */
export function blocked(people: readonly Person[], stage: Stage, away?: Person): Blocking {
  return people.map((one) => {
    const side = stage.side(one);
    const across = side === 'left' ? 'right' : side === 'right' ? 'left' : 'camera';
    const facing = away !== undefined && same(away, one) ? 'away' : across;
    return { assetId: one.id, name: one.name, side, facing, variant: one.variant };
  });
}
