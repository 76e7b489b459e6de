// The script as the checks see it: every element with its scene and its place in the order of the episode.
import type { Element, Episode, Scene } from '../../script/schema.ts';
import { isSpoken } from '../beats.ts';
import type { ShotContent } from '../schema.ts';

export type Place = {
  readonly element: Element;
  readonly scene: Scene;
  /** Counted through the episode; whole numbers, so that parts of a line can stand between. */
  readonly at: number;
};

export type Script = {
  readonly scenes: readonly Scene[];
  readonly sceneOf: ReadonlyMap<string, Scene>;
  /** Every element of a scene, by its id, in order. */
  readonly places: ReadonlyMap<string, Place>;
  /** The elements that must be heard, in order. */
  readonly spoken: readonly Place[];
};

/** Indexes an episode. Of two elements with one id the first counts, of two scenes likewise: ids are unique in a parsed document. */
export function scriptOf(episode: Episode): Script {
  const places = new Map<string, Place>();
  const sceneOf = new Map<string, Scene>();
  let at = 0;
  for (const scene of episode.scenes) {
    if (!sceneOf.has(scene.id)) sceneOf.set(scene.id, scene);
    for (const element of scene.elements) {
      if (!places.has(element.id)) places.set(element.id, { element, scene, at });
      at++;
    }
  }
  return {
    scenes: episode.scenes,
    sceneOf,
    places,
    spoken: [...places.values()].filter(({ element }) => isSpoken(element)),
  };
}

/** Where a line, or a part of one, stands: a later part behind an earlier one, all before the next element. */
export const atOf = (place: Place, line: ShotContent['lines'][number]): number =>
  place.at + (line.part - 1) / line.parts / 2;
