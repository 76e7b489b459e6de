// A scene that is cut between two places, as on a phone: which of them a shot is taken in.
import type { Scene } from '../script/schema.ts';
import { keyOf, type Lookup } from './cast.ts';
import { back, cutsOf, endsOfMark, intercut, ledPlace, montage, pictureOf } from './cuts.ts';
import type { ShotContent } from './schema.ts';

/** Whether a scene is cut between its places; else a slug line with several names one within another: 沈家/客厅. */
const isCut = ({ heading, location, elements }: Scene): boolean =>
  intercut.test(`${heading}\n${location}`) ||
  elements.some(({ voice, kind, text }) => voice === 'PHONE' || (kind === 'shot' && intercut.test(text)));

/** The places of a slug line that names several; the one it names where it is one: 办公室/出租屋（电话交替） is two. */
export function endsOf(location: string): string[] {
  const ends = location
    .replace(/[（(][^（）()]*[）)]/g, '')
    .split(/\s*[/／]\s*/)
    .filter((end) => end !== '');
  return ends.length > 1 ? ends : [location];
}

/** An English place as it is spoken of: in whole, or by its last word: VALE TOWER BOARDROOM, the boardroom. */
const spoken = (place: string): string[] => {
  const low = place.toLowerCase();
  return [low, /[a-z]{4,}$/.exec(low)?.[0] ?? low];
};

/** The one of these places that words speak of, by its name or an end of it that is not another's: 出租屋 of 城中村出租屋. Undefined where it is none, or several. */
function spokenOf(words: string, places: readonly string[]): string | undefined {
  const low = words.toLowerCase();
  const found = places.filter((place) => {
    if (!/\p{Script=Han}/u.test(place)) return spoken(place).some((end) => low.includes(end));
    const others = places.filter((other) => other !== place);
    return [place, place.slice(-4), place.slice(-3), place.slice(-2)].some(
      (end) => end.length > 1 && words.includes(end) && !others.some((other) => other.endsWith(end)),
    );
  });
  return found.length === 1 ? found[0] : undefined;
}

/**
 * Where each person of a scene between several places is: where an action tells of them, else where they were in a scene before, else the
 * first place nobody else is in.
 */
function homesOf(scene: Scene, ends: readonly string[], before: readonly Scene[], library: Lookup) {
  const homes = new Map<string, string>();
  const settle = (who: string, end: string | undefined) => {
    if (end !== undefined && !homes.has(who)) homes.set(who, end);
  };
  for (const { kind, text } of scene.elements)
    if (kind === 'action') for (const [who, end] of toldIn(text, ends, scene, library)) settle(who, end);
  for (const one of before.toReversed())
    if (ends.includes(one.location))
      for (const label of one.cast) settle(keyOf(library.person(label, one.id)), one.location);
  for (const label of scene.cast)
    settle(
      keyOf(library.person(label, scene.id)),
      ends.find((end) => ![...homes.values()].includes(end)),
    );
  return homes;
}

/** Who an action puts where, clause by clause: the first of a clause and who is with them, at the place it names or the bare one before it. Whom they call is elsewhere. */
function toldIn(text: string, ends: readonly string[], scene: Scene, library: Lookup): [who: string, end: string][] {
  const told: [string, string][] = [];
  let at: string | undefined;
  for (const clause of text.split(/[，,；;。.！!？?\n]/)) {
    const people = library.peopleIn(clause, scene.id).toSorted((a, b) => a.at - b.at);
    const end = spokenOf(clause, ends) ?? at;
    const apart = people.findIndex((one, i) => {
      const last = people[i - 1];
      return last !== undefined && !/^\s*(?:和|与|跟|同|、|and)\s*$/.test(clause.slice(last.at + last.length, one.at));
    });
    if (end !== undefined)
      for (const { it } of apart < 0 ? people : people.slice(0, apart)) told.push([keyOf(it), end]);
    at = people.length === 0 ? end : undefined;
  }
  return told;
}

/**
 * Tells the place a shot of a scene is taken in: of several the one where its first person is; without people the one its action speaks of. All of
 * them where none is sure. Of a montage the place its words begin with.
 * @param sceneId the scene, looked through once for all of its shots
 * @param scenes the scenes of the episode in order
 */
export function placing(sceneId: string, scenes: readonly Scene[], library: Lookup): (shot: ShotContent) => string {
  const at = scenes.findIndex(({ id }) => id === sceneId);
  const scene = scenes[at];
  if (scene === undefined) return ({ location }) => location;
  const own = endsOf(scene.location);
  const marks = cutsOf(scene);
  const recalled = new Set(scene.elements.filter((one) => pictureOf(one) !== '').map(({ id }) => id));
  const isMontage = montage.test(`${scene.heading}\n${scene.location}`);
  const isSlugCut = own.length > 1 && isCut(scene);
  if (!isSlugCut && !isMontage && marks.length + recalled.size === 0) return ({ location }) => location;
  const order = new Map(scene.elements.map(({ id }, i) => [id, i]));
  const markAt = (shot: ShotContent): Scene['elements'][number] | undefined => {
    const last = Math.max(
      -1,
      ...[...shot.elementIds, ...shot.lines.map((line) => line.elementId)].map((id) => order.get(id) ?? -1),
    );
    return marks.findLast(({ id }) => order.get(id)! <= last);
  };
  const isPerson = (words: string) => isNamed(words, scene, library);
  const named =
    marks.map(({ text }) => endsOfMark(text, scene.location, isPerson)).find((ends) => ends.length > 0) ?? [];
  const ends = isSlugCut ? own : named;
  const homes = isSlugCut
    ? homesOf(scene, ends, scenes.slice(0, at), library)
    : cutHomesOf(scene, ends, marks, library);
  return (shot) => {
    const { location, blocking, action } = shot;
    const [first] = blocking;
    if (location !== scene.location) return location;
    const mark = markAt(shot)?.text ?? '';
    const isRecalled = shot.elementIds.some((id) => recalled.has(id));
    const isOfMany = isRecalled || ((isMontage || montage.test(mark)) && !back.test(mark));
    const led = isOfMany ? ledPlace(action, isPerson) : undefined;
    if (led !== undefined) return led;
    if (!isSlugCut && (back.test(mark) || !intercut.test(mark))) return location;
    return (first ? homes.get(first.assetId || `=${first.name}`) : spokenOf(action, ends)) ?? location;
  };
}

/** Whether words are somebody's name and nothing else. */
const isNamed = (words: string, scene: Scene, library: Lookup): boolean =>
  library.peopleIn(words, scene.id).some(({ at, length }) => at === 0 && length === words.length);

/** Where each person of a scene cut with another place is: at its own if they are told of before the cut, else where an action puts them, else at the other. */
function cutHomesOf(
  scene: Scene,
  ends: readonly string[],
  [mark]: readonly Scene['elements'][number][],
  library: Lookup,
) {
  const homes = new Map<string, string>();
  const [here, there] = ends;
  if (here === undefined || there === undefined || mark === undefined) return homes;
  const settle = (who: string, end: string) => {
    if (!homes.has(who)) homes.set(who, end);
  };
  let isBefore = true;
  const later: string[] = [];
  for (const element of scene.elements) {
    if (element.id === mark.id) isBefore = false;
    const { kind, text, speakers = [] } = element;
    const said = kind === 'dialogue' ? speakers.map((label) => keyOf(library.person(label, scene.id))) : [];
    const told = kind === 'action' ? library.peopleIn(text, scene.id).map(({ it }) => keyOf(it)) : [];
    if (!isBefore && kind === 'action') for (const [who, end] of toldIn(text, ends, scene, library)) settle(who, end);
    for (const who of [...said, ...told])
      if (isBefore) settle(who, here);
      else later.push(who);
  }
  for (const who of later) settle(who, there);
  return homes;
}

/** The same for shots of any scene of an episode. */
export function placingOf(scenes: readonly Scene[], library: Lookup): (shot: ShotContent) => string {
  const known = new Map<string, (shot: ShotContent) => string>();
  return (shot) => {
    const placeOf = known.get(shot.sceneId) ?? placing(shot.sceneId, scenes, library);
    known.set(shot.sceneId, placeOf);
    return placeOf(shot);
  };
}
