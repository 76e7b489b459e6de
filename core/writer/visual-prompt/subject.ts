// What a prompt is written for: an asset or a shot, as a model is told of it and as its answer is held against it.
import type { Field } from './answer.ts';

export type Said = { readonly zh: string; readonly en: string };
export type Language = keyof Said;

/** Somebody in the picture, and what must be the same of them in every picture. */
export type Seen = {
  readonly name: string;
  /** What a model is told of them. */
  readonly told: string;
  /** Put behind the name in every prompt; '' where nothing is known. */
  readonly traits: Said;
  /** A crowd, or somebody the library does not know, need not be named by the model. */
  readonly isNeeded: boolean;
};

/** Words a prompt must have; where one of `has` is missing, `say` is added. */
export type Due = { readonly has: readonly string[]; readonly say: string };

export type Subject = {
  readonly id: string;
  readonly kind: 'asset' | 'shot';
  /** Lines `key: value`. */
  readonly facts: string;
  readonly wanted: readonly Field[];
  readonly people: readonly Seen[];
  /** Names that may not stand in its prompts: of everybody else. */
  readonly strangersIn: (text: string) => readonly string[];
  /** Proper names it may have in whatever script they are written. */
  readonly names: readonly string[];
  /** Characters a text may have. */
  readonly longest: number;
  /** What every picture of it says, and every clip besides. */
  readonly due: Readonly<Record<'picture' | 'clip', Readonly<Record<Language, readonly Due[]>>>>;
};

/** The language a text is asked for in; `neg` is in that of the script. */
export const languageOf = (field: Field, script: Language): Language =>
  field === 'neg' ? script : field === 'en' || field.endsWith('En') ? 'en' : 'zh';
