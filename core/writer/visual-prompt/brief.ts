// What a person asks for when prompts are to be written: of which assets and shots, in which languages, for what.
import * as z from 'zod';
import { AssetKind } from '../../breakdown/kind.ts';
import { rule } from '../../platform/words.ts';
import { targets } from './pictured.ts';

const id = z.string().max(80);
/** Named one by one; more are asked for by kind or by episode. */
const ids = z.array(id).min(1).max(200);

const Said = z.object({
  projectId: id,
  assetId: id.optional(),
  shotId: id.optional(),
  assetIds: ids.optional(),
  shotIds: ids.optional(),
  /** Assets of this kind; with `episode_id`, those the episode has. */
  kind: AssetKind.optional(),
  /** The shots of this episode; with `kind`, its assets of that kind. */
  episodeId: id.optional(),
  /** Of shots: the first frame, the last one, the clip. */
  targets: z
    .array(z.enum(targets))
    .min(1)
    .default([...targets]),
  languages: z.array(z.enum(['zh', 'en'])).min(1).default(['zh', 'en']), // biome-ignore format: one thought
  /** What is wanted of the pictures besides. */
  instruction: z.string().trim().max(1000).default(''),
  /** Also those that have prompts; with named ones, also over a person's words. */
  rerun: z.boolean().default(false),
});

const isNamed = ({ assetId, shotId, assetIds, shotIds }: z.output<typeof Said>): boolean =>
  [assetId, shotId, assetIds, shotIds].some((one) => one !== undefined);

/** Either named ones or all of a kind or an episode. */
export const AskedPrompts = Said.refine(
  (asked) => isNamed(asked) !== (asked.kind !== undefined || asked.episodeId !== undefined),
  {
    message: rule(
      '请写明 asset_id、shot_id（或 asset_ids、shot_ids），或改用 kind、episode_id 成批处理',
      'name asset_id or shot_id (or asset_ids, shot_ids), or instead a kind or an episode_id for all of them',
    ),
  },
);
export type AskedPrompts = z.output<typeof AskedPrompts>;

/** What is kept of it for the work. */
export const PromptBrief = z.object({
  /** Named ones; none where a kind or an episode is asked for. */
  assets: z.array(id),
  shots: z.array(id),
  kind: AssetKind.optional(),
  /** Number of the episode. */
  episode: z.int().optional(),
  targets: Said.shape.targets.unwrap(),
  languages: Said.shape.languages.unwrap(),
  wish: z.string(),
  rerun: z.boolean(),
});
export type PromptBrief = z.infer<typeof PromptBrief>;

/** @param episode number behind `episode_id`. */
export function briefOf(asked: Omit<AskedPrompts, 'projectId'>, episode: number | undefined): PromptBrief {
  const { assetId, shotId, assetIds = [], shotIds = [], kind, targets: of, languages, instruction, rerun } = asked;
  const once = <T>(all: readonly T[]): T[] => [...new Set(all)];
  return {
    assets: once([...(assetId === undefined ? [] : [assetId]), ...assetIds]),
    shots: once([...(shotId === undefined ? [] : [shotId]), ...shotIds]),
    ...(kind && { kind }),
    ...(episode !== undefined && { episode }),
    targets: targets.filter((target) => of.includes(target)),
    languages: (['zh', 'en'] as const).filter((language) => languages.includes(language)),
    wish: instruction,
    rerun,
  };
}
