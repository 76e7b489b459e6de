// What a revision would do to what was made of the one before, told before anything is begun.
import * as z from 'zod';
import { AssetKind } from '../breakdown/kind.ts';
import { Quote } from '../quote/schema.ts';
import { Counts, EpisodeChange, SceneChange } from '../revision/compare/index.ts';
import { Unanchored } from '../storyboard/unanchored-schema.ts';

/**
 * moved: stays as it is, elsewhere; reworded: its words follow the script; unanchored: a person's shot whose words are not in the script as it
 * has them, kept and listed; remade: generated, its words changed; dropped: generated, its words are gone.
 */
export const ShotOutcome = z.enum(['moved', 'reworded', 'unanchored', 'remade', 'dropped']);
export type ShotOutcome = z.infer<typeof ShotOutcome>;

export const ShotImpact = z.object({
  shotId: z.string(),
  outcome: ShotOutcome,
  /** Numbers of its episode, now and then. */
  episode: z.int(),
  toEpisode: z.int(),
  sceneNumber: z.string(),
  locked: z.boolean(),
  edited: z.boolean(),
  /** Elements of the document before that it cites and that changed or are gone. */
  elementIds: z.array(z.string()),
  /** Why it is unanchored. */
  reason: Unanchored.shape.reason.nullable(),
});
export type ShotImpact = z.infer<typeof ShotImpact>;

export const ShotCounts = z.object({
  /** Untouched. */
  stay: z.int(),
  moved: z.int(),
  reworded: z.int(),
  unanchored: z.int(),
  remade: z.int(),
  dropped: z.int(),
  /** Kept as they are with episodes that left the script. */
  left: z.int(),
});
export type ShotCounts = z.infer<typeof ShotCounts>;

export const AssetImpact = z.object({
  assetId: z.string(),
  kind: AssetKind,
  name: z.string(),
  /** Places that name it, in the document before, and how many of them are gone. */
  mentions: z.int(),
  mentionsGone: z.int(),
  /** Forms that the script does not use any more. */
  formsGone: z.array(z.string()),
  /** The name that stands in the place of one of its forms throughout. */
  renamedTo: z.string().nullable(),
  /** No form of it is in the script any more. */
  leaves: z.boolean(),
});
export type AssetImpact = z.infer<typeof AssetImpact>;

export const EpisodeImpact = z.object({
  title: z.string(),
  status: EpisodeChange.shape.status,
  /** Number in the project now and then; `after` of one that leaves the script is the number it is kept under. */
  before: z.int().nullable(),
  after: z.int(),
  scenes: Counts,
});
export type EpisodeImpact = z.infer<typeof EpisodeImpact>;

export const Impact = z.object({
  scriptId: z.string(),
  revision: z.int(),
  /** Revision it is compared to: the one the storyboards stand on, else the one before; null for the first. */
  against: z.int().nullable(),
  counts: z.object({ scenes: Counts, elements: Counts, shots: ShotCounts }),
  episodes: z.array(EpisodeImpact),
  /** Scenes that are not the same. */
  scenes: z.array(SceneChange),
  renames: z.array(z.object({ kind: z.enum(['character', 'location']), before: z.string(), after: z.string() })),
  assets: z.array(AssetImpact),
  /** Shots that do not stay untouched; unanchored ones come first. */
  shots: z.array(ShotImpact),
  /** Members of the lists that are left off to keep the answer short. */
  leftOff: z.object({ scenes: z.int(), assets: z.int(), shots: z.int() }),
  /** The quote of the breakdown, begun on this revision as the tenant's policy has it; null where a newer one has taken its place. */
  price: Quote.nullable(),
});
export type Impact = z.infer<typeof Impact>;
