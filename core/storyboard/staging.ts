// Who is in a scene and on which side of the camera line they stand. Sides hold for the whole scene (180° rule).
import type { Scene } from '../script/schema.ts';
import type { Beat } from './beats/beat.ts';
import { onCamera } from './beats.ts';
import { keyOf, type Lookup, type Person } from './cast.ts';
import type { ShotContent } from './schema.ts';
import { beyond, comesIn } from './screens.ts';

type Blocking = ShotContent['blocking'];
type Side = Blocking[number]['side'];

export type Stage = {
  /** Everybody in the scene, in order of the cast line, then of appearance. */
  readonly present: readonly Person[];
  readonly side: (person: Person) => Side;
  /** Whether a speaker can be shown: they stand in the scene, not only in a thought, on a screen or on a phone elsewhere. */
  readonly isPresent: (person: Person) => boolean;
  /** Those of the scene who are there at a beat: not who comes in later. */
  readonly here: (beat: number) => readonly Person[];
};

const same = (a: Person, b: Person): boolean => (a.id === '' ? a.name === b.name : a.id === b.id);
export const isSame = same;

/** The stage of a scene: the two who speak most face each other from left and right, groups and the rest stand between. */
export function stageOf(scene: Scene, beats: readonly Beat[], library: Lookup): Stage {
  const present = gathered(scene, beats, library);
  const entries = entriesOf(scene, beats, library);
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
  // of the two leads the one named first stands on the left; those who follow stand across from whom they have most to do with, else in turn
  const sides = new Map<string, Side>();
  const ties = tiesOf(scene, beats, library);
  let next: 'left' | 'right' = 'left';
  for (const one of [...present.filter((p) => leads.some((l) => same(l, p))), ...present]) {
    if (sides.has(keyOf(one))) continue;
    const isLead = leads.some((lead) => same(lead, one));
    sides.set(keyOf(one), one.crowd ? 'centre' : isLead ? next : (across(one, sides, ties) ?? next));
    if (!one.crowd) next = sides.get(keyOf(one)) === 'left' ? 'right' : 'left';
  }
  const alone = present.filter((one) => !one.crowd).length === 1;
  return {
    present,
    side: (person) => (alone ? 'centre' : (sides.get(keyOf(person)) ?? 'centre')),
    isPresent: (person) => sides.has(keyOf(person)),
    here: (beat) => present.filter((one) => (entries.get(keyOf(one)) ?? 0) <= beat),
  };
}

/** At which beat those come in who are told of for the first time as they do. */
function entriesOf(scene: Scene, beats: readonly Beat[], library: Lookup): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const [i, { people, spoken, action }] of beats.entries()) {
    // whose name is cried is not there for that: 众人高喊：江野！
    for (const { it, at } of people)
      if (!first.has(keyOf(it)) && !/[：:“"「][^。”"」]*$/.test(action.slice(0, at)))
        first.set(keyOf(it), comesIn.test(/^[^。！？.!?]*/.exec(action.slice(at))![0]) ? i : 0);
    for (const { element } of spoken)
      for (const label of element.speakers ?? []) {
        const who = keyOf(library.person(label, scene.id));
        if (!first.has(who)) first.set(who, 0);
      }
  }
  return first;
}

type Ties = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** How often two people answer one another or act in one picture; who speaks after an action may speak to anybody. */
function tiesOf(scene: Scene, beats: readonly Beat[], library: Lookup): Ties {
  const ties = new Map<string, Map<string, number>>();
  const add = (a: string, b: string, weight: number) => {
    if (a === b) return;
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const mine = ties.get(one) ?? new Map<string, number>();
      ties.set(one, mine.set(other, (mine.get(other) ?? 0) + weight));
    }
  };
  let last = '';
  let answers = false;
  for (const { spoken, people } of beats) {
    const acting = people.slice(0, 4).map(({ it }) => keyOf(it));
    for (const [i, one] of acting.entries()) for (const other of acting.slice(i + 1)) add(one, other, 2);
    for (const { element } of spoken) {
      const [label] = element.speakers ?? [];
      if (label === undefined || !onCamera(element)) continue;
      const who = keyOf(library.person(label, scene.id));
      if (last !== '') add(last, who, answers ? 2 : 1);
      [last, answers] = [who, true];
    }
    if (spoken.length === 0) answers = false;
  }
  return ties;
}

/** The side across from whom somebody has most to do with; undefined where it is all one. */
function across(one: Person, sides: ReadonlyMap<string, Side>, ties: Ties): 'left' | 'right' | undefined {
  const against = { left: 0, centre: 0, right: 0 };
  for (const [other, weight] of ties.get(keyOf(one)) ?? []) against[sides.get(other) ?? 'centre'] += weight;
  return against.left === against.right ? undefined : against.left > against.right ? 'right' : 'left';
}

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
  const isBeyond = beyond(scene, library);
  return people.filter((one) => !isBeyond(one));
}

/** Named at the start of a sentence or clause: they act here. Named elsewhere they may only be spoken of. */
function opens(beat: Beat, person: Person): boolean {
  const found = beat.people.find(({ it }) => same(it, person));
  return found !== undefined && (found.at === 0 || /[。！？，；,.!?\s]/.test(beat.action[found.at - 1] ?? ''));
}

/** How the people of a shot stand: eyes across the line, or to the camera when alone or in the middle. */
export function blocked(people: readonly Person[], stage: Stage, away?: Person): Blocking {
  const [first, second] = people.map(stage.side);
  // two of one side who have the frame to themselves turn to each other
  const isPair = people.length === 2 && first === second && first !== 'centre';
  return people.map((one, i) => {
    const side = stage.side(one);
    const across = side === 'left' ? 'right' : side === 'right' ? 'left' : 'camera';
    const facing = away !== undefined && same(away, one) ? 'away' : !isPair ? across : i === 0 ? 'right' : 'left';
    return { assetId: one.id, name: one.name, side, facing, variant: one.variant };
  });
}
