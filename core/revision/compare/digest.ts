// What makes two elements, and two scenes, the same: their words, free of ids, numbers and places in the source.
import type { Document, Element, Episode, Scene } from '../../script/schema.ts';
import { unnumbered } from '../../script/unnumbered.ts';

/** A line and where it stands; `key` is equal for equal words of equal kind. */
export type Line = {
  readonly element: Element;
  readonly key: number;
  /** Index of its block. */
  readonly block: number;
};

/** A scene, or what an episode holds outside its scenes. */
export type Block = {
  readonly episode: Episode;
  readonly scene: Scene | undefined;
  readonly lines: readonly Line[];
  /** Number of its first line in the document. */
  readonly from: number;
  /** Equal for equal words. */
  readonly key: number;
  /** Equal for equal slug lines, numbers aside. */
  readonly heading: number;
  /** UTF-16 units of all its words. */
  readonly size: number;
};

export type Sheet = { readonly blocks: readonly Block[]; readonly lines: readonly Line[] };

/** Numbers for texts, shared by both documents: equal numbers are equal texts. */
export class Keys {
  readonly #known = new Map<string, number>();

  of(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, this.#known.size);
    return this.#known.size - 1;
  }
}

/** All a line says and how it is said. The number in a heading is none of it: an episode put in front renumbers all that follow. */
export function wordsOf(element: Element, episode: Episode, scene: Scene | undefined): string {
  const { kind, speakers = [], voice = '', paren = '', notes } = element;
  if (kind === 'episode') return `${kind}\n${episode.title}`;
  const text = kind === 'heading' && scene ? unnumbered(scene, element.text) : element.text;
  return `${kind}\n${speakers.join('|')}\n${voice}\n${paren}\n${notes ? JSON.stringify(notes) : ''}\n${text}`;
}

/** A document as a list of blocks: per episode what is outside scenes, then its scenes. */
export function sheetOf(document: Pick<Document, 'episodes'>, keys: Keys): Sheet {
  const blocks: Block[] = [];
  let from = 0;
  const add = (episode: Episode, scene: Scene | undefined, elements: readonly Element[]) => {
    const block = blocks.length;
    let size = 0;
    const lines = elements.map((element): Line => {
      size += element.text.length;
      return { element, key: keys.of(wordsOf(element, episode, scene)), block };
    });
    const heading = keys.of(scene ? `#${unnumbered(scene, scene.heading)}` : '#');
    const key = keys.of(`${scene ? 's' : 'o'}${heading}:${lines.map((line) => line.key).join(',')}`);
    blocks.push({ episode, scene, lines, from, key, heading, size });
    from += lines.length;
  };
  for (const episode of document.episodes) {
    add(episode, undefined, episode.elements);
    for (const scene of episode.scenes) add(episode, scene, scene.elements);
  }
  return { blocks, lines: blocks.flatMap(({ lines }) => lines) };
}
