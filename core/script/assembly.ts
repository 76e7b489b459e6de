// Builds a document line by line. Grammars say what a line is; this keeps places, ids, numbers and counts.
import { Failure } from '../platform/failure.ts';
import { countElements } from './count.ts';
import { Ids } from './id.ts';
import type {
  Biography,
  Document,
  Element,
  ElementKind,
  Episode,
  IntExt,
  Scene,
  SourceNote,
  TimeOfDay,
} from './schema.ts';
import type { Source } from './source.ts';
import { Warnings } from './warning.ts';

/** Most scenes one script may have. */
export const SCENE_LIMIT = 10_000;

/** A line of this length is no line of a script: its breaks are lost. */
const LONG_LINE = 5_000;

/** What a slug line says, whatever its layout. */
export type Slug = {
  readonly number: string;
  readonly heading: string;
  readonly intExt: IntExt;
  readonly time: TimeOfDay;
  readonly timeText: string;
  readonly location: string;
};

/** What an element may carry besides its words. */
export type Extra = Pick<Element, 'speakers' | 'voice' | 'paren' | 'notes' | 'unread'>;

export const NO_SLUG: Slug = {
  number: '',
  heading: '',
  intExt: 'UNKNOWN',
  time: 'UNKNOWN',
  timeText: '',
  location: '',
};

/** The document under construction. `from` and `to` are indexes into the source's non-blank lines. */
export class Assembly {
  readonly source: Source;
  readonly language: 'zh' | 'en';
  readonly warnings: Warnings;
  readonly episodes: Episode[] = [];
  readonly notes: SourceNote[] = [];
  readonly biographies: Biography[] = [];
  title = '';
  synopsis = '';
  /** Scene that elements go to; undefined between an episode heading and its first slug line. */
  scene: Scene | undefined;
  readonly #elementIds = new Ids('e');
  readonly #sceneIds = new Ids('s');
  readonly #people = new Map<string, Biography>();
  readonly #numbersUsed = new Set<number>();
  #reserved: ReadonlySet<number> = new Set();
  #joined: { readonly scene: Scene; readonly names: Set<string> } | undefined;
  #scenes = 0;
  #unread = 0;

  constructor(source: Source, language: 'zh' | 'en', warnings: Warnings = new Warnings(language)) {
    this.source = source;
    this.language = language;
    this.warnings = warnings;
  }

  /** Keeps the numbers that headings further down will claim, so that a prologue or a duplicate does not shift all that follow. */
  reserve(numbers: Iterable<number>): void {
    this.#reserved = new Set(numbers);
  }

  /** Opens an episode; without a number it gets the next free one. A number in use gives the next free one and a warning. */
  openEpisode(written: number | undefined, title: string, at: number): Episode {
    const number =
      written !== undefined && written > 0 && !this.#numbersUsed.has(written) ? written : this.#freeNumber();
    const line = this.source.numbers[at] ?? 1;
    if (written !== undefined && number !== written)
      this.warnings.add('duplicate_episode', { number: written, used: number }, line);
    this.#numbersUsed.add(number);
    const episode: Episode = { number, title, line, elements: [], scenes: [] };
    this.episodes.push(episode);
    this.scene = undefined;
    return episode;
  }

  #freeNumber(): number {
    let number = (this.episodes.at(-1)?.number ?? 0) + 1;
    while (this.#numbersUsed.has(number) || this.#reserved.has(number)) number++;
    return number;
  }

  /** The episode that lines go to; opened on demand for a script without episode headings. */
  episodeAt(at: number): Episode {
    return this.episodes.at(-1) ?? this.openEpisode(undefined, '', at);
  }

  /** Opens a scene with its heading element. Throws TOO_MANY_SCENES past the limit. */
  openScene(slug: Slug, from: number, to: number): Scene {
    const scene = this.#newScene(slug, from);
    scene.elements.push(this.#element('heading', slug.heading, from, to));
    return scene;
  }

  #newScene(slug: Slug, at: number): Scene {
    if (++this.#scenes > SCENE_LIMIT) throw new Failure('TOO_MANY_SCENES', { limit: SCENE_LIMIT });
    const episode = this.episodeAt(at);
    const { heading, intExt, time, timeText, location } = slug;
    const number = slug.number || String(episode.scenes.length + 1);
    const id = this.#sceneIds.next(String(episode.number), number, heading);
    const line = this.source.numbers[at] ?? 1;
    const scene: Scene = { id, number, heading, line, intExt, time, timeText, location, cast: [], elements: [] };
    episode.scenes.push(scene);
    this.scene = scene;
    return scene;
  }

  /** Opens the last scene of the episode again: what looked like its end was none. */
  reopenScene(): void {
    this.scene = this.episodes.at(-1)?.scenes.at(-1);
  }

  /** Adds people to the cast of the open scene, each once. */
  join(names: readonly string[]): void {
    const { scene } = this;
    if (scene === undefined) return;
    if (this.#joined?.scene !== scene) this.#joined = { scene, names: new Set(scene.cast) };
    for (const name of names) {
      if (this.#joined.names.has(name)) continue;
      this.#joined.names.add(name);
      scene.cast.push(name);
    }
  }

  /** Adds an element to the open scene; opens one without heading when there is none. */
  add(kind: ElementKind, text: string, from: number, to: number = from, extra?: Extra): Element {
    const scene = this.scene ?? this.#newScene(NO_SLUG, from);
    const element = this.#element(kind, text, from, to, extra);
    scene.elements.push(element);
    return element;
  }

  /** Adds an element to the episode, outside any scene. */
  addOutside(kind: ElementKind, text: string, from: number, to: number = from): void {
    this.episodeAt(from).elements.push(this.#element(kind, text, from, to));
  }

  /** Notes what the line at `at` tells of a person; more about the same name joins what is there. */
  tell(name: string, text: string, at: number): void {
    const before = this.#people.get(name);
    if (before) before.text += `\n${text}`;
    else {
      const biography = { name, text, line: this.source.numbers[at]! };
      this.#people.set(name, biography);
      this.biographies.push(biography);
    }
  }

  /** Lists one line as no part of the script. */
  note(at: number, kind: SourceNote['kind']): void {
    this.notes.push({ line: this.source.numbers[at]!, kind, text: this.source.lines[at]! });
  }

  #element(kind: ElementKind, text: string, from: number, to: number, extra?: Extra): Element {
    const { numbers, starts, ends } = this.source;
    const offset = starts[from]!;
    const line = numbers[from]!;
    const speakers = extra?.speakers;
    const length = ends[to]! - offset;
    if (length > LONG_LINE && from === to) this.warnings.add('long_line', { length }, line);
    const element: Element = {
      id: speakers ? this.#elementIds.next(kind, speakers.join('、'), text) : this.#elementIds.next(kind, text),
      kind,
      text,
      line,
      endLine: numbers[to]!,
      offset,
      length,
    };
    if (extra === undefined) return element;
    if (extra.speakers !== undefined) element.speakers = extra.speakers;
    if (extra.voice !== undefined) element.voice = extra.voice;
    if (extra.paren !== undefined) element.paren = extra.paren;
    if (extra.notes !== undefined) element.notes = extra.notes;
    if (extra.unread) {
      element.unread = true;
      this.#unread++;
      this.warnings.add('unread_line', { text: text.slice(0, 40) }, line);
    }
    return element;
  }

  /** The finished document. `known` are the people named on cast lines and in biographies. */
  finish(file: Pick<Document, 'format' | 'encoding' | 'sha256'>, known: ReadonlySet<string>): Document {
    if (this.source.noisy) this.warnings.add('control_characters');
    const lines = this.source.total;
    const filled = this.source.numbers.length;
    const counts = countElements(this.episodes, known);
    return {
      ...file,
      language: this.language,
      title: this.title,
      biographies: this.biographies,
      synopsis: this.synopsis,
      episodes: this.episodes,
      notes: this.notes,
      warnings: this.warnings.all(),
      quality: {
        lines,
        blankLines: lines - filled,
        episodes: this.episodes.length,
        scenes: this.#scenes,
        dialogue: counts.dialogue,
        action: counts.action,
        unread: this.#unread,
        read: filled === 0 ? 1 : 1 - this.#unread / filled,
        knownSpeakers: counts.dialogue === 0 ? 1 : counts.known / counts.dialogue,
      },
    };
  }
}
