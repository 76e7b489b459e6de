// What subjects of one episode, or the assets of a project, are told from. Pure.
import type { AssetRow } from '../../asset/store.ts';
import { namesSomebody } from '../../breakdown/index.ts';
import type { Episode } from '../../script/schema.ts';
import { castOf } from '../../shot/library-cast.ts';
import { introducing, type Lookup, lookup, type StyleOptions } from '../../storyboard/index.ts';
import type { CastOfScene } from '../../storyboard/schema.ts';
import type { Seen } from './subject.ts';

export type Ground = {
  readonly style: StyleOptions;
  readonly assets: ReadonlyMap<string, AssetRow>;
  readonly cast: CastOfScene;
  readonly library: Lookup;
  /** Absent for assets. */
  readonly episode?: Episode | undefined;
};

/** @param library the project's own row: what forms mean in which scene. */
export function groundOf(
  style: StyleOptions,
  assets: readonly AssetRow[],
  library: Parameters<typeof castOf>[1],
  episode?: Episode,
): Ground {
  const cast = castOf(assets, library);
  const byId = new Map(assets.map((row) => [row.id, row]));
  const told = introducing(lookup(cast, episode?.number ?? 0), episode?.scenes ?? []);
  return { style, assets: byId, cast, library: told, episode };
}

/** People of the library whose names stand in a text, without those it may name. */
export const strangersIn =
  ({ library, style, cast }: Ground, allowed: ReadonlySet<string>, sceneId = '') =>
  (text: string): string[] => {
    const characters = new Set(cast.characters.map(({ id }) => id));
    return library.peopleIn(text, sceneId).flatMap(({ it, at, length }) => {
      const isName = text.slice(at, at + length).toLowerCase() === it.name.toLowerCase();
      const isSomebody = characters.has(it.id) && isName && namesSomebody(it.name, style.language);
      return isSomebody && !allowed.has(it.id) ? [it.name] : [];
    });
  };

/** Attributes this work writes: they are its answer and no part of its question. */
const own = /^visual_/;

/** `gender female; age 17; look 靛蓝短褐`: what is known of an asset besides its name. */
export function toldOf({ attributes, description }: Pick<AssetRow, 'attributes' | 'description'>): string {
  const known = Object.entries(attributes).filter(([name, value]) => !own.test(name) && value !== '');
  return [...known.map(([name, value]) => `${name} ${flat(value)}`), flat(description)].filter(Boolean).join('; ');
}

/** On one line. */
export const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Somebody of the library as pictures show them, in what they wear. */
export function seenAs(name: string, assetId: string, variant: string, { assets, library }: Ground): Seen {
  const row = assets.get(assetId);
  // `look` is what somebody wears where nothing else is said
  const { gender = '', age = '', look = '', appearance = '' } = row?.attributes ?? {};
  const worn = flat(row?.variants.find((one) => one.name === variant)?.description ?? '');
  const dress = worn.includes(variant) ? worn : [variant, worn].filter(Boolean).join('，');
  const traits = (language: 'zh' | 'en'): string => {
    const joint = language === 'zh' ? '；' : '; ';
    const fixed = row?.attributes[`visual_traits_${language}`] || appearance;
    return seen([fixed, dress || look], joint);
  };
  return {
    name,
    // what is written into the library meanwhile changes no question about a shot
    told: seen([gender, age, library.byId(assetId)?.look ?? '', dress], '; '),
    traits: { zh: traits('zh'), en: traits('en') },
    isNeeded: row?.kind === 'character',
  };
}

/** Words about a look, each once. */
const seen = (words: readonly string[], joint: string): string =>
  words.map(flat).reduce((all, one) => (one === '' || all.includes(one) ? all : all === '' ? one : all + joint + one), ''); // biome-ignore format: one thought
