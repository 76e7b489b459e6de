// Which of their looks somebody wears in which scene of an episode.
import type { Scene } from '../script/schema.ts';
import { ageless, introduction, undressed } from './appearance.ts';
import type { Look, Lookup, Person } from './cast.ts';
import { pictureOf } from './cuts.ts';

const remembered = /闪回|回忆|插叙|倒叙|\bflash ?back/i;
const dreamt = /梦境|[（(【]\s*梦|梦[中里](?=[\s）)】]|$)|\bdream(?=\s*(?:sequence\b|[)\]:–—-]|$))/i;
/** Clothes are put on here, or years have gone by: they were not worn before. */
const puts = /换上|换了|换成|换回|换好|\bchang(?:es|ed) (?:in)?to\b|\bnow (?:in|wearing|wears)\b/i;
const years = /(?<!几)[年月]后|\b(?:years?|months?) later\b/i;

/** Scenes that are remembered as a whole: their heading says so, or the mark that ends the scene before. */
function pastOf(scenes: readonly Scene[]): Set<string> {
  const past = new Set<string>();
  let isOpen = false;
  // a mark that tells its own picture is over behind it, unless one ends it later
  const opens = (mark: Scene['elements'][number] | undefined, rest: Scene['elements']): boolean =>
    mark?.kind === 'flashback_start' &&
    (pictureOf(mark) === '' || rest.find(({ kind }) => kind.startsWith('flashback'))?.kind === 'flashback_end');
  for (const [i, { id, heading, elements }] of scenes.entries()) {
    const told = elements.filter(({ kind }) => kind !== 'cast' && kind !== 'note');
    if (isOpen || remembered.test(heading) || opens(told[0], told.slice(1))) past.add(id);
    isOpen = opens(told.at(-1), scenes[i + 1]?.elements ?? []);
  }
  return past;
}

/** Where a look is told: in which scene, and at which of its elements. */
type Spot = { readonly id: string; readonly at: number; readonly n: number };
type Told = Look & { readonly spots: readonly Spot[] };

const later = (a: Spot, b: Spot): number => a.at - b.at || a.n - b.n;

/**
 * The library with each look where the scenes tell it: somebody in another age or shape where they are named so, clothes told in a flashback
 * or a dream in it alone, other clothes until others are told. They are worn before, too, where nothing says that other clothes were. A look
 * of the episode that no scene tells is worn in all of them. In a flashback nobody has the age and the clothes of today.
 */
export function dressing(library: Lookup, scenes: readonly Scene[]): Lookup {
  const old = pastOf(scenes);
  const past = new Set([...old, ...scenes.filter(({ heading }) => dreamt.test(heading)).map(({ id }) => id)]);
  const at = new Map(scenes.map(({ id }, i) => [id, i]));
  const words = remembering(allWords);
  const namedIn = remembering(
    (scene: Scene) => new Set(library.peopleIn(words(scene), scene.id).map(({ it }) => it.id)),
  );
  const isElsewhere = (one: Person): boolean =>
    scenes.some((scene) => !past.has(scene.id) && namedIn(scene).has(one.id));
  const known = new Map<string, (sceneId: string, n: number) => Person | undefined>();
  const dressed = (one: Person, sceneId: string, n = Number.POSITIVE_INFINITY): Person => {
    if (one.id === '' || one.crowd || (one.variant === '' && !isPast(sceneId, n))) return one;
    const wears = known.get(one.id) ?? wearer(one);
    known.set(one.id, wears);
    return wears(sceneId, n) ?? one;
  };
  /** Whether the element of a scene is remembered: by the last mark before it, else as its scene is. */
  const isPast = (sceneId: string, n: number): boolean => {
    const all = scenes[at.get(sceneId) ?? -1]?.elements ?? [];
    const isEnd = ({ kind }: Scene['elements'][number]): boolean => kind === 'flashback_end';
    const mark = (Number.isFinite(n) ? all.slice(0, n + 1) : []).findLast(
      // one that tells its own picture holds for that alone where nothing ends it
      (one, i) =>
        isEnd(one) ||
        (one.kind === 'flashback_start' && (i === n || pictureOf(one) === '' || all.slice(n).some(isEnd))),
    );
    return mark ? mark.kind === 'flashback_start' : old.has(sceneId);
  };
  const wearer = (one: Person): ((sceneId: string, n: number) => Person | undefined) => {
    const looks = library.looksOf(one.id).map((look): Told => ({ ...look, spots: spotsOf(look, one) }));
    const hasPresent = isElsewhere(one);
    const isBound = ({ isState, spots }: Told): boolean =>
      spots.length > 0 && (isState || (hasPresent && spots.every(({ id }) => past.has(id))));
    const bound = looks.filter(isBound);
    const free = looks.filter((look) => !bound.includes(look));
    const names = bound.map(({ name }) => name);
    const all = looks.map(({ name }) => name);
    // told in a dream and out of it, they are worn in the dream, and from where they are told again
    const isPassing = ({ id }: Spot): boolean => hasPresent && past.has(id);
    const told = free
      .flatMap(({ name, spots }) => spots.filter((spot) => !isPassing(spot)).map((spot) => ({ ...spot, name })))
      .sort(later);
    const [first] = told;
    const isOther = first && isOtherBefore(one, first, all);
    const now = (here: Spot): string => {
      if (first === undefined) return free[0]?.name ?? '';
      return told.findLast((spot) => later(spot, here) <= 0)?.name ?? (isOther?.(here) ? '' : first.name);
    };
    return (sceneId, n) => {
      const then = looks.find((look) =>
        bound.includes(look) ? holds(look, sceneId) : past.has(sceneId) && holds(look, sceneId),
      );
      if (then === undefined) {
        const isOld = hasPresent && isPast(sceneId, n) && !told.some(({ id }) => id === sceneId);
        const name = isOld ? '' : now({ id: sceneId, at: at.get(sceneId) ?? 0, n });
        const person = library.wearing(one.id, name, name === '' ? all : names);
        return person && isOld ? { ...person, look: ageless(undressed(person.look)), isPast: true } : person;
      }
      const young = library.wearing(one.id, then.name);
      // how old they are now they were not then
      return young && { ...young, look: ageless(young.look) };
    };
  };
  /** Clothes of a flashback are worn to its end. */
  const holds = ({ isState, spots }: Told, sceneId: string): boolean =>
    spots.some(({ id }) => id === sceneId) ||
    (!isState &&
      spots.some(({ at: from }) => {
        const to = at.get(sceneId) ?? -1;
        return from < to && scenes.slice(from, to + 1).every((scene) => past.has(scene.id));
      }));
  /** Before which places other clothes than those first told were worn: the library tells of some, they are brought in with some, or they are changed there. */
  const isOtherBefore = (one: Person, first: Spot, all: readonly string[]): ((here: Spot) => boolean) => {
    const own = library.wearing(one.id, '', all)?.look ?? '';
    const before = scenes.slice(0, first.at + 1).map(({ id, elements }, i) => ({
      id,
      elements: i < first.at ? elements : elements.slice(0, first.n + 1),
    }));
    const isBroughtIn = before.some(({ id, elements }, i) =>
      elements.some(
        ({ kind, text }, n) =>
          kind === 'action' &&
          (i < first.at || n < first.n) &&
          library.peopleIn(text, id).some(({ it, at: from, length }) => {
            const look = it.id === one.id ? (introduction(text, from + length)?.look ?? '') : '';
            return undressed(look) !== look;
          }),
      ),
    );
    const isOther = isBroughtIn || undressed(own) !== own || puts.test(before.at(-1)?.elements.at(-1)?.text ?? '');
    const jump = before.findLastIndex(({ elements }) =>
      elements.some(({ kind, text }) => kind === 'caption' && years.test(text)),
    );
    return (here) => isOther || here.at < jump;
  };
  const spotsOf = ({ name, isState, description }: Look, one: Person): Spot[] =>
    scenes.flatMap((scene, i) =>
      isState
        ? [name, `${description}的${one.name}`].some((form) => includes(words(scene), form))
          ? [{ id: scene.id, at: i, n: 0 }]
          : []
        : scene.elements.flatMap(({ text }, n) =>
            includes(text, name) && library.peopleIn(text, scene.id).some(({ it }) => it.id === one.id)
              ? [{ id: scene.id, at: i, n }]
              : [],
          ),
    );
  return {
    ...library,
    person: (label, sceneId) => dressed(library.person(label, sceneId), sceneId),
    peopleIn: (text, sceneId) =>
      library.peopleIn(text, sceneId).map((found) => ({ ...found, it: dressed(found.it, sceneId) })),
    byId: (id, sceneId) => {
      const one = library.byId(id);
      return one && sceneId !== undefined ? dressed(one, sceneId) : one;
    },
    at: (one, sceneId, elementId) => {
      const n = scenes[at.get(sceneId) ?? -1]?.elements.findIndex(({ id }) => id === elementId) ?? -1;
      const given = library.byId(one.id);
      return given && n >= 0 ? dressed(given, sceneId, n) : one;
    },
  };
}

/** A function of a scene whose answers are kept. */
function remembering<T>(tell: (scene: Scene) => T): (scene: Scene) => T {
  const told = new Map<Scene, T>();
  return (scene) => {
    const known = told.get(scene) ?? tell(scene);
    told.set(scene, known);
    return known;
  };
}

const includes = (text: string, words: string): boolean => text.toLowerCase().includes(words.toLowerCase());

const allWords = ({ heading, cast, elements }: Scene): string =>
  [heading, ...cast, ...elements.flatMap(({ text, speakers = [] }) => [text, ...speakers])].join('\n');
