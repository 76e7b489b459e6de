// What a format reader hands on: text as lines, and what it knows of them.
import type { WarningCode } from '../schema.ts';

/** What a paragraph is by the word of the file itself (Final Draft), so that no grammar has to find out. */
export type ParagraphKind =
  | 'heading'
  | 'action'
  | 'character'
  | 'parenthetical'
  | 'dialogue'
  | 'lyric'
  | 'transition'
  | 'shot'
  | 'cast'
  /** A name that the writer gave: said behind a cue, elsewhere action. */
  | 'custom'
  | 'note'
  | 'front';

export type Paragraph = { readonly kind: ParagraphKind; readonly text: string; readonly number?: string };

export type Reading = {
  readonly text: string;
  readonly encoding: string;
  readonly warnings: readonly {
    readonly code: WarningCode;
    readonly values: Readonly<Record<string, string | number>>;
  }[];
  /** One per line of `text`, when the file says what its paragraphs are. */
  readonly paragraphs?: readonly Paragraph[];
  /** PDF: the page of each line of `text`, counted from 1. */
  readonly pages?: readonly number[];
  /** PDF: page numbers, headers and the like; they come after the last line of `text`. */
  readonly furniture?: readonly string[];
};
