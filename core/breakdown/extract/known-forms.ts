// What the whole document's grammar says before any episode is looked at closely: who is labelled, which sets there are.
// Holds no counts, so that a change in one episode leaves the others' cached extractions good.
import * as z from 'zod';
import type { Document } from '../../script/schema.ts';
import { byText } from '../forms/order.ts';
import { readName } from '../forms/read-name.ts';
import { biographyAliases } from './biography-aliases.ts';
import { elementsOf } from './elements.ts';
import { introducedNames } from './introduced-names.ts';
import { recurringProps } from './recurring-props.ts';
import { toldNames } from './told-names.ts';

const KnownPerson = z.object({
  /** As labelled, told or introduced. */
  surface: z.string(),
  /** label: on a cast line or a cue; biography: has one; alias: told in a biography; told: named in so many words in the text. */
  source: z.enum(['label', 'biography', 'alias', 'told']),
  /** Has a line of dialogue anywhere. */
  speaks: z.boolean(),
  /** A bracket on a cast line says who it is: 黑衣刺客（李砚）. */
  noted: z.boolean(),
});
type KnownPerson = z.infer<typeof KnownPerson>;

export const KnownForms = z.object({
  language: z.enum(['zh', 'en']),
  people: z.array(KnownPerson),
  /** Places as slug lines write them. */
  places: z.array(z.string()),
  /** Things that recur or are counted, over the whole document. */
  props: z.array(z.string()),
});
export type KnownForms = z.infer<typeof KnownForms>;

/** Every form the document's cast lines, cues, biographies and slug lines give. Pure; sorted, so the same for any order of episodes. */
export function knownForms(document: Document): KnownForms {
  const people = new Map<string, KnownPerson>();
  const know = (surface: string, source: KnownPerson['source'], told: Partial<KnownPerson> = {}): void => {
    const before = people.get(surface);
    if (surface.trim().length === 0) return;
    people.set(surface, {
      surface,
      source: stronger(before?.source, source),
      speaks: told.speaks === true || before?.speaks === true,
      noted: told.noted === true || before?.noted === true,
    });
  };
  for (const element of elementsOf(document)) {
    for (const speaker of element.speakers ?? [])
      know(speaker, 'label', { speaks: element.kind === 'dialogue' || element.kind === 'lyric' });
    for (const [label, name] of Object.entries(element.notes ?? {}))
      if (isName(name, document)) {
        know(name, 'told');
        know(label, 'label', { noted: true });
      }
  }
  for (const scene of document.episodes.flatMap(({ scenes }) => scenes))
    for (const name of scene.cast) know(name, 'label');
  for (const biography of document.biographies) {
    know(biography.name, 'biography');
    for (const alias of biographyAliases(biography)) know(alias.form, 'alias');
  }
  for (const name of introducedNames(document, people.keys())) know(name, 'told');
  for (const name of toldNames(document, new Set(people.keys()))) know(name, 'told');
  const list = [...people.values()].sort((a, b) => byText(a.surface, b.surface));
  return {
    language: document.language,
    people: list,
    places: [...new Set(document.episodes.flatMap(({ scenes }) => scenes.map(({ location }) => location)))]
      .filter((place) => place.length > 0)
      .sort(byText),
    props: recurringProps(
      document,
      list.map(({ surface }) => surface),
    ),
  };
}

const rank = { label: 3, biography: 4, alias: 2, told: 1 } as const;

function stronger(a: KnownPerson['source'] | undefined, b: KnownPerson['source']): KnownPerson['source'] {
  return a && rank[a] >= rank[b] ? a : b;
}

function isName(note: string, { language }: Document): boolean {
  return ['name', 'titled'].includes(readName(note, language).kind);
}
