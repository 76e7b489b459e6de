import type { Document, Element } from '../../script/schema.ts';

/** All elements of a document in order, those outside scenes included. */
export function elementsOf(document: Document): Element[] {
  return document.episodes.flatMap((episode) => [
    ...episode.elements,
    ...episode.scenes.flatMap((scene) => scene.elements),
  ]);
}
