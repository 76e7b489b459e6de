// Whether a text is the episode that was asked for: read by our own parser, as every script is. Pure.

import { isIn } from '../../reader/language.ts';
import { parseText, type WarningCode } from '../../script/index.ts';
import type { Language } from './brief.ts';
import { leads } from './layout.ts';
import { lengthOf } from './length.ts';

export type Expectation = { readonly number: number; readonly language: Language; readonly characters: number };

export type Faults = {
  /** Why it is no script of this episode; it cannot be used. */
  readonly layout?: string | undefined;
  /** Why it is not as long as it should be; it can be used. */
  readonly length?: string | undefined;
};

/** A passing speaker who stands on no cast line is no fault of the layout; the others of what may be said of a script are. */
const passed: ReadonlySet<WarningCode> = new Set(['unknown_speaker', 'unknown_time']);

/** How far a length may be off, as shares of what was asked. */
const [least, most] = [0.5, 2];

/** What is wrong with a text, in words for the model. */
export function faultsOf(text: string, expected: Expectation): Faults {
  const { characters } = expected;
  const length = lengthOf(text);
  return {
    layout: length === 0 ? '- there is no text' : layoutFault(text, expected),
    length:
      length < characters * least || length > characters * most
        ? `- it has ${length} characters; about ${characters} are asked for`
        : undefined,
  };
}

function layoutFault(text: string, { number, language }: Expectation): string | undefined {
  const lead = leads[language];
  const { episodes, warnings, notes: all, quality } = parseText(`${lead}${text}`, { fileName: 'script.txt' });
  const leading = lead.split('\n').length - 1;
  const notes = all.filter(({ line }) => line > leading);
  const [episode, second] = episodes;
  const scenes = episode?.scenes ?? [];
  const faults = [
    second && '- it holds more than one episode',
    (episode?.number !== number || !episode.elements.some(({ kind }) => kind === 'episode')) &&
      `- it does not begin with the heading of episode ${number}`,
    notes.length > 0 && `- line ${notes[0]!.line - leading} is no part of a script: ${notes[0]!.text.slice(0, 60)}`,
    scenes.some(({ heading }) => heading === '') && '- there is text before the first scene heading',
    language === 'zh' &&
      scenes.some((scene) => !scene.number.startsWith(`${number}-`)) &&
      `- scene headings must begin with ${number}-1, ${number}-2 …`,
    quality.dialogue === 0 && '- nobody speaks in the layout that was asked for',
    !isIn(language, text) && '- it is in another language',
    ...warnings
      .filter(({ code }) => !passed.has(code))
      .slice(0, 6)
      .map(({ line, message }) => `- ${line ? `line ${line - leading}: ` : ''}${message}`),
  ].filter((fault) => typeof fault === 'string');
  return faults.length > 0 ? faults.join('\n') : undefined;
}
