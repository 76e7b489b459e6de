// What is said on the lines below a name.
import type { Source } from '../../source.ts';
import { bracketed } from './bracket.ts';
import { type Label, mannersOf, voiceOf } from './label.ts';
import { unmarked } from './markdown.ts';
import type { Speech } from './speech.ts';

/** Who says it and how, the words, and the index of their last line. */
export type Below = { readonly label: Label; readonly words: string; readonly to: number };

export class LinesBelow {
  readonly #source: Source;
  readonly #speech: Speech;
  readonly #isHeading: (at: number) => boolean;

  constructor(source: Source, speech: Speech, isHeading: (at: number) => boolean) {
    this.#source = source;
    this.#speech = speech;
    this.#isHeading = isHeading;
  }

  /** What stands below the name at `at`, (冷笑) perhaps between; undefined when it can be nobody's speech. */
  read(at: number, label: Label): Below | undefined {
    let to = at + 1;
    let words = this.speechAt(to);
    const lead = bracketed(words);
    let how = label;
    if (lead?.rest === '' && voiceOf(lead.inner) === undefined && this.speechAt(to + 1) !== '') {
      how = { ...label, paren: mannersOf(label.paren, lead.inner) };
      words = this.speechAt(++to);
    }
    if (words === '') return undefined;
    const spoken = [words];
    while (this.#runsOn(to + 1)) spoken.push(this.speechAt(++to));
    return { label: how, words: spoken.join('\n'), to };
  }

  /** The line at `at` when it can be speech; empty when it is a heading, a mark, a label. */
  speechAt(at: number): string {
    const line = unmarked(this.#source.lines[at] ?? '');
    return this.#isHeading(at) || !this.#speech.isSpeech(line) ? '' : line;
  }

  /**
   * Where names stand alone, a speech goes on to the next empty line or name. （停顿） between words is of the speech;
   * （甲摔门，走了。） and what stands in brackets at its end is action.
   */
  #runsOn(at: number): boolean {
    const line = this.#more(at);
    if (line === '' || bracketed(line)?.rest !== '') return line !== '';
    const next = /[，。！？；：]/.test(line) ? '' : this.#more(at + 1);
    return next !== '' && bracketed(next)?.rest !== '';
  }

  /** The line at `at` when it is right below another, can be speech and is no name; else empty. */
  #more(at: number): string {
    const { numbers } = this.#source;
    if (!this.#speech.namesStandAlone || numbers[at] !== numbers[at - 1]! + 1) return '';
    const line = this.speechAt(at);
    return this.#speech.alone(line, false, this.speechAt(at + 1)) === undefined ? line : '';
  }
}
