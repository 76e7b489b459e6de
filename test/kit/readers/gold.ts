// What the golds say, as whoever plays a perfect reader needs it.
import { readFileSync } from 'node:fs';

type Alias = string | { readonly surface: string };
type Entity = { readonly name: string; readonly aliases: readonly Alias[] };

export type Gold = {
  readonly characters: readonly Entity[];
  readonly props: readonly Entity[];
  readonly ignored_surfaces: readonly string[];
  readonly ambiguous_surfaces: Readonly<Record<string, readonly string[]>>;
  readonly extras: readonly string[];
};

export const goldAt = (path: string): Gold => JSON.parse(readFileSync(path, 'utf8')) as Gold;

/** Every written form of somebody or something, longest first; the name is one where the script has it. */
export const surfacesOf = ({ name, aliases }: Entity): string[] =>
  [...new Set([name, ...aliases.map((alias) => (typeof alias === 'string' ? alias : alias.surface))])].sort(
    (a, b) => b.length - a.length,
  );

/** Width, case, spaces and marks aside, as the scorer compares forms. */
export const bare = (form: string): string =>
  form
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Who a form is by the gold: a name, `undefined` for nobody it knows. */
export function whoIs(gold: Gold, form: string): string | undefined {
  return gold.characters.find((one) => surfacesOf(one).some((surface) => bare(surface) === bare(form)))?.name;
}

/** Forms the scorer counts neither right nor wrong. */
export const isNeutral = (gold: Gold, form: string): boolean =>
  [...gold.ignored_surfaces, ...Object.keys(gold.ambiguous_surfaces), ...gold.extras].some(
    (one) => bare(one) === bare(form),
  );
