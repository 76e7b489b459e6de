// What the answers about an episode's scenes are held against: the lines of each, and who and what of the library is in it. Pure.
import type { Episode, Scene } from '../../script/schema.ts';
import { isSeen, isSpoken, type Lookup, lookup, type Person, type StyleOptions } from '../../storyboard/index.ts';
import type { CastOfScene } from '../../storyboard/schema.ts';
import { type Line, type Sheet, sheetOf } from '../sheet.ts';

/** An episode with the library and the style its shots are to have. `only`: the one scene whose shots are wanted. */
export type Given = {
  readonly episode: Episode;
  readonly cast: CastOfScene;
  readonly style: StyleOptions;
  readonly only?: string | undefined;
};

/** Somebody in a scene, and what the scene calls them. */
export type Present = { readonly person: Person; readonly labels: readonly string[] };

export type SceneScope = {
  readonly scene: Scene;
  /** Its lines as they are numbered; the first has number 1 in what is stored of the scene. */
  readonly lines: readonly Line[];
  /** How many of them must be heard or seen. */
  readonly needed: number;
  readonly people: readonly Present[];
  /** Names of the things its actions name. */
  readonly props: readonly string[];
};

export type Scope = {
  readonly given: Given;
  readonly library: Lookup;
  readonly sheet: Sheet;
  /** Scenes with something to film, by id, in order. */
  readonly scenes: ReadonlyMap<string, SceneScope>;
};

export function scopeOf(given: Given): Scope {
  const { episode, cast } = given;
  const library = lookup(cast, episode.number);
  const sheet = sheetOf({ elements: [], scenes: episode.scenes });
  const all = episode.scenes.map((scene) => sceneScope(scene, sheet, library)).filter(({ needed }) => needed > 0);
  return { given, library, sheet, scenes: new Map(all.map((one) => [one.scene.id, one])) };
}

function sceneScope(scene: Scene, sheet: Sheet, library: Lookup): SceneScope {
  const lines = sheet.lines.filter((line) => line.scene?.id === scene.id);
  const actions = scene.elements.filter(isSeen).map(({ text }) => text);
  const props = actions.flatMap((text) => library.propsIn(text).map(({ it }) => it.name));
  return {
    scene,
    lines,
    needed: lines.filter(({ element }) => isSpoken(element) || isSeen(element)).length,
    people: peopleOf(scene, actions, library),
    props: [...new Set(props)],
  };
}

const keyOf = ({ id, name }: Person): string => id || `=${name}`;

/** By cast line, then by who speaks, then by who is named. */
function peopleOf(scene: Scene, actions: readonly string[], library: Lookup): Present[] {
  const labels = [...scene.cast, ...scene.elements.filter(isSpoken).flatMap(({ speakers = [] }) => speakers)];
  const named = actions.flatMap((text) => library.peopleIn(text, scene.id).map(({ it, at, length }) => [text.slice(at, at + length), it] as const)); // biome-ignore format: one thought
  const people = new Map<string, { person: Person; labels: string[] }>();
  for (const [label, person] of [
    ...labels.map((label) => [label, library.person(label, scene.id)] as const),
    ...named,
  ]) {
    const known = people.get(keyOf(person));
    if (!known) people.set(keyOf(person), { person, labels: [label] });
    else if (!known.labels.includes(label)) known.labels.push(label);
  }
  return [...people.values()];
}

/** Who of a scene a name means: by what the scene calls them, or what the library does. Brackets behind a name are a remark. */
export function personIn({ scene, people }: SceneScope, name: string, library: Lookup): Person | undefined {
  const bare = name.replace(/\s*[（(【[].*$/, '').trim();
  const meant = keyOf(library.person(bare, scene.id));
  return people.find(({ person, labels }) => keyOf(person) === meant || labels.includes(bare))?.person;
}
