// People as the scenes bring them in, where the library does not say how they look.
import type { Scene } from '../script/schema.ts';
import { ageless, hasAge, type Introduction, introduction, joinedLooks, seenIn, undressed } from './appearance.ts';
import { isMan, isWoman, type Lookup, type Person } from './cast.ts';
import { dressing } from './worn.ts';

/** The library with what the scenes tell of people: what they wear where, and how they look where they are brought in; what the library says itself comes first. */
export function introducing(given: Lookup, scenes: readonly Scene[]): Lookup {
  const library = dressing(given, scenes);
  // a younger self is brought in by itself
  const keyOf = ({ id, variant }: Person): string =>
    variant !== '' && library.looksOf(id).some(({ name, isState }) => isState && name === variant)
      ? `${id} ${variant}`
      : id;
  const told = new Map<string, Introduction>();
  for (const { id, elements } of scenes)
    for (const { kind, text } of elements) {
      if (kind !== 'action' || !/[（(,]/.test(text)) continue;
      for (const { it, at, length } of library.peopleIn(text, id)) {
        if (it.id === '' || it.crowd || told.has(keyOf(it))) continue;
        const found = introduction(text, at + length);
        if (found) told.set(keyOf(it), found);
      }
    }
  if (told.size === 0) return library;
  const known = (one: Person): Person => {
    const found = told.get(keyOf(one));
    if (!found) return one;
    const fuller = seenIn(one.look) === '' && one.look.length <= 12;
    const dressed = one.variant === '' || keyOf(one) !== one.id ? found.look : undressed(found.look);
    const worn = hasAge(one.look) ? ageless(dressed) : dressed;
    const isTold = isWoman(one.gender) || isMan(one.gender);
    return {
      ...one,
      look: fuller ? joinedLooks(one.look, worn) : one.look,
      gender: isTold ? one.gender : found.gender || one.gender,
    };
  };
  return {
    ...library,
    person: (label, sceneId) => known(library.person(label, sceneId)),
    peopleIn: (text, sceneId) => library.peopleIn(text, sceneId).map((found) => ({ ...found, it: known(found.it) })),
    byId: (id, sceneId) => {
      const one = library.byId(id, sceneId);
      return one && known(one);
    },
    wearing: (id, look, others) => {
      const one = library.wearing(id, look, others);
      return one && known(one);
    },
  };
}
