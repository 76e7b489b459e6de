// Parts of a script put in the place of others; what is not replaced stays to the letter. Pure.
import { type Document, type Element, parseText, type Scene } from '../../script/index.ts';
import type { Base } from './base.ts';

/** A part of a text: UTF-16 units from the beginning, the end not included. */
export type Span = { readonly start: number; readonly end: number };

export const spanOf = (elements: readonly Pick<Element, 'offset' | 'length'>[]): Span => ({
  start: Math.min(...elements.map(({ offset }) => offset)),
  end: Math.max(...elements.map(({ offset, length }) => offset + length)),
});

export type Replacement = { readonly span: Span; readonly text: string };

/** The text with other words in these spans, which do not overlap. Lines of what is put in end as the others do. */
export function spliced({ text, feed }: Pick<Base, 'text' | 'feed'>, replacements: readonly Replacement[]): string {
  let [made, at] = ['', 0];
  for (const { span, text: words } of replacements.toSorted((a, b) => a.span.start - b.span.start)) {
    made += text.slice(at, span.start) + words.replace(/\r?\n/g, feed);
    at = span.end;
  }
  return made + text.slice(at);
}

export const read = (text: string, { fileName }: Pick<Base, 'fileName'>): Document => parseText(text, { fileName });

/**
 * A rewritten run of scenes, cut into its scenes: what stands before it in the script decides how it is read.
 * Undefined when there is something before its first heading.
 */
export function scenesIn(answer: string, start: number, base: Base): string[] | undefined {
  const before = base.text.slice(0, start);
  const starts = read(before + answer, base)
    .episodes.flatMap(({ scenes }) => scenes)
    .map((scene) => spanOf(scene.elements).start - start)
    .filter((at) => at >= 0);
  if (starts[0] !== answer.length - answer.trimStart().length) return undefined;
  return starts.map((at, i) => answer.slice(at, starts[i + 1]).trim());
}

/** All a scene says, places and ids aside. */
export const wordsOf = ({ heading, cast, elements }: Scene): string =>
  JSON.stringify([
    heading,
    cast,
    elements.map(({ kind, text, speakers, voice, paren }) => [kind, text, speakers, voice, paren]),
  ]);
