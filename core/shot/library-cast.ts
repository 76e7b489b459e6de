// The library as shots see it: active assets with all their forms.
import { getLibrary, type LibraryRow } from '../asset/library.ts';
import { type Standing, standingIn } from '../asset/standing.ts';
import { type AssetRow, loadAll } from '../asset/store.ts';
import type { Ctx } from '../platform/ctx.ts';
import { joinedLooks, seenIn, undressed } from '../storyboard/appearance.ts';
import type { CastOfScene } from '../storyboard/schema.ts';

/** The library of a project, read once: its rows, what a shot may refer to, and the merges to follow. */
export type Library = { readonly assets: AssetRow[]; readonly cast: CastOfScene; readonly standing: Standing };

export async function openLibrary(ctx: Ctx, project: string): Promise<Library> {
  const [assets, library, standing] = await Promise.all([
    loadAll(ctx, project),
    getLibrary(ctx, project),
    standingIn(ctx, project),
  ]);
  return { assets, cast: castOf(assets, library), standing };
}

/** Everybody and everything of a project that a shot may refer to. */
export const libraryCast = async (ctx: Ctx, project: string): Promise<CastOfScene> =>
  (await openLibrary(ctx, project)).cast;

/** What a shot may refer to of these rows. Pure. */
export function castOf(assets: readonly AssetRow[], library: Pick<LibraryRow, 'ambiguous'> | undefined): CastOfScene {
  const active = assets.filter(({ status }) => status === 'active');
  const plain = (...kinds: AssetRow['kind'][]) =>
    active
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ id, name, forms }) => ({ id, name, forms: forms.map(({ surface }) => surface) }));
  const idOf = new Map(active.map(({ key, id }) => [key, id]));
  return {
    characters: active.filter(({ kind }) => kind === 'character').map(person),
    locations: plain('location'),
    props: plain('prop', 'vehicle'),
    extras: plain('extra', 'creature'),
    ambiguous: Object.fromEntries(
      (library?.ambiguous ?? []).map(({ surface, byScene }) => [
        surface,
        Object.fromEntries(
          Object.entries(byScene).flatMap(([scene, key]) => (idOf.has(key) ? [[scene, idOf.get(key) ?? '']] : [])),
        ),
      ]),
    ),
  };
}

const person = ({
  id,
  name,
  forms,
  attributes,
  description,
  variants,
}: AssetRow): CastOfScene['characters'][number] => ({
  id,
  name,
  forms: forms.map(({ surface }) => surface),
  gender: attributes.gender ?? '',
  look: joinedLooks(ageOf(name, attributes), lookOf(attributes, description, variants)),
  variants: variants.map((variant) => ({
    name: variant.name,
    description: variant.description,
    episodes: variant.episodes,
  })),
});

/**
 * What somebody wears, and who wears it; of a biography what is seen, its clothes where no others are told. Clothes told for some episodes
 * are looks of those: elsewhere the biography's are worn.
 */
function lookOf({ look, appearance }: AssetRow['attributes'], description: string, variants: AssetRow['variants']) {
  const seen = seenIn(description);
  const isOfEpisodes = variants.some(({ name, episodes }) => name === look && episodes.length > 0);
  if (isOfEpisodes && undressed(seen) !== seen) return joinedLooks(seen, undressed(appearance ?? ''));
  return joinedLooks(look ?? '', appearance ?? (look === undefined ? seen : undressed(seen)));
}

/** How old they are. */
const ageOf = (name: string, { age = '' }: AssetRow['attributes']): string =>
  !/^\d+$/.test(age) ? age : /\p{Script=Han}/u.test(name) ? `${age}岁` : `${age} years old`;
