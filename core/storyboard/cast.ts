// Who and what a form means in a scene: the asset library, indexed for reading text.
import { undressed, without } from './appearance.ts';
import type { CastOfScene } from './schema.ts';

/** A person as a shot needs them. `id` is '' when the label stands in no library entry; then `name` is the label. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly gender: string;
  readonly look: string;
  /** The look or state valid in this episode; '' where none is known. */
  readonly variant: string;
  readonly crowd: boolean;
  /** Seen in what is remembered: how they look and what they wear today is not told of them. */
  readonly isPast?: boolean;
};

/** Whether a gender, as it is told of somebody, is a woman's. */
export const isWoman = (gender: string): boolean => /女|female|woman/i.test(gender);
/** Whether it is a man's. */
export const isMan = (gender: string): boolean => /男|(?<!fe)male|(?<!wo)man/i.test(gender);

/** Whether a pronoun may mean somebody of a gender, '' where it is not known: he and 他 no woman, she and 她 no man; they may be anybody. */
export function mayBe(pronoun: string, gender: string): boolean {
  if (/^(?:he|him|his|himself)$/i.test(pronoun) || pronoun === '他') return !isWoman(gender);
  return !/^(?:she|hers?|herself|她)$/i.test(pronoun) || !isMan(gender);
}

export type Thing = { readonly id: string; readonly name: string };

/** Tells somebody or something from all others, also where it stands in no library entry. */
export const keyOf = ({ id, name }: Thing): string => id || `=${name}`;

/** Something named in a text, and where (UTF-16 offset, length of the form used). */
export type Found<T> = { readonly it: T; readonly at: number; readonly length: number };

/** `isState`: somebody in another age or shape, who is called by it: 少年裴照; else what is worn. */
export type Look = { readonly name: string; readonly description: string; readonly isState: boolean };

export type Lookup = {
  /** The person a label means in this scene. */
  readonly person: (label: string, sceneId: string) => Person;
  /** All people named in a text, in order of first naming, each once. */
  readonly peopleIn: (text: string, sceneId: string) => Found<Person>[];
  /** All props named in a text, in order of first naming, each once. */
  readonly propsIn: (text: string) => Found<Thing>[];
  /** The place a slug line means; id '' when it is not in the library. */
  readonly place: (location: string) => Thing;
  readonly known: ReadonlySet<string>;
  /** The person of an id, in a scene as they are seen there; undefined when the library has none. */
  readonly byId: (id: string, sceneId?: string) => Person | undefined;
  /** Somebody as they are seen at an element of a scene, where clothes are changed in it. */
  readonly at: (one: Person, sceneId: string, elementId: string) => Person;
  /** Looks of a character told of in this episode. */
  readonly looksOf: (id: string) => readonly Look[];
  /** A character in one of their looks; '' is what they wear where none is told, without the costumes of `others`. */
  readonly wearing: (id: string, look: string, others?: readonly string[]) => Person | undefined;
  /** Names of looks of a character that may be worn in this episode. */
  readonly variantsOf: (id: string) => readonly string[];
};

/**
 * Index the library for one episode.
 * @param cast the library as the storyboard sees it
 * @param episode number of the episode, for looks that change
 */
export function lookup(cast: CastOfScene, episode: number): Lookup {
  const people = new Map<string, Person>();
  for (const one of cast.characters)
    people.set(one.id, personOf(one, one.variants.find((v) => v.episodes.includes(episode))?.name ?? ''));
  for (const one of cast.extras)
    people.set(one.id, { id: one.id, name: one.name, gender: '', look: '', variant: '', crowd: true });
  const labels = byForm([...cast.characters, ...cast.extras]);
  const places = byForm(cast.locations);
  const scanPeople = scanner(labels);
  const scanProps = scanner(byForm(cast.props));
  const things = new Map([...cast.props, ...cast.locations].map((one) => [one.id, { id: one.id, name: one.name }]));
  const mean = (form: string, sceneId: string): Person | undefined => {
    const id = own(own(cast.ambiguous, form) ?? {}, sceneId) ?? labels.get(fold(form));
    return id === undefined ? undefined : people.get(id);
  };
  return {
    person: (label, sceneId) =>
      mean(label, sceneId) ?? { id: '', name: label, gender: '', look: '', variant: '', crowd: isCrowd(label) },
    peopleIn: (text, sceneId) => once(scanPeople(text), (form) => mean(form, sceneId)),
    propsIn: (text) => once(scanProps(text), (_, id) => things.get(id)),
    place: (location) => things.get(places.get(fold(location)) ?? '') ?? { id: '', name: location },
    byId: (id) => people.get(id),
    at: (one) => one,
    looksOf: (id) => {
      const one = cast.characters.find((character) => character.id === id);
      return (one?.variants ?? [])
        .filter((v) => v.episodes.includes(episode))
        .map(({ name, description }) => ({ name, description, isState: one!.forms.includes(name) }));
    },
    wearing: (id, look, others) => {
      const one = cast.characters.find((character) => character.id === id);
      return one && personOf(one, look, others);
    },
    known: new Set([...people.keys(), ...things.keys()]),
    variantsOf: (id) =>
      (cast.characters.find((one) => one.id === id)?.variants ?? [])
        .filter((v) => v.episodes.length === 0 || v.episodes.includes(episode))
        .map((v) => v.name),
  };
}

/** Whether a label names a group: 众人, 百姓若干, 天兵们, ALL. */
export function isCrowd(label: string): boolean {
  return /^众|若干|们$|数人|群$|齐声|^(all|everyone|everybody|crowd|both)\b/i.test(label);
}

function personOf(one: CastOfScene['characters'][number], variant: string, others: readonly string[] = []): Person {
  // what is worn elsewhere is no look of the person when something else is worn here
  const costumes = one.variants.map(({ name }) => name);
  const look =
    variant === '' ? without(one.look, others) : costumes.includes(one.look) ? '' : undressed(one.look, costumes);
  return { id: one.id, name: one.name, gender: one.gender, look, variant, crowd: false };
}

const fold = (form: string): string => form.trim().toLowerCase();
/** A record's own value: a form such as `constructor` must not reach the prototype. */
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

function byForm(assets: readonly { id: string; name: string; forms: readonly string[] }[]): Map<string, string> {
  const forms = new Map<string, string>();
  for (const { id, name } of assets) if (!forms.has(fold(name))) forms.set(fold(name), id);
  for (const { id, forms: all } of assets)
    for (const form of all) if (fold(form) !== '' && !forms.has(fold(form))) forms.set(fold(form), id);
  return forms;
}

type Hit = { readonly form: string; readonly id: string; readonly at: number };

/** Finds forms in a text, the longest first at each place; forms of one Chinese character are too loose to be found. */
function scanner(forms: ReadonlyMap<string, string>): (text: string) => Hit[] {
  const heads = new Map<string, [string, string][]>();
  for (const [form, id] of forms) {
    if (form.length < 2) continue;
    const head = form.slice(0, 2);
    heads.set(head, [...(heads.get(head) ?? []), [form, id]]);
  }
  for (const list of heads.values()) list.sort((a, b) => b[0].length - a[0].length);
  return (text) => {
    const low = text.toLowerCase();
    const hits: Hit[] = [];
    for (let at = 0; at < low.length - 1; at++) {
      const hit = heads.get(low.slice(at, at + 2))?.find(([form]) => low.startsWith(form, at) && whole(low, at, form));
      if (hit === undefined) continue;
      hits.push({ form: text.slice(at, at + hit[0].length), id: hit[1], at });
      at += hit[0].length - 1;
    }
    return hits;
  };
}

/** Latin forms count only as whole words: "Jim" is not in "Jimmy". */
function whole(text: string, at: number, form: string): boolean {
  const letter = /[a-z0-9]/;
  const before = letter.test(form[0] ?? '') && letter.test(text[at - 1] ?? ' ');
  const after = letter.test(form.at(-1) ?? '') && letter.test(text[at + form.length] ?? ' ');
  return !before && !after;
}

function once<T extends { readonly id: string }>(
  hits: readonly Hit[],
  mean: (form: string, id: string) => T | undefined,
): Found<T>[] {
  const found = new Map<string, Found<T>>();
  for (const { form, id, at } of hits) {
    const it = mean(form, id);
    if (it !== undefined && !found.has(it.id)) found.set(it.id, { it, at, length: form.length });
  }
  return [...found.values()];
}
