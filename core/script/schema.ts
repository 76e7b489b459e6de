// What a parsed script is. One document model for every format; the readers in formats/ and the grammars fill it.
import * as z from 'zod';
import { Quality, ScriptFormat, Warning } from './quality.ts';

export * from './quality.ts';

/** Interior or exterior, as the slug line says; unknown is said, never guessed. */
export const IntExt = z.enum(['INT', 'EXT', 'INT_EXT', 'UNKNOWN']);
export type IntExt = z.infer<typeof IntExt>;

/** Time of day, as the slug line says. SAME = "the same as before" (同前幕, CONTINUOUS). */
export const TimeOfDay = z.enum(['DAY', 'NIGHT', 'DAWN', 'DUSK', 'SAME', 'UNKNOWN']);
export type TimeOfDay = z.infer<typeof TimeOfDay>;

export const ElementKind = z.enum([
  'episode', // an episode heading
  'heading', // a slug line (all lines it is made of)
  'cast', // a cast line: 出场人物：…
  'action',
  'dialogue',
  'lyric',
  'caption', // text seen on screen: 【字幕：…】
  'sound', // ♪, 音效
  'transition',
  'flashback_start',
  'flashback_end',
  'shot', // a shot or camera line in the script: 【特写】…, ANGLE ON
  'note', // production notes, synopses, sections: kept, not filmed
  'end', // 【本集完】
]);
export type ElementKind = z.infer<typeof ElementKind>;

/** How a line is heard: on camera, off screen (a thought or somebody out of frame), voice over, by phone or device. */
export const Voice = z.enum(['ON', 'OS', 'VO', 'PHONE']);
export type Voice = z.infer<typeof Voice>;

export const Element = z.object({
  /** Stable across uploads as long as the words stay: derived from kind, speakers, text and which occurrence it is. */
  id: z.string(),
  kind: ElementKind,
  /** The words alone: no speaker label, no marks such as △ or 【】. Dialogue: what is said, verbatim. */
  text: z.string(),
  /** First and last line in the decoded source, counted from 1. */
  line: z.int().min(1),
  endLine: z.int().min(1),
  /** UTF-16 offset of the first character of `line` in the decoded source, and length up to the end of `endLine`. */
  offset: z.int().min(0),
  length: z.int().min(0),
  /** dialogue, lyric: who speaks, as labelled (several when jointly); cast: the people named, notes in brackets removed. */
  speakers: z.array(z.string()).optional(),
  voice: Voice.optional(),
  /** Parenthetical of a line: how it is said or what is done meanwhile. */
  paren: z.string().optional(),
  /** cast: what stood in brackets behind a name: { 黑衣刺客: "李砚" }. */
  notes: z.record(z.string(), z.string()).optional(),
  /** Set when no rule fitted and the line was kept as action. */
  unread: z.literal(true).optional(),
  /** PDF: the page, counted from 1. */
  page: z.int().min(1).optional(),
});
export type Element = z.infer<typeof Element>;

export const Scene = z.object({
  /** Stable: derived from episode, number as written and heading. Unique in the document. */
  id: z.string(),
  /** Number as written ("8-3A", "2-0"); running number of the episode as text where the script gives none. */
  number: z.string(),
  /** The slug line as written, lines joined by a space, marks removed. Empty for text before any slug line. */
  heading: z.string(),
  line: z.int().min(1),
  intExt: IntExt,
  time: TimeOfDay,
  /** The time word as written: 亥时三刻, 2019.1.30, LATER. Empty where none. */
  timeText: z.string(),
  /** Place as written: 王府·书房. Empty where none. */
  location: z.string(),
  /** People on the cast line, notes in brackets removed, in order. */
  cast: z.array(z.string()),
  elements: z.array(Element),
});
export type Scene = z.infer<typeof Scene>;

export const Episode = z.object({
  /** Counted from 1; as written where the script says, running otherwise. Unique: a second "第3集" gets the next free number and a warning. */
  number: z.int().min(1),
  title: z.string(),
  line: z.int().min(1),
  /** Elements of the episode outside any scene: its heading, notes before the first slug line, the end mark. */
  elements: z.array(Element),
  scenes: z.array(Scene),
});
export type Episode = z.infer<typeof Episode>;

/** A person told in the front matter: 谢灯儿，十九岁，长安西市扎灯匠……真实身份是……宁安公主李昭宁。 */
export const Biography = z.object({ name: z.string(), text: z.string(), line: z.int().min(1) });
export type Biography = z.infer<typeof Biography>;

/** A source line that is no element: front matter, page furniture, or blank-equivalent marks; each is listed, none dropped. */
export const SourceNote = z.object({
  line: z.int().min(1),
  kind: z.enum(['front_matter', 'layout', 'after_matter']),
  text: z.string(),
});
export type SourceNote = z.infer<typeof SourceNote>;

export const Document = z.object({
  format: ScriptFormat,
  encoding: z.string(),
  language: z.enum(['zh', 'en']),
  title: z.string(),
  /** Lower-case hex of the uploaded bytes. */
  sha256: z.string(),
  biographies: z.array(Biography),
  synopsis: z.string(),
  episodes: z.array(Episode),
  /** Every non-blank line that is no element. Elements' line ranges and these partition the non-blank source lines. */
  notes: z.array(SourceNote),
  warnings: z.array(Warning),
  quality: Quality,
});
export type Document = z.infer<typeof Document>;
