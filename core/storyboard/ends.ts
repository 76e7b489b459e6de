// A scene that is cut between two places, as on a phone: which of them a shot is taken in.
import type { Scene } from '../script/schema.ts';
import type { Lookup } from './cast.ts';
import type { ShotContent } from './schema.ts';

/** The places of a slug line that names several; the one it names where it is one: 办公室/出租屋（电话交替） is two. */
export function endsOf(location: string): string[] {
  const ends = location
    .replace(/[（(][^（）()]*[）)]/g, '')
    .split(/\s*[/／]\s*/)
    .filter((end) => end !== '');
  return ends.length > 1 ? ends : [location];
}

/** Whether words speak of a place by its name or the end of it: 出租屋 of 城中村出租屋. */
function speaksOf(words: string, place: string): boolean {
  const low = words.toLowerCase();
  if (!/\p{Script=Han}/u.test(place)) return low.includes(place.toLowerCase());
  return [place, place.slice(-4), place.slice(-3), place.slice(-2)].some(
    (end) => end.length > 1 && words.includes(end),
  );
}

/**
 * The place a shot of a scene is taken in. Of several the one where its first person is: where an action tells of them, else where they
 * were in a scene before, else the first nobody else is in; without people the one its action speaks of. All of them where none is sure.
 * @param scenes the scenes of the episode in order
 */
export function endOf(shot: ShotContent, scenes: readonly Scene[], library: Lookup): string {
  const ends = endsOf(shot.location);
  const at = scenes.findIndex(({ id }) => id === shot.sceneId);
  const scene = scenes[at];
  if (ends.length < 2 || scene === undefined) return shot.location;
  const keyOf = ({ id, name }: { id: string; name: string }) => id || `=${name}`;
  const homes = new Map<string, string>();
  const settle = (who: string, end: string | undefined) => {
    if (end !== undefined && !homes.has(who)) homes.set(who, end);
  };
  for (const { kind, text } of scene.elements)
    if (kind === 'action')
      for (const { it } of library.peopleIn(text, scene.id))
        settle(
          keyOf(it),
          ends.find((end) => speaksOf(text, end)),
        );
  for (const before of scenes.slice(0, at).toReversed())
    if (ends.includes(before.location))
      for (const label of before.cast) settle(keyOf(library.person(label, before.id)), before.location);
  for (const label of scene.cast)
    settle(
      keyOf(library.person(label, scene.id)),
      ends.find((end) => ![...homes.values()].includes(end)),
    );
  const [first] = shot.blocking;
  const end = first ? homes.get(first.assetId || `=${first.name}`) : ends.find((one) => speaksOf(shot.action, one));
  return end ?? shot.location;
}
