// A reading in the making: what an answer is held against, and what of it stands so far. Pure.
import { type Collector, normalForm, spotOf } from '../../breakdown/index.ts';
import type { AssetKind, Extraction, Trait } from '../../breakdown/schema.ts';
import type { Sheet } from '../sheet.ts';
import type { Row } from './answer.ts';
import type { Place } from './evidence.ts';
import type { Register } from './known.ts';

/** What an answer is held against. */
export type Scope = {
  readonly episode: number;
  readonly language: 'zh' | 'en';
  readonly sheet: Sheet;
  readonly register: Register;
  readonly found: Extraction;
};

/** A reading in the making. */
export type Draft = {
  readonly scope: Scope;
  readonly into: Collector;
  readonly traits: Trait[];
  readonly denied: Set<string>;
  /** People the answer brings in, by normal form. */
  readonly people: Map<string, string>;
  /** Things it brings in. */
  readonly things: Map<string, { readonly kind: AssetKind; readonly surface: string }>;
};

/** A row whose words stand in the script. */
export type Shown = { readonly row: Row; readonly at: Place };

/** The person a name means: known, or brought in. */
export const personOf = (name: string | undefined, { scope, people }: Draft): string | undefined =>
  name === undefined ? undefined : (people.get(normalForm(name)) ?? scope.register.person(name));

/** The set a name means: a place of a slug line. */
export function placeOf(name: string, { scope }: Pick<Draft, 'scope'>): string | undefined {
  const wanted = normalForm(name);
  return scope.sheet.scenes.map(({ location }) => location).find((place) => place && normalForm(place) === wanted);
}

/** Adds a trait, quoted where it was shown. */
export function keepTrait(
  { traits }: Draft,
  { at }: Shown,
  trait: Pick<Trait, 'kind' | 'surface' | 'aspect' | 'value' | 'to'>,
): void {
  const value = trait.value.trim().slice(0, 200);
  if (value === '' && trait.to === undefined) return;
  traits.push({ ...trait, value, line: at.line.element.line, quote: at.text.slice(at.start, at.end) });
}

/** Where a mention made of a place in the script stands. */
export const spotAt = ({ line, text }: Pick<Place, 'line' | 'text'>) => ({ ...spotOf(line.scene, line.element), text });
