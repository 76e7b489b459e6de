// A mention stands or falls with its quote: what is not in the script is refused.
import type { Document, Element } from '../../script/schema.ts';
import type { Extraction, Mention } from '../schema.ts';

/** The extraction without the mentions whose element is not there or does not hold their quote; those are `refused`. */
export function verifyQuotes(
  extraction: Extraction,
  document: Document,
): { extraction: Extraction; refused: Mention[] } {
  const words = wordsOf(document);
  const refused: Mention[] = [];
  const mentions = extraction.mentions.filter((mention) => {
    const stands = words.get(mention.elementId)?.some((text) => text.includes(mention.quote)) === true;
    if (!stands || mention.quote === '') refused.push(mention);
    return stands && mention.quote !== '';
  });
  return { extraction: { ...extraction, mentions }, refused };
}

/** Everything that stands in an element: what is said or shown, how, by whom, and the notes of a cast line. */
export const wordsIn = ({ text, paren, speakers, notes }: Pick<Element, 'text' | 'paren' | 'speakers' | 'notes'>) => [
  text,
  paren ?? '',
  ...(speakers ?? []),
  ...Object.entries(notes ?? {}).flat(),
];

/** Everything that stands in an element, slug line or biography line, by id. */
function wordsOf(document: Document): Map<string, string[]> {
  const words = new Map<string, string[]>();
  const keep = (element: Element): void => {
    words.set(element.id, wordsIn(element));
  };
  for (const episode of document.episodes) {
    for (const element of episode.elements) keep(element);
    for (const scene of episode.scenes) {
      words.set(scene.id, [scene.heading, scene.location]);
      for (const element of scene.elements) keep(element);
    }
  }
  for (const { name, text, line } of document.biographies)
    words.set(`bio:${line}`, [...(words.get(`bio:${line}`) ?? []), text, name]);
  return words;
}
