// Storyboards and their shots, as clients see and change them.
import * as z from 'zod';
import { PromptBy } from '../breakdown/schema.ts';
import { PageInput, pageOf } from '../platform/page.ts';
import { rule } from '../platform/words.ts';
import { Coverage } from '../storyboard/coverage/report.ts';
import { isShort } from '../storyboard/index.ts';
import { Blocking, ShotContent, Unanchored } from '../storyboard/schema.ts';

export const Shot = ShotContent.extend({
  id: z.string(),
  storyboardId: z.string(),
  /** Place in the storyboard, counted from 1; given in lists, which know it. */
  number: z.int().nullable(),
  /** Sorts shots; between any two ranks there is another. */
  rank: z.string(),
  locked: z.boolean(),
  /** Set once a person changed it: a re-run keeps it. */
  edited: z.boolean(),
  /** Null where whoever made the shot wrote its prompts. */
  promptBy: PromptBy.nullable(),
  status: z.enum(['draft', 'approved']),
  note: z.string(),
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type Shot = z.infer<typeof Shot>;

/** What coverage says in short; the report names each line. */
export const CoverageSummary = z.object({
  complete: z.boolean(),
  dialogueTotal: z.int(),
  dialogueOnce: z.int(),
  actionRatio: z.number(),
  issues: z.int(),
});

export const Storyboard = z.object({
  id: z.string(),
  episodeId: z.string(),
  projectId: z.string(),
  snapshotId: z.string().nullable(),
  shots: z.int(),
  seconds: z.number(),
  coverage: CoverageSummary,
  /** Kept shots that a newer script left without their words, or without some of them. They stay on the storyboard. */
  unanchored: z.array(Unanchored),
  version: z.int(),
  updatedAt: z.int(),
});
export type Storyboard = z.infer<typeof Storyboard>;

const id = z.string().max(80);
const version = z.int().min(1).optional();

const short = z.string().max(200);
const words = z.string().max(8000);

/** Fields a person may write; identity, order, lock and sources have their own verbs. */
export const ShotFields = ShotContent.omit({
  sceneId: true,
  sceneNumber: true,
  elementIds: true,
  lines: true,
  unsourced: true,
}).extend({
  title: short,
  lens: short,
  location: short,
  emotion: short,
  action: words,
  result: words,
  caption: words,
  soundEffect: words,
  ambience: words,
  music: words,
  score: words,
  rig: ShotContent.shape.rig.unwrap(),
  speed: ShotContent.shape.speed.unwrap(),
  setup: z.int().min(0).max(1_000_000),
  track: short,
  focus: short,
  colorTemperature: short,
  endFrame: z.object({ zh: words, en: words }),
  atmosphere: words,
  lighting: words,
  blocking: z.array(Blocking.extend({ assetId: id, name: short, variant: short })).max(50),
  propAssetIds: z.array(id).max(100),
  locationAssetId: id,
  continuity: z.array(z.string().max(500)).max(50),
  imagePrompt: z.object({ zh: words, en: words }),
  videoPrompt: z.object({ zh: words, en: words }),
  composition: words.optional(),
  acting: words.optional(),
  effects: words.optional(),
  technique: words.optional(),
  narrative: words.optional(),
  rhythm: short.optional(),
  focusShift: short.optional(),
  negativePrompt: words.optional(),
});

const shortEnough = {
  message: rule('一个镜头的内容最多 100,000 字节 JSON', 'at most 100,000 bytes of JSON for one shot'),
};
const isUnknown = ({ code }: { code: string }) => code === 'unrecognized_keys';

const noSuch = rule('镜头没有这个字段，或者不能这样写入', 'a shot has no such field, or it is not written like this');
const noSuchField = (issue: { code: string }) => (isUnknown(issue) ? noSuch : undefined);

/** What is written of a shot at once: together no more than a shot may tell. */
const Told = z.strictObject(ShotFields.partial().shape, { error: noSuchField }).refine(isShort, shortEnough);

/** What a shot is read with and cannot be written: it may be put back as it was read. */
const asRead = Object.fromEntries(
  Object.keys(Shot.shape)
    .filter((name) => !(name in ShotFields.shape))
    .map((name) => [name, z.unknown().meta({ readOnly: true }).optional()]),
) as Record<Exclude<keyof Shot, keyof typeof ShotFields.shape>, z.ZodOptional<z.ZodUnknown>>;
const PutBack = z
  .strictObject({ ...asRead, ...ShotFields.partial().shape }, { error: noSuchField })
  .refine(isShort, shortEnough);

/** Beside `content` stand the few fields that are no content; who puts a shot there as it was read is told where it belongs. */
const besides = rule(
  '镜头的字段写在 content 中；锁定用 /shots/{id}/lock，移动用 /shots/{id}/move',
  'fields of a shot go under content; it is locked at /shots/{id}/lock and moved at /shots/{id}/move',
);
const underContent = { error: (issue: { code: string }) => (isUnknown(issue) ? besides : undefined) };

export const EpisodeOf = z.object({ id });
export const StoryboardId = z.object({ id });
export const ListShots = PageInput.extend({ id });
export const ShotId = z.object({ id });
export const InsertShot = z.strictObject(
  {
    /** Storyboard. */
    id,
    /** Shot it comes after; the first place of the storyboard when left out. */
    afterId: id.optional(),
    content: Told,
  },
  underContent,
);
export const UpdateShot = z.strictObject(
  {
    id,
    version,
    content: PutBack.optional(),
    note: z.string().max(4000).optional(),
    status: z.enum(['draft', 'approved']).optional(),
  },
  underContent,
);
export const RemoveShot = z.object({ id, version: z.coerce.number().int().min(1).optional() });
export const LockShot = z.object({ id, version, locked: z.boolean() });
export const MoveShot = z.object({ id, version, afterId: id.nullable() });
export const SplitShot = z.object({
  id,
  version,
  /** Cut before this line or element; with `at`, inside the line's text at this UTF-16 offset. */
  beforeElementId: z.string().max(60),
  at: z.int().min(1).optional(),
});
export const MergeShots = z.object({ id, version, withId: id });
export const ExportStoryboard = z.object({
  /** Storyboard. */
  id,
  format: z.enum(['html', 'csv', 'json']).default('html'),
  /** Only the shots of this scene. */
  sceneId: z.string().max(80).optional(),
});
export const ShotPage = pageOf(Shot);
export const CoverageReport = Coverage;
