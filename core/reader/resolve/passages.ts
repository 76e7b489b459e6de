// Where the forms of a project stand, as lines a model can read: who says what, what is shown.
import { normalForm } from '../../breakdown/index.ts';
import type { AssetKind, Extraction, Mention } from '../../breakdown/schema.ts';

/** A line, or the sentence of it that names somebody. */
export type Passage = {
  readonly elementId: string;
  readonly episode: number;
  readonly line: number;
  /** Verbatim. */
  readonly quote: string;
  /** The quote with its speaker before it. */
  readonly text: string;
  /** Who is in the scene by its cast line and cues. */
  readonly cast: readonly string[];
  readonly role: Mention['role'];
};

type Scenes = {
  readonly speakers: ReadonlyMap<string, string>;
  readonly casts: ReadonlyMap<string, readonly string[]>;
};

/** Passages of each form of a kind, in the order of the script. */
export class Passages {
  readonly #byForm = new Map<string, Passage[]>();

  constructor(extractions: readonly Extraction[]) {
    const ordered = extractions.toSorted((a, b) => a.episode - b.episode);
    for (const { mentions } of ordered) {
      const scenes = { speakers: speakersOf(mentions), casts: castsOf(mentions) };
      for (const mention of mentions.toSorted((a, b) => a.line - b.line)) this.#add(mention, scenes);
    }
  }

  #add(mention: Mention, { speakers, casts }: Scenes): void {
    if (mention.role === 'biography') return;
    const { elementId, episode, line, quote, role } = mention;
    const cast = casts.get(mention.sceneId) ?? [];
    const speaker = mention.kind === 'character' ? speakers.get(elementId) : undefined;
    const id = idOf(mention.kind, mention.surface);
    const list = this.#byForm.get(id) ?? [];
    this.#byForm.set(id, list);
    if (list.some((one) => one.elementId === elementId && one.quote === quote)) return;
    list.push({ elementId, episode, line, quote, role, cast, text: speaker ? `${speaker}：${quote}` : quote });
  }

  of(kind: AssetKind, forms: readonly string[]): Passage[] {
    return forms
      .flatMap((form) => this.#byForm.get(idOf(kind, form)) ?? [])
      .sort((a, b) => a.episode - b.episode || a.line - b.line);
  }
}

function speakersOf(mentions: readonly Mention[]): Map<string, string> {
  return new Map(
    mentions.filter(({ role }) => role === 'speaker').map(({ elementId, surface }) => [elementId, surface]),
  );
}

function castsOf(mentions: readonly Mention[]): Map<string, string[]> {
  const casts = new Map<string, string[]>();
  for (const { kind, role, sceneId, surface } of mentions) {
    if (kind !== 'character' || (role !== 'cast' && role !== 'speaker')) continue;
    const cast = casts.get(sceneId) ?? [];
    casts.set(sceneId, cast.includes(surface) ? cast : [...cast, surface]);
  }
  return casts;
}

function idOf(kind: AssetKind, surface: string): string {
  return `${kind}:${normalForm(surface)}`;
}
