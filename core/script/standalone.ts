// An episode on its own: what stands before it in the source changes nothing of it.
import type { Document, Element, Episode } from './schema.ts';

/** The episode as if its source began with it: lines and offsets are counted from its first line, and pages are left out. Pure. */
export function standalone(episode: Episode): Episode {
  const before = episode.line - 1;
  const first = Math.min(
    ...[...episode.elements, ...episode.scenes.flatMap(({ elements }) => elements)].map(({ offset }) => offset),
  );
  const own = ({ page: _page, ...element }: Element): Element => ({
    ...element,
    line: element.line - before,
    endLine: element.endLine - before,
    offset: element.offset - first,
  });
  return {
    ...episode,
    line: 1,
    elements: episode.elements.map(own),
    scenes: episode.scenes.map((scene) => ({ ...scene, line: scene.line - before, elements: scene.elements.map(own) })),
  };
}

/** A document that holds one episode, and of the rest the front matter's people. Pure. */
export const holding = (episode: Episode, rest: Omit<Document, 'episodes'>): Document => ({
  ...rest,
  notes: [],
  warnings: [],
  episodes: [episode],
});
