// Episodes as clients see them: where each stands, and what it holds.
import * as z from 'zod';
import { PageInput, pageOf } from '../platform/page.ts';
import { Element, Scene } from '../script/schema.ts';

export const EpisodeStatus = z.enum(['PENDING', 'ANALYZING', 'COMPLETED', 'FAILED']);
export type EpisodeStatus = z.infer<typeof EpisodeStatus>;

export const EpisodeInfo = z.object({
  id: z.string(),
  projectId: z.string(),
  scriptId: z.string(),
  revision: z.int(),
  number: z.int(),
  title: z.string(),
  /** Extraction of assets. */
  status: EpisodeStatus,
  /** Storyboard. */
  storyboardStatus: EpisodeStatus,
  errorCode: z.string().nullable(),
  /** Revision of the script that it is no longer in; it and its storyboard are kept to be read. */
  removedIn: z.int().nullable(),
  scenes: z.int(),
  dialogue: z.int(),
  action: z.int(),
  version: z.int(),
  updatedAt: z.int(),
});
export type EpisodeInfo = z.infer<typeof EpisodeInfo>;

export const EpisodeId = z.object({ id: z.string().max(60) });
/** `size`: so many scenes at a time; all of them when it is left out. */
export const ReadElements = EpisodeId.extend({
  cursor: PageInput.shape.cursor,
  size: z.coerce.number().int().min(1).max(1000).optional(),
});
export const ListEpisodes = PageInput.extend({ projectId: z.string().max(60) });
export const EpisodePage = pageOf(EpisodeInfo);
export const EpisodeContent = EpisodeInfo.extend({
  elements: z.array(Element),
  sceneList: z.array(Scene),
  nextCursor: z.string().nullable(),
});
