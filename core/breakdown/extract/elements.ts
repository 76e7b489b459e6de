// What of a document is read: its elements in order, and the texts of one that say or show something.
import type { Document, Element } from '../../script/schema.ts';

/** All elements of a document in order, those outside scenes included. */
export function elementsOf(document: Document): Element[] {
  return document.episodes.flatMap((episode) => [
    ...episode.elements,
    ...episode.scenes.flatMap((scene) => scene.elements),
  ]);
}

/** What is said or shown, and what is done while it is said: （拨着算盘）. */
export function shownIn({ text, paren }: Element): string[] {
  return paren ? [paren, text] : [text];
}
