// How well a file could be read: what its revision keeps. Apart from the document, which most functions never see.
import * as z from 'zod';

export const WarningCode = z.enum([
  'no_episode_heading',
  'no_scene_heading',
  'duplicate_episode',
  'duplicate_scene',
  'scene_gap',
  'second_script',
  'unread_line',
  'unknown_speaker',
  'encoding_loss',
  'cut_character',
  'long_line',
  'empty_scene',
  'flashback_open',
  'front_matter_only',
  'pdf_layout',
  'docx_skipped',
  'unknown_time',
  'control_characters',
]);
export type WarningCode = z.infer<typeof WarningCode>;

export const Warning = z.object({ code: WarningCode, message: z.string(), line: z.int().min(1).optional() });
export type Warning = z.infer<typeof Warning>;

export const Quality = z.object({
  lines: z.int(),
  blankLines: z.int(),
  episodes: z.int(),
  scenes: z.int(),
  dialogue: z.int(),
  action: z.int(),
  unread: z.int(),
  /** Share of non-blank lines read by a rule, 0–1. */
  read: z.number(),
  /** Share of dialogue whose speaker stands on a cast line or in the biographies, 0–1. */
  knownSpeakers: z.number(),
});
export type Quality = z.infer<typeof Quality>;

export const ScriptFormat = z.enum(['txt', 'md', 'docx', 'pdf', 'fountain', 'fdx']);
export type ScriptFormat = z.infer<typeof ScriptFormat>;
