// From the parsed document to mentions and hints, one episode at a time; the front matter is episode 0.
import type { Document } from '../../script/schema.ts';
import type { Extraction } from '../schema.ts';
import { biographyAliases } from './biography-aliases.ts';
import { tellBiography } from './biography-hints.ts';
import { ChineseAddresses } from './chinese-address.ts';
import { biographySpot, Collector } from './collect.ts';
import { EnglishNames } from './english-names.ts';
import { type KnownForms, knownForms } from './known-forms.ts';
import { extractBiographyLooks, extractLooks } from './looks.ts';
import { type NamingReader, PeopleExtractor } from './people.ts';
import { extractPlaces } from './places.ts';
import { extractProps } from './props.ts';
import { extractSurroundings } from './surroundings.ts';

/**
 * What the biographies tell, as episode 0: people, other names with the clause that tells each, looks.
 * `document` may be the front matter alone (no episodes).
 */
export function extractFrontMatter(document: Document): Extraction {
  const into = new Collector(0);
  for (const biography of document.biographies) {
    const spot = biographySpot(biography);
    const at = biography.text.indexOf(biography.name);
    into.mention('character', biography.name, 'biography', spot, at < 0 ? undefined : [at, at + biography.name.length]);
    for (const { form, quote, rule } of biographyAliases(biography)) {
      const start = Math.max(0, biography.text.indexOf(quote));
      const told = { ...spot, text: biography.text };
      into.mention('character', form, 'biography', told, [start, start + quote.length]);
      into.hint('character', form, biography.name, rule, told, [start, start + quote.length]);
    }
    tellBiography(biography, document.biographies, into);
  }
  extractBiographyLooks(document.biographies, document.language, into);
  return { ...into.done(), biographies: document.biographies };
}

/**
 * Mentions and hints of one episode. `document` need hold no more than that episode; `known` is `knownForms` of the whole one.
 * An episode number the document does not have yields an empty extraction. `reader` is made of `known` where many episodes share it.
 */
export function extractEpisode(
  document: Document,
  episodeNumber: number,
  known: KnownForms,
  reader = readerOf(known),
): Extraction {
  const into = new Collector(episodeNumber);
  const episode = document.episodes.find(({ number }) => number === episodeNumber);
  if (!episode) return into.done();
  const named = (text: string) => reader.all(text, false);
  const people = new PeopleExtractor(known, reader, into);
  people.loose(episode.elements.filter(({ kind }) => kind === 'note' || kind === 'caption'));
  people.scenes(episode.scenes);
  extractPlaces(episode.scenes, known, into);
  extractProps(episode.scenes, known, named, into);
  extractLooks(episode.scenes, known.language, named, into);
  extractSurroundings(episode.scenes, known, named, into);
  return into.done();
}

const readerOf = (known: KnownForms): NamingReader =>
  known.language === 'zh' ? new ChineseAddresses(known) : new EnglishNames(known);

/** Everything at once, without the pipeline: front matter and all episodes of a whole document. */
export function extractDocument(document: Document): Extraction[] {
  const known = knownForms(document);
  const reader = readerOf(known);
  return [
    extractFrontMatter(document),
    ...document.episodes.map(({ number }) => extractEpisode(document, number, known, reader)),
  ];
}
