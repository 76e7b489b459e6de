// What everything of an older document is in a newer one: the way along which what cites it is taken over.
import type { Document, Element, Scene } from '../../script/schema.ts';
import { type Rename, renamesOf } from './renames.ts';
import type { Comparison } from './schema.ts';

/** An element and where it stands; `at` counts through the document. What stands outside scenes has none. */
export type Stand = {
  readonly element: Element;
  readonly scene: Scene | undefined;
  readonly episode: number;
  readonly at: number;
};

export type Successors = {
  /** An element of the older document. */
  readonly was: (id: string) => Stand | undefined;
  /** What an element of the older document is in the newer one; undefined when it is not in it. */
  readonly is: (id: string) => Stand | undefined;
  /** What an element of the newer document was in the older one. */
  readonly from: (id: string) => Stand | undefined;
  /** Elements of the newer document, by their place. */
  readonly at: (place: number) => Stand | undefined;
  /** What a scene of the older document is in the newer one, and the episode it is in. */
  readonly scene: (id: string) => { readonly scene: Scene; readonly episode: number } | undefined;
  /** Where a scene of the newer document stands, counted through it. */
  readonly place: (sceneId: string) => number | undefined;
  readonly episode: (number: number) => number | undefined;
  readonly renames: readonly Rename[];
  readonly comparison: Comparison;
};

type Side = Pick<Document, 'episodes'>;

/** The way from one document to another, by their comparison. Pure. */
export function successorsOf(before: Side, after: Side, comparison: Comparison): Successors {
  const [old, now] = [standsOf(before), standsOf(after)];
  const [next, former] = [new Map<string, string>(), new Map<string, string>()];
  for (const { before: one, after: other } of comparison.elements) {
    if (!one || !other) continue;
    next.set(one.id, other.id);
    former.set(other.id, one.id);
  }
  const held = new Map(
    after.episodes.flatMap((episode) =>
      episode.scenes.map((scene) => [scene.id, { scene, episode: episode.number }] as const),
    ),
  );
  const places = new Map([...held.keys()].map((id, place) => [id, place]));
  const scenes = new Map(comparison.scenes.map((change) => [change.before?.id, change.after?.id]));
  const episodes = new Map(comparison.episodes.map((change) => [change.before, change.after]));
  const inOrder = [...now.values()];
  return {
    was: (id) => old.get(id),
    is: (id) => now.get(next.get(id) ?? ''),
    from: (id) => old.get(former.get(id) ?? ''),
    at: (place) => inOrder[place],
    scene: (id) => held.get(scenes.get(id) ?? ''),
    place: (sceneId) => places.get(sceneId),
    episode: (number) => episodes.get(number) ?? undefined,
    renames: renamesOf(before, after, comparison),
    comparison,
  };
}

/** Every element by its id, in the document's order. */
function standsOf({ episodes }: Side): Map<string, Stand> {
  const stands = new Map<string, Stand>();
  for (const { number: episode, elements, scenes } of episodes) {
    for (const element of elements) stands.set(element.id, { element, scene: undefined, episode, at: stands.size });
    for (const scene of scenes)
      for (const element of scene.elements) stands.set(element.id, { element, scene, episode, at: stands.size });
  }
  return stands;
}
