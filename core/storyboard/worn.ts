// Which of their looks somebody wears in which scene of an episode.
import type { Scene } from '../script/schema.ts';
import { ageless } from './appearance.ts';
import type { Look, Lookup, Person } from './cast.ts';

const remembered = /闪回|回忆|插叙|倒叙|\bflash ?back/i;

/** Scenes that are remembered as a whole: their heading says so, or the mark that ends the scene before. */
function pastOf(scenes: readonly Scene[]): ReadonlySet<string> {
  const past = new Set<string>();
  let isOpen = false;
  for (const { id, heading, elements } of scenes) {
    const told = elements.filter(({ kind }) => kind !== 'cast' && kind !== 'note');
    if (isOpen || remembered.test(heading) || told[0]?.kind === 'flashback_start') past.add(id);
    isOpen = told.at(-1)?.kind === 'flashback_start';
  }
  return past;
}

type Told = Look & { readonly scenes: readonly string[] };

/**
 * The library with each look where the scenes tell it: somebody in another age or shape where they are named so, clothes told in a flashback
 * in it alone, other clothes until others are told. A look of the episode that no scene tells is worn in all of them.
 */
export function dressing(library: Lookup, scenes: readonly Scene[]): Lookup {
  const past = pastOf(scenes);
  const at = new Map(scenes.map(({ id }, i) => [id, i]));
  const words = new Map<Scene, string>();
  const wordsOf = (scene: Scene): string => {
    const said = words.get(scene) ?? allWords(scene);
    words.set(scene, said);
    return said;
  };
  const known = new Map<string, (sceneId: string) => Person | undefined>();
  const dressed = (one: Person, sceneId: string): Person => {
    if (one.id === '' || one.variant === '') return one;
    const wears = known.get(one.id) ?? wearer(one);
    known.set(one.id, wears);
    return wears(sceneId) ?? one;
  };
  const wearer = (one: Person): ((sceneId: string) => Person | undefined) => {
    const looks = library.looksOf(one.id).map((look): Told => ({ ...look, scenes: tellersOf(look, one) }));
    const isElsewhere = scenes.some((scene) => !past.has(scene.id) && isIn(one, scene));
    const isBound = ({ isState, scenes: told }: Told): boolean =>
      told.length > 0 && (isState || (isElsewhere && told.every((id) => past.has(id))));
    const bound = looks.filter(isBound);
    const free = looks.filter((look) => !bound.includes(look));
    const names = bound.map(({ name }) => name);
    const now = (sceneId: string): string => {
      if (free[0] === undefined || free[0].scenes.length === 0) return free[0]?.name ?? '';
      const told = free.flatMap(({ name, scenes: all }) => all.map((id) => ({ name, at: at.get(id)! })));
      const last = told.filter((each) => each.at <= (at.get(sceneId) ?? 0)).sort((a, b) => b.at - a.at)[0];
      return (last ?? told.sort((a, b) => a.at - b.at)[0])!.name;
    };
    return (sceneId) => {
      const then = bound.find((look) => holds(look, sceneId));
      if (then === undefined) return library.wearing(one.id, now(sceneId), names);
      const young = library.wearing(one.id, then.name);
      // how old they are now they were not then
      return young && { ...young, look: ageless(young.look) };
    };
  };
  /** Clothes of a flashback are worn to its end. */
  const holds = ({ isState, scenes: told }: Told, sceneId: string): boolean =>
    told.includes(sceneId) ||
    (!isState &&
      told.some((id) => {
        const [from, to] = [at.get(id)!, at.get(sceneId) ?? -1];
        return from < to && scenes.slice(from, to + 1).every((scene) => past.has(scene.id));
      }));
  const isIn = (one: Person, scene: Scene): boolean =>
    library.peopleIn(wordsOf(scene), scene.id).some(({ it }) => it.id === one.id);
  const tellersOf = ({ name, isState, description }: Look, one: Person): string[] =>
    scenes
      .filter((scene) =>
        isState
          ? [name, `${description}的${one.name}`].some((form) => includes(wordsOf(scene), form))
          : scene.elements.some(
              ({ text }) => includes(text, name) && library.peopleIn(text, scene.id).some(({ it }) => it.id === one.id),
            ),
      )
      .map(({ id }) => id);
  return {
    ...library,
    person: (label, sceneId) => dressed(library.person(label, sceneId), sceneId),
    peopleIn: (text, sceneId) =>
      library.peopleIn(text, sceneId).map((found) => ({ ...found, it: dressed(found.it, sceneId) })),
    byId: (id, sceneId) => {
      const one = library.byId(id);
      return one && sceneId !== undefined ? dressed(one, sceneId) : one;
    },
  };
}

const includes = (text: string, words: string): boolean => text.toLowerCase().includes(words.toLowerCase());

const allWords = ({ heading, cast, elements }: Scene): string =>
  [heading, ...cast, ...elements.flatMap(({ text, speakers = [] }) => [text, ...speakers])].join('\n');
