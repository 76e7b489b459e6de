// Gathers the mentions and hints of one episode; each is quoted from the element it stands in.
import type { Biography, Element, Scene } from '../../script/schema.ts';
import { type RuleName, rules } from '../resolve/rules.ts';
import type { AssetKind, Extraction, Hint, Mention } from '../schema.ts';
import type { Gender } from '../vocabulary/titles.ts';
import { quoteAround, quoteOf } from './quote.ts';

/** Where a mention stands: what is quoted, under which id, on which line. */
export interface Spot {
  readonly sceneId: string;
  readonly elementId: string;
  readonly line: number;
  readonly text: string;
}

export const spotOf = (scene: Scene | undefined, element: Element): Spot => ({
  sceneId: scene?.id ?? '',
  elementId: element.id,
  line: element.line,
  text: element.text,
});

export const slugOf = (scene: Scene): Spot => ({
  sceneId: scene.id,
  elementId: scene.id,
  line: scene.line,
  text: scene.heading,
});

export const biographySpot = (biography: Biography): Spot => ({
  sceneId: '',
  elementId: `bio:${biography.line}`,
  line: biography.line,
  text: biography.text,
});

/** The extraction of one episode in the making. */
export class Collector {
  readonly #mentions: Mention[] = [];
  readonly #hints: Hint[] = [];
  readonly #genders: NonNullable<Extraction['genders']> = [];
  readonly #once = new Set<string>();
  readonly episode: number;

  constructor(episode: number) {
    this.episode = episode;
  }

  /** A form at [start, end) of the spot's text; without a range the quote is the text's beginning. */
  mention(
    kind: AssetKind,
    surface: string,
    role: Mention['role'],
    spot: Spot,
    range?: readonly [number, number],
  ): void {
    const quote = range ? quoteAround(spot.text, ...range) : quoteOf(spot.text) || surface;
    this.#mentions.push({
      kind,
      surface,
      episode: this.episode,
      sceneId: spot.sceneId,
      elementId: spot.elementId,
      line: spot.line,
      quote,
      role,
    });
  }

  hint(kind: AssetKind, a: string, b: string, rule: RuleName, spot: Spot, range?: readonly [number, number]): void {
    if (a === b) return;
    const quote = range ? quoteAround(spot.text, ...range) : quoteOf(spot.text);
    const evidence = { rule, weight: rules[rule].weight, quote, line: spot.line, episode: this.episode };
    this.#hints.push({ kind, a, b, evidence });
  }

  /** The same, once per scene: what a scene says ten times it says once. */
  hintOnce(kind: AssetKind, a: string, b: string, rule: RuleName, spot: Spot, range?: readonly [number, number]): void {
    const key = JSON.stringify([spot.sceneId, kind, a, b, rule]);
    if (this.#once.has(key)) return;
    this.#once.add(key);
    this.hint(kind, a, b, rule, spot, range);
  }

  /** What a line tells of the gender of whoever a form names. */
  gender(surface: string, gender: Gender, spot: Spot): void {
    this.#genders.push({ surface, gender, line: spot.line });
  }

  done(): Extraction {
    return { episode: this.episode, mentions: this.#mentions, hints: this.#hints, genders: this.#genders };
  }
}
