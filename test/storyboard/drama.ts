// A whole script through the engine without any service: parsed, extracted, resolved, composed.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { extractDocument, resolve } from '../../core/breakdown/index.ts';
import type { Resolution } from '../../core/breakdown/schema.ts';
import { type Document, parse } from '../../core/script/index.ts';
import type { Story, StoryEpisode } from '../../core/storyboard/index.ts';
import { type CastOfScene, type ComposedShot, composeEpisode, coverage } from '../../core/storyboard/index.ts';

export type Told = {
  readonly document: Document;
  readonly resolution: Resolution;
  readonly cast: CastOfScene;
  readonly shots: readonly (readonly ComposedShot[])[];
};

/** The library as shots see it, straight from a resolution: keys are ids. */
function castOf({ assets, ambiguous }: Resolution): CastOfScene {
  const plain = (...kinds: string[]) =>
    assets
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ key, name, forms }) => ({ id: key, name, forms: forms.map(({ surface }) => surface) }));
  return {
    characters: assets
      .filter(({ kind }) => kind === 'character')
      .map(({ key, name, forms, attributes, description, variants }) => ({
        id: key,
        name,
        forms: forms.map(({ surface }) => surface),
        gender: attributes.gender ?? '',
        look: attributes.look ?? description,
        variants,
      })),
    locations: plain('location'),
    props: plain('prop', 'vehicle'),
    extras: plain('extra', 'creature'),
    ambiguous: Object.fromEntries(ambiguous.map(({ surface, byScene }) => [surface, byScene])),
  };
}

/** A script file as a storyboard. */
export async function toldOf(file: string): Promise<Told> {
  const document = await parse(await readFile(file), basename(file));
  const resolution = resolve(extractDocument(document), []);
  const cast = castOf(resolution);
  const style = { visualStyle: '国风写实', language: document.language, aspect: '9:16' as const };
  return { document, resolution, cast, shots: document.episodes.map((one) => composeEpisode(one, cast, style)) };
}

/** The same as exports take it. */
export function storyOf({ document, resolution, cast, shots }: Told): Story {
  return {
    title: document.title,
    aspect: '9:16',
    assets: resolution.assets.map((asset) => ({
      id: asset.key,
      kind: asset.kind,
      name: asset.name,
      aliases: asset.forms.map(({ surface }) => surface).filter((surface) => surface !== asset.name),
      description: asset.description,
      attributes: asset.attributes,
      episodes: asset.episodes,
      variants: asset.variants,
    })),
    episodes: document.episodes.map(
      (episode, i): StoryEpisode => ({
        number: episode.number,
        title: episode.title,
        scenes: episode.scenes,
        shots: shots[i]!.map(({ key, ...content }) => ({
          ...content,
          id: `sht_${episode.number}_${key}`,
          locked: false,
          edited: false,
          status: 'draft',
          note: '',
        })),
        coverage: coverage(episode, shots[i]!, cast),
      }),
    ),
  };
}
