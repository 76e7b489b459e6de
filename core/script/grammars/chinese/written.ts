// What was read of a copy in Simplified characters, put back into the characters the script is written in.
import type { Assembly } from '../../assembly.ts';
import type { Biography, Element, Scene, SourceNote, WarningCode } from '../../schema.ts';
import type { Source } from '../../source.ts';
import { Warnings } from '../../warning.ts';
import { cut, type Span } from './cut.ts';
import { unmarked } from './markdown.ts';

/** Lines of the script, as written and in Simplified characters. */
export class Written {
  readonly #source: Source;
  readonly #copy: Source;
  readonly #at: ReadonlyMap<number, number>;
  /** How each name was written last, and all the ways it was. */
  readonly #last = new Map<string, string>();
  readonly #forms = new Map<string, Set<string>>();

  constructor(source: Source, copy: Source) {
    this.#source = source;
    this.#copy = copy;
    this.#at = new Map(source.numbers.map((number, at) => [number, at]));
  }

  /** Changes all that the assembly holds, in place; answers the known names as they are written. */
  restore(assembly: Assembly, known: ReadonlySet<string>): ReadonlySet<string> {
    for (const note of assembly.notes) note.text = this.#span(note.line).written;
    this.#front(assembly);
    for (const episode of assembly.episodes) {
      episode.title = cut(episode.title, this.#span(episode.line));
      for (const element of episode.elements) this.#element(element);
      for (const scene of episode.scenes) this.#scene(scene);
    }
    return new Set([...known].flatMap((name) => [...(this.#forms.get(name) ?? [name])]));
  }

  /** What the copy's lines from one line number to another are cut from. */
  #span(line: number, end: number = line): Span {
    const from = this.#at.get(line) ?? 0;
    const to = (this.#at.get(end) ?? from) + 1;
    return {
      plain: this.#copy.lines.slice(from, to).join('\n'),
      written: this.#source.lines.slice(from, to).join('\n'),
    };
  }

  /** Words of a line or of those just below it: a slug line may go on there. */
  value(words: string, line: number): string {
    const at = this.#at.get(line) ?? 0;
    return cut(words, this.#span(line, this.#source.numbers[at + 6] ?? this.#source.numbers.at(-1)));
  }

  #name(name: string, span: Span): string {
    if (!span.plain.includes(name)) return this.#last.get(name) ?? name;
    const written = cut(name, span);
    this.#last.set(name, written);
    const forms = this.#forms.get(name) ?? new Set();
    this.#forms.set(name, forms.add(written));
    return written;
  }

  #element(element: Element): void {
    const span = this.#span(element.line, element.endLine);
    element.text = cut(element.text, span);
    if (element.speakers) element.speakers = element.speakers.map((name) => this.#name(name, span));
    if (element.paren !== undefined) element.paren = cut(element.paren, span);
    if (element.notes)
      element.notes = Object.fromEntries(
        Object.entries(element.notes).map(([name, note]) => [this.#name(name, span), cut(note, span)]),
      );
  }

  #scene(scene: Scene): void {
    const heading = scene.elements[0];
    if (heading?.kind === 'heading') {
      const span = this.#span(heading.line, heading.endLine);
      scene.number = cut(scene.number, span);
      scene.heading = cut(scene.heading, span);
      scene.timeText = this.value(scene.timeText, scene.line);
      scene.location = this.value(scene.location, scene.line);
      scene.cast = scene.cast.map((name) => this.#name(name, span));
    }
    const named = new Set<string>();
    for (const element of scene.elements) {
      const before = element.speakers;
      this.#element(element);
      if (element.kind === 'cast') for (const name of before ?? []) named.add(name);
    }
    if (named.size > 0)
      scene.cast = scene.cast.map((name) => (named.has(name) ? (this.#last.get(name) ?? name) : name));
  }

  #front(assembly: Assembly): void {
    const front = assembly.notes.filter(({ kind }) => kind === 'front_matter');
    const whole = new Map(front.flatMap((note) => this.#wholes(note)));
    const told = (text: string, span: Span) =>
      text
        .split('\n')
        .map((line) => whole.get(line) ?? cut(line, span))
        .join('\n');
    const holds = ({ line }: SourceNote) => this.#span(line).plain.includes(assembly.title);
    const titled = assembly.title === '' ? undefined : front.find(holds);
    if (titled) assembly.title = cut(assembly.title, this.#span(titled.line));
    assembly.synopsis = told(assembly.synopsis, { plain: '', written: '' });
    for (const one of assembly.biographies) this.#biography(one, told);
  }

  #biography(one: Biography, told: (text: string, span: Span) => string): void {
    const span = this.#span(one.line);
    one.name = this.#name(one.name, span);
    one.text = told(one.text, span);
  }

  /** A line of the front matter, and what stands behind its first colon. */
  #wholes({ line }: SourceNote): [string, string][] {
    const span = this.#span(line);
    const [plain, written] = [unmarked(span.plain), unmarked(span.written)];
    const value = (words: string) => words.replace(/^[^：:]{0,20}[：:]\s*/, '');
    return [
      [plain, written],
      [value(plain), value(written)],
    ];
  }
}

/** Warnings that quote the script as it is written. */
export class WrittenWarnings extends Warnings {
  readonly #written: Written;

  constructor(written: Written) {
    super('zh');
    this.#written = written;
  }

  override add(code: WarningCode, values: Record<string, string | number> = {}, line?: number): void {
    const quoted = ([key, value]: [string, string | number]) =>
      [key, typeof value === 'string' && line !== undefined ? this.#written.value(value, line) : value] as const;
    super.add(code, Object.fromEntries(Object.entries(values).map(quoted)), line);
  }
}
