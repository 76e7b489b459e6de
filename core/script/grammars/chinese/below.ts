// What is said on the lines below a name.
import type { Source } from '../../source.ts';
import { bracketed } from './bracket.ts';
import { isDone, isTo } from './bracket-cue.ts';
import { type Label, mannersOf, voiceOf } from './label.ts';
import { isPage, unmarked } from './markdown.ts';
import type { Speech } from './speech.ts';

/** 李明在医院。 从来不肯低头。 说要来。 哭的时候: what is told of somebody, not done before our eyes. */
const TELLS =
  /^(?:在|被|和|与|跟|问|喊|叫|对(?!着)|说(?![完着罢])|从(?:来|不|小|前|今|此|没|未)|向来|将[来会于要]|[^，。]{1,2}的)/;

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
    let to = this.#next(at);
    let words = this.speechAt(to);
    const lead = bracketed(words);
    let how = label;
    if (lead?.rest === '' && voiceOf(lead.inner) === undefined && this.speechAt(this.#next(to)) !== '') {
      how = { ...label, paren: mannersOf(label.paren, lead.inner) };
      to = this.#next(to);
      words = this.speechAt(to);
    }
    if (words === '') return undefined;
    const spoken = [words];
    for (
      let next = this.#next(to);
      this.#runsOn(next) && !this.#isDone(this.speechAt(next), label);
      next = this.#next(to)
    ) {
      spoken.push(this.speechAt(next));
      to = next;
    }
    return { label: how, words: spoken.join('\n'), to };
  }

  /** The index behind `at`, a page number right below passed over. */
  #next(at: number): number {
    const next = at + 1;
    return isPage(this.#source.lines[next] ?? '') ? next + 1 : next;
  }

  /**
   * 苏晓坐下。 below what 苏晓 says, 李明看着她。 below it: what they do. 李明走了。 and 苏晓，来。 may be said, and what a narrator tells or
   * the system says is.
   */
  #isDone(line: string, { name: speaker, voice }: Label): boolean {
    if ((voice ?? voiceOf(speaker)) !== undefined || this.#speech.isSystem(speaker)) return false;
    if (/[！!？?～~]$|了[。.]?$/.test(line) || isTo(line)) return false;
    for (let length = Math.min(8, line.length - 1); length > 0; length--) {
      if (!this.#speech.knows(line.slice(0, length))) continue;
      const rest = line.slice(length);
      if (line.slice(0, length) === speaker) return !/^[，,、。.：:；;…—啊呀这那]/.test(rest);
      return isDone(rest) && !TELLS.test(rest);
    }
    return false;
  }

  /** The line at `at` when it can be speech; empty when it is a heading, a mark, a label. */
  speechAt(at: number): string {
    const line = unmarked(this.#source.lines[at] ?? '');
    return this.#isHeading(at) || !this.#speech.isSpeech(line) ? '' : line;
  }

  /** The line below `at` when it can be speech. */
  speechBelow(at: number): string {
    return this.speechAt(this.#next(at));
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
    return this.#speech.alone(line, false, this.speechBelow(at)) === undefined ? line : '';
  }
}
