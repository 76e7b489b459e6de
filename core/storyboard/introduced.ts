// People as the scenes bring them in, where the library does not say how they look.
import type { Scene } from '../script/schema.ts';
import { ageless, hasAge, type Introduction, introduction, joinedLooks, seenIn, undressed } from './appearance.ts';
import { isMan, isWoman, type Lookup, type Person } from './cast.ts';

/** The library with what the scenes tell of people where they bring them in; what the library says itself comes first. */
export function introducing(library: Lookup, scenes: readonly Scene[]): Lookup {
  const told = new Map<string, Introduction>();
  for (const { id, elements } of scenes)
    for (const { kind, text } of elements) {
      if (kind !== 'action' || !/[（(,]/.test(text)) continue;
      for (const { it, at, length } of library.peopleIn(text, id)) {
        if (it.id === '' || it.crowd || told.has(it.id)) continue;
        const found = introduction(text, at + length);
        if (found) told.set(it.id, found);
      }
    }
  if (told.size === 0) return library;
  const known = (one: Person): Person => {
    const found = told.get(one.id);
    if (!found) return one;
    const fuller = seenIn(one.look) === '' && one.look.length <= 12;
    const dressed = one.variant === '' ? found.look : undressed(found.look);
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
    byId: (id) => {
      const one = library.byId(id);
      return one && known(one);
    },
  };
}
