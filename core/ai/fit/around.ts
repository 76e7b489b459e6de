// What is shown of a neighbouring scene: as much of its end or its beginning as there is room for. Pure.
import { elementTokens, type FittedElement, type FittedScene } from './weigh.ts';

/** The scene with its first elements that fit; none is cut. */
export const beginningOf = (scene: FittedScene, room: number): FittedScene => ({
  ...scene,
  elements: taken(scene.elements, room),
});

/** The scene with its last elements that fit. */
export const endingOf = (scene: FittedScene, room: number): FittedScene => ({
  ...scene,
  elements: taken(scene.elements.toReversed(), room).toReversed(),
});

function taken(elements: readonly FittedElement[], room: number): FittedElement[] {
  const kept: FittedElement[] = [];
  let left = room;
  for (const element of elements) {
    left -= elementTokens(element);
    if (left < 0) break;
    kept.push(element);
  }
  return kept;
}
