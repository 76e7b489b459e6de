// What a comparison of two parsed scripts says: each scene and each element of both sides, exactly once.
import * as z from 'zod';

/**
 * same: the same words at the same place; changed: words differ, place is the same; moved: known again elsewhere;
 * added, removed: on one side alone.
 */
export const Status = z.enum(['same', 'changed', 'moved', 'added', 'removed']);
export type Status = z.infer<typeof Status>;

export const Counts = z.object({
  same: z.int(),
  changed: z.int(),
  moved: z.int(),
  added: z.int(),
  removed: z.int(),
});
export type Counts = z.infer<typeof Counts>;

/** Where a scene stands in its document. `id` is empty for what an episode holds outside any scene. */
export const ScenePlace = z.object({ episode: z.int(), id: z.string(), number: z.string(), heading: z.string() });
export type ScenePlace = z.infer<typeof ScenePlace>;

/** Where an element stands in its document. */
export const ElementPlace = z.object({ episode: z.int(), sceneId: z.string(), id: z.string() });
export type ElementPlace = z.infer<typeof ElementPlace>;

/** One line of the script on both sides; a moved one has the same words. */
export const ElementChange = z.object({
  status: Status,
  before: ElementPlace.nullable(),
  after: ElementPlace.nullable(),
});
export type ElementChange = z.infer<typeof ElementChange>;

/** A moved scene stands elsewhere among its neighbours; whether its words changed too is in `elements`. */
export const SceneChange = z.object({
  status: Status,
  before: ScenePlace.nullable(),
  after: ScenePlace.nullable(),
  /** Its elements. One that moved between scenes counts where it went. */
  elements: Counts,
  /** Elements that were moved from here into another scene. */
  left: z.int(),
});
export type SceneChange = z.infer<typeof SceneChange>;

export const EpisodeChange = z.object({
  status: z.enum(['same', 'changed', 'added', 'removed']),
  before: z.int().nullable(),
  after: z.int().nullable(),
  scenes: Counts,
});
export type EpisodeChange = z.infer<typeof EpisodeChange>;

export type Comparison = {
  /** In the new document's order; removed ones stand behind what they followed. */
  readonly episodes: readonly EpisodeChange[];
  readonly scenes: readonly SceneChange[];
  readonly elements: readonly ElementChange[];
  readonly counts: { readonly scenes: Counts; readonly elements: Counts };
};

export const noCounts = (): Counts => ({ same: 0, changed: 0, moved: 0, added: 0, removed: 0 });
