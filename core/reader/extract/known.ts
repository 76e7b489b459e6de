// What is known of an episode before a model reads it, as it is told to the model and as its answer is held against. Pure.
import type { Part } from '../../ai/index.ts';
import { normalForm } from '../../breakdown/forms/normal.ts';
import type { KnownForms } from '../../breakdown/index.ts';
import type { AssetKind, Extraction, Mention } from '../../breakdown/schema.ts';
import type { Biography } from '../../script/schema.ts';

/** Characters of biographies that go into a prompt: a sentence or two of each person of a usual cast. */
const biographyRoom = 900;
/** A biography of which less is shown tells nothing. */
const leastShown = 24;

/** Lines of the prompt: the people in a sentence each, then the forms the grammar found in these scenes, by what they are. */
export function toldOf(part: Part, found: Extraction, biographies: readonly Biography[]): string {
  const ids = new Set(part.scenes.flatMap(({ id, elements }) => [id, ...elements.map((element) => element.id)]));
  const here = found.mentions.filter(({ elementId }) => ids.has(elementId));
  const of = (...kinds: AssetKind[]) => here.filter(({ kind }) => kinds.includes(kind));
  const labels = new Set(
    of('character')
      .filter(isLabel)
      .map(({ surface }) => surface),
  );
  const called = of('character').filter(({ surface }) => !labels.has(surface));
  const lists: [string, Iterable<string>][] = [
    ['people', labels],
    ['called', called.map(({ surface }) => surface)],
    ['costumes', of('costume').map(({ surface }) => surface)],
    ['props', of('prop').map(({ surface }) => surface)],
    ['others', of('vehicle', 'creature', 'effect', 'sound', 'extra').map(({ surface }) => surface)],
  ];
  const lines = lists.flatMap(([name, forms]) => {
    const all = [...new Set(forms)].join('、');
    return all === '' ? [] : [`${name}: ${all}`];
  });
  return [...shortened(telling(part, biographies)), ...lines].join('\n') || '-';
}

/** Biographies that share words with what is shown: one that does not tells nothing of it. */
function telling({ scenes, before, after }: Part, biographies: readonly Biography[]): Biography[] {
  const shown = [before, ...scenes, after].flatMap((scene) =>
    scene
      ? [scene.heading, ...scene.cast, ...scene.elements.flatMap(({ text, speakers = [] }) => [text, ...speakers])]
      : [],
  );
  const words = new Set(shown.flatMap(wordsOf));
  return biographies.filter((biography) => wordsOf(toldIn(biography)).some((word) => words.has(word)));
}

/** Words that may tell who is meant: two Chinese characters beside each other, or a word of another script of some length. */
function wordsOf(text: string): string[] {
  const chinese = [...text.matchAll(/(?=(\p{Script=Han}{2}))/gu)].map(([, pair = '']) => pair);
  const others = text.match(/[^\P{L}\p{Script=Han}]{4,}/gu) ?? [];
  return [...chinese, ...others.map((word) => word.toLowerCase())];
}

/** Biographies in the room there is: whole where they fit, the longest cut first; what has no room is left out from the end. */
function shortened(biographies: readonly Biography[]): string[] {
  const texts = biographies
    .slice(0, Math.floor(biographyRoom / leastShown))
    .map((biography) => toldIn(biography).replace(/\s+/g, ' ').trim());
  let [left, share] = [biographyRoom, 0];
  for (const [at, { length }] of texts.toSorted((a, b) => a.length - b.length).entries()) {
    share = Math.floor(left / (texts.length - at));
    if (length > share) break;
    left -= length;
    share = length;
  }
  // half a character is none
  return texts.map((text) =>
    text.length <= share ? text : `${text.slice(0, share).replace(/[\uD800-\uDBFF]$/, '')}…`,
  );
}

/** A biography from its name on: without number or mark in front. */
const toldIn = ({ name, text }: Biography): string => text.slice(Math.max(0, text.indexOf(name)));

const isLabel = ({ role }: Mention): boolean => role === 'speaker' || role === 'cast';

/** Who and what an answer may speak of. */
export type Register = {
  /** The form of a person the document knows, as the document writes it. */
  readonly person: (name: string) => string | undefined;
  /** Whether the grammar is sure that the form is somebody: labelled, or told in a biography. */
  readonly isSure: (name: string) => boolean;
  /** Kind and form of something else that was found. */
  readonly thing: (name: string) => { readonly kind: AssetKind; readonly surface: string } | undefined;
};

export function registerOf(found: Extraction, known: KnownForms, biographies: readonly Biography[]): Register {
  const people = new Map<string, string>();
  const things = new Map<string, { kind: AssetKind; surface: string }>();
  for (const { kind, surface } of found.mentions)
    if (kind === 'character') people.set(normalForm(surface), surface);
    else if (kind !== 'costume') things.set(normalForm(surface), { kind, surface });
  for (const { surface } of known.people) people.set(normalForm(surface), surface);
  const sure = new Set(
    known.people.filter(({ source }) => source !== 'told').map(({ surface }) => normalForm(surface)),
  );
  // ESCALUS, Prince of Verona
  const told = biographies.map((biography) => ({ name: biography.name, text: normalForm(toldIn(biography)) }));
  const begins = (form: string) => (form.length > 1 ? told.find(({ text }) => text.startsWith(form))?.name : undefined);
  return {
    person: (name) => people.get(normalForm(name)) ?? begins(normalForm(name)),
    isSure: (name) => sure.has(normalForm(name)),
    thing: (name) => things.get(normalForm(name)),
  };
}
