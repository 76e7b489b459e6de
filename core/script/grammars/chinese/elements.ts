// Puts what is read of a line into the document, and keeps what follows from it: the cast, who was heard, a flashback under way.
import type { Assembly, Extra } from '../../assembly.ts';
import type { ElementKind } from '../../schema.ts';
import type { Label } from './label.ts';
import type { Speech } from './speech.ts';

/** 人物：同上, 人物：同上、苏晓 */
const SAME = /^\s*同[上前]一?场?\s*(?:$|[、，,；;/／。\s）)】])/;

/** Every method that adds an element answers the index of the line after it. */
export class Elements {
  readonly #assembly: Assembly;
  readonly #speech: Speech;
  /** Whom the last cast line listed. */
  #listed: string[] = [];
  /** Line of the flashback under way, or 0. */
  #flashback = 0;

  constructor(assembly: Assembly, speech: Speech) {
    this.#assembly = assembly;
    this.#speech = speech;
  }

  /** Adds people to the cast of the open scene. */
  join(names: readonly string[]): void {
    for (const name of names) this.#speech.known.add(name);
    this.#assembly.join(names);
  }

  /** Adds whom a cast line names to the cast of the open scene, behind those of the cast line before where it says 同上; answers them all. */
  list(names: string[], written: string): string[] {
    this.#listed = SAME.test(written) ? [...new Set([...this.#listed, ...names])] : names;
    this.join(this.#listed);
    return this.#listed;
  }

  put(kind: ElementKind, text: string, at: number, to: number = at, extra?: Extra): number {
    const { scene, episodes } = this.#assembly;
    // before the first slug line only words that are filmed open a scene
    if (
      scene === undefined &&
      episodes.length > 0 &&
      (kind === 'note' || kind === 'end' || kind === 'caption' || kind === 'transition')
    ) {
      this.#assembly.addOutside(kind, text, at, to);
    } else this.#assembly.add(kind, text, at, to, extra);
    return to + 1;
  }

  /** Puts what may open or close a flashback. */
  mark(at: number, kind: ElementKind, text: string): number {
    if (kind === 'flashback_start') {
      this.#flashback = this.#assembly.source.numbers[at]!;
      this.#speech.goBack();
    }
    if (kind === 'flashback_end') {
      this.#flashback = 0;
      this.#speech.comeBack();
    }
    return this.put(kind, text, at);
  }

  /** Puts what somebody says. */
  say(from: number, to: number, label: Label, written: string): number {
    const { text, speakers, extra } = this.#speech.says(label, written, this.#assembly.scene);
    for (const name of speakers) {
      if (this.#speech.hear(name))
        this.#assembly.warnings.add('unknown_speaker', { name }, this.#assembly.source.numbers[from]);
    }
    return this.put('dialogue', text, from, to, extra);
  }

  /** Puts what a voice without a name says. */
  voice(at: number, voice: Label['voice'], said: string): number {
    return this.say(at, at, { name: '', paren: '', voice, end: 0 }, said);
  }

  /** Says so when the last flashback was never closed. */
  close(): void {
    if (this.#flashback > 0) this.#assembly.warnings.add('flashback_open', {}, this.#flashback);
  }
}
