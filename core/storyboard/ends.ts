// A scene that is cut between two places, as on a phone: which of them a shot is taken in.
import type { Scene } from '../script/schema.ts';
import type { Lookup } from './cast.ts';
import type { ShotContent } from './schema.ts';

/** Words that say that pictures go to and fro between two places. */
export const intercut =
  /电话(?:交替|交叉|切换|两头|两端)|通话(?:交替|交叉)|交替(?:进行|剪辑)|交叉(?:剪辑|蒙太奇)|平行(?:剪辑|蒙太奇)|双画面|分屏|\bintercut/i;

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

/** The one of these places that words speak of, by its name or an end of it that is not another's: 出租屋 of 城中村出租屋. Undefined where it is none, or several. */
function spokenOf(words: string, places: readonly string[]): string | undefined {
  const low = words.toLowerCase();
  const found = places.filter((place) => {
    if (!/\p{Script=Han}/u.test(place)) return low.includes(place.toLowerCase());
    const others = places.filter((other) => other !== place);
    return [place, place.slice(-4), place.slice(-3), place.slice(-2)].some(
      (end) => end.length > 1 && words.includes(end) && !others.some((other) => other.endsWith(end)),
    );
  });
  return found.length === 1 ? found[0] : undefined;
}

const keyOf = ({ id, name }: { readonly id: string; readonly name: string }): string => id || `=${name}`;

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
 * them where none is sure.
 * @param sceneId the scene, looked through once for all of its shots
 * @param scenes the scenes of the episode in order
 */
export function placing(sceneId: string, scenes: readonly Scene[], library: Lookup): (shot: ShotContent) => string {
  const at = scenes.findIndex(({ id }) => id === sceneId);
  const scene = scenes[at];
  const ends = endsOf(scene?.location ?? '');
  if (scene === undefined || ends.length < 2 || !isCut(scene)) return ({ location }) => location;
  const homes = homesOf(scene, ends, scenes.slice(0, at), library);
  return ({ location, blocking: [first], action }) => {
    if (location !== scene.location) return location;
    return (first ? homes.get(first.assetId || `=${first.name}`) : spokenOf(action, ends)) ?? location;
  };
}
