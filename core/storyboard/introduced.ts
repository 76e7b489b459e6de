// People as the scenes bring them in, where the library does not say how they look.
import type { Scene } from '../script/schema.ts';
import { ageless, hasAge, type Introduction, introduction, joinedLooks, seenIn, undressed } from './appearance.ts';
import { isMan, isWoman, type Lookup, type Person } from './cast.ts';
import { dressing } from './worn.ts';

/** The library with what the scenes tell of people: what they wear where, and how they look where they are brought in; what the library says itself comes first. */
export function introducing(given: Lookup, scenes: readonly Scene[]): Lookup {
  const library = dressing(given, scenes);
  // a younger self is brought in by itself
  const keyOf = ({ id, variant, isPast }: Person): string =>
    variant !== '' && library.looksOf(id).some(({ name, isState }) => isState && name === variant)
      ? `${id} ${variant}`
      : isPast
        ? `${id} then`
        : id;
  const told = new Map<string, Introduction>();
  for (const { id, elements } of scenes)
    for (const { kind, text, id: element } of elements) {
      if (kind !== 'action' || !/[（(,]/.test(text)) continue;
      for (const { it, at, length } of library.peopleIn(text, id)) {
        if (it.id === '' || it.crowd || told.has(keyOf(it))) continue;
        const found = introduction(text, at + length);
        // clothes that are a look of theirs are worn where that is
        const isWorn = found && keyOf(it) === it.id && library.at(it, id, element).variant !== '';
        if (found) told.set(keyOf(it), isWorn ? { ...found, look: undressed(found.look) } : found);
      }
    }
  if (told.size === 0) return library;
  const known = (one: Person): Person => {
    const then = told.get(keyOf(one));
    const found = then ?? (one.isPast ? told.get(one.id) : undefined);
    if (!found) return one;
    const fuller = seenIn(one.look) === '' && one.look.length <= 12;
    const dressed = one.variant === '' || keyOf(one) !== one.id ? found.look : undressed(found.look);
    const bare = then ? dressed : undressed(ageless(dressed));
    const worn = hasAge(one.look) ? ageless(bare) : bare;
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
    at: (one, sceneId, elementId) => known(library.at(one, sceneId, elementId)),
    wearing: (id, look, others) => {
      const one = library.wearing(id, look, others);
      return one && known(one);
    },
  };
}
