// What a breakdown is: mentions found in the script, the forms they use, and the assets they resolve to.
import * as z from 'zod';
import { Biography } from '../script/schema.ts';
import { AssetKind } from './kind.ts';

export * from './kind.ts';

/** UTF-16 units. What is longer names nobody: a line without its breaks, a sentence in front of a colon. */
export const longestForm = 120;

/** One place in the script that names an asset. `quote` stands verbatim in the element (or slug line, or biography line). */
export const Mention = z.object({
  kind: AssetKind,
  /** The form used here: 谢姑娘. */
  surface: z.string(),
  episode: z.int().min(0), // 0 = front matter
  sceneId: z.string(), // '' in front matter
  /** Id of the element, or of the scene for a slug line, or `bio:<line>` for a biography. */
  elementId: z.string(),
  line: z.int().min(1),
  quote: z.string(),
  /** `read`: a model reads it as the name of somebody the grammar does not know. */
  role: z.enum(['speaker', 'cast', 'named', 'addressed', 'place', 'biography', 'read']),
});
export type Mention = z.infer<typeof Mention>;

/** A hint, found in one element, that two forms are the same or are different. Resolution weighs them. */
export const Evidence = z.object({
  rule: z.string(), // closed list in resolve/rules.ts: 'stage_note' | 'biography_alias' | 'surname_title' | 'co_presence' | …
  /** Positive: the same; negative: different. Added up by the scorer. */
  weight: z.number(),
  quote: z.string(),
  line: z.int().min(1),
  episode: z.int().min(0),
  /** Only of a model's word: which model, and the reason it gave. */
  by: z.object({ provider: z.string(), model: z.string() }).optional(),
  reason: z.string().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

export const Hint = z.object({ kind: AssetKind, a: z.string(), b: z.string(), evidence: Evidence });
export type Hint = z.infer<typeof Hint>;

/** What lines tell of an asset besides its names, with the words that tell it. */
export const Trait = z.object({
  kind: AssetKind,
  /** A form of the asset. */
  surface: z.string(),
  /** `relation`: what `to` is to the asset; `holder`: `to` holds it. */
  aspect: z.enum(['appearance', 'personality', 'relation', 'profession', 'age', 'description', 'holder']),
  value: z.string(),
  /** A form of another person. */
  to: z.string().optional(),
  line: z.int().min(1),
  quote: z.string(),
});
export type Trait = z.infer<typeof Trait>;

/** What a picture of an asset alone should show, in Chinese and in English; one of them may be empty. */
export const VisualPrompt = z.object({ kind: AssetKind, surface: z.string(), zh: z.string(), en: z.string() });
export type VisualPrompt = z.infer<typeof VisualPrompt>;

/** Who wrote the prompts of an asset or a shot last: the engine or a model that was asked for them, or a person, whose words no run writes over. */
export const PromptBy = z.enum(['builtin', 'model', 'person']);
export type PromptBy = z.infer<typeof PromptBy>;

/** What one episode (or, as episode 0, the front matter) yields. Plain data: cached by content hash. */
export const Extraction = z.object({
  episode: z.int().min(0),
  mentions: z.array(Mention),
  hints: z.array(Hint),
  /** What lines tell of the gender of whoever a form names: a pronoun behind the name, 臣妾 of herself. */
  genders: z
    .array(z.object({ surface: z.string(), gender: z.enum(['male', 'female']), line: z.int().min(1) }))
    .optional(),
  /** Episode 0: the people as the front matter tells them. */
  biographies: z.array(Biography).optional(),
  /** What grammar cannot say, as a model read it. */
  traits: z.array(Trait).optional(),
  prompts: z.array(VisualPrompt).optional(),
  /** Forms in which the grammar saw a person and a model sees none. Their mentions stay; resolution decides. */
  denied: z.array(z.string()).optional(),
  /** How much of what a model said has no ground in the script and was left out. */
  leftOut: z.int().optional(),
});
export type Extraction = z.infer<typeof Extraction>;

export const Form = z.object({ surface: z.string(), count: z.int(), episodes: z.array(z.int()) });
export type Form = z.infer<typeof Form>;

/** An asset as resolution sees it, before it has a row. `key` is stable for the same forms, so that a re-run finds it again. */
export const Resolved = z.object({
  key: z.string(),
  kind: AssetKind,
  name: z.string(),
  forms: z.array(Form),
  episodes: z.array(z.int()),
  importance: z.enum(['main', 'supporting', 'minor']),
  description: z.string(),
  /** location: key of the place this one lies in; costume: key of its wearer; prop: key of its usual holder. */
  parent: z.string().optional(),
  attributes: z.record(z.string(), z.string()), // gender, age, profession, int_ext …
  variants: z.array(
    z.object({ name: z.string(), description: z.string(), episodes: z.array(z.int()), quote: z.string() }),
  ),
});
export type Resolved = z.infer<typeof Resolved>;

/** A decision taken or proposed about two forms or assets, with all its evidence and the summed score (0–1). */
export const Decision = z.object({
  kind: AssetKind,
  /** merged: done, above the bar; review: waits for a person; refused: counter-evidence. */
  outcome: z.enum(['merged', 'review', 'refused']),
  a: z.string(), // form
  b: z.string(), // form
  aKey: z.string(), // Resolved.key of the side after all merges (equal when merged)
  bKey: z.string(),
  score: z.number().min(0).max(1),
  evidence: z.array(Evidence),
});
export type Decision = z.infer<typeof Decision>;

export const Resolution = z.object({
  assets: z.array(Resolved),
  decisions: z.array(Decision),
  /** Forms that mean different people in different places (夫人, 陆董): scene id → asset key, per form. */
  ambiguous: z.array(z.object({ surface: z.string(), byScene: z.record(z.string(), z.string()) })),
});
export type Resolution = z.infer<typeof Resolution>;
