// The asset library: characters, locations, props … with every form they go by and where each stands in the script.

import * as z from 'zod';
import { AssetKind, Evidence, Form, longestForm, Mention, PromptBy } from '../breakdown/schema.ts';
import { displayName } from '../platform/name.ts';
import { PageInput, pageOf } from '../platform/page.ts';
import { rule } from '../platform/words.ts';

export const AssetStatus = z.enum(['active', 'merged', 'deleted']);
export type AssetStatus = z.infer<typeof AssetStatus>;

export const Variant = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  episodes: z.array(z.int()),
  quote: z.string(),
});
export type Variant = z.infer<typeof Variant>;

export const Asset = z.object({
  id: z.string(),
  projectId: z.string(),
  kind: AssetKind,
  name: z.string(),
  /** All surface forms, with how often and in which episodes. */
  forms: z.array(Form),
  aliases: z.array(z.string()),
  status: AssetStatus,
  mergedInto: z.string().nullable(),
  description: z.string(),
  attributes: z.record(z.string(), z.string()),
  variants: z.array(Variant),
  importance: z.enum(['main', 'supporting', 'minor']),
  parentId: z.string().nullable(),
  episodes: z.array(z.int()),
  source: z.enum(['extracted', 'manual']),
  /** Null where the breakdown wrote its visual prompts, or nobody did. */
  promptBy: PromptBy.nullable(),
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type Asset = z.infer<typeof Asset>;

export const Decision = z.object({
  id: z.string(),
  projectId: z.string(),
  kind: AssetKind,
  status: z.enum(['waiting', 'merged', 'accepted', 'rejected', 'refused']),
  a: z.object({ form: z.string(), assetId: z.string(), name: z.string() }),
  b: z.object({ form: z.string(), assetId: z.string(), name: z.string() }),
  score: z.number(),
  evidence: z.array(Evidence),
  version: z.int(),
});
export type Decision = z.infer<typeof Decision>;

/** A change to the library that can be undone: merge, split, delete. */
export const Change = z.object({
  id: z.string(),
  projectId: z.string(),
  kind: z.enum(['merge', 'split']),
  assetIds: z.array(z.string()),
  undone: z.boolean(),
  by: z.string(),
  at: z.int(),
});
export type Change = z.infer<typeof Change>;

const id = z.string().max(60);
const name = displayName(longestForm);
const Attributes = z.record(z.string().max(40), z.string().max(400));
const GivenVariant = Variant.extend({
  id: z.string().max(200).optional(),
  name,
  description: z.string().max(4000),
  quote: z.string().max(4000).optional(),
});

/** Bytes of JSON. Two rows that are merged, and the record of it, stay below the 400 KB a row may have. */
const mostTold = 100_000;
const isShort = (asked: object): boolean => Buffer.byteLength(JSON.stringify(asked)) <= mostTold;
const tooLong = { message: rule('一项资产的 JSON 最多 100,000 字节', 'at most 100,000 bytes of JSON for one asset') };
const version = z.coerce.number().int().min(1);

export const AssetId = z.object({ id });
export const ListAssets = PageInput.extend({
  projectId: id,
  kind: AssetKind.optional(),
  /** Any form, with tolerance for a typo. */
  search: z.string().trim().max(60).optional(),
  status: AssetStatus.default('active'),
  episode: z.coerce.number().int().min(1).optional(),
});
export const ListMentions = PageInput.extend({ id, episode: z.coerce.number().int().min(0).optional() });
export const CreateAsset = z
  .object({
    projectId: id,
    kind: AssetKind,
    name,
    aliases: z.array(name).max(50).default([]),
    description: z.string().max(4000).default(''),
    attributes: Attributes.default({}),
    parentId: id.optional(),
  })
  .refine(isShort, tooLong);
export const UpdateAsset = z
  .object({
    id,
    version: version.optional(),
    name: name.optional(),
    aliases: z.array(name).max(200).optional(),
    description: z.string().max(4000).optional(),
    attributes: Attributes.optional(),
    importance: z.enum(['main', 'supporting', 'minor']).optional(),
    parentId: id.nullable().optional(),
    variants: z.array(GivenVariant).max(100).optional(),
  })
  .refine(isShort, tooLong);
export const Versioned = z.object({ id, version: version.optional() });
export const MergeAssets = z.object({ id, version: version.optional(), otherId: id });
export const SplitAsset = z.object({
  id,
  version: version.optional(),
  forms: z.array(z.string().max(longestForm)).min(1).max(200),
  name: name.optional(),
});
export const ListDecisions = PageInput.extend({ projectId: id, status: Decision.shape.status.default('waiting') });
export const ListChanges = PageInput.extend({ projectId: id });
export const AssetPage = pageOf(Asset);
export const MentionPage = pageOf(Mention);
export const DecisionPage = pageOf(Decision);
export const ChangePage = pageOf(Change);
