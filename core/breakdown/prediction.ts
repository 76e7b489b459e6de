// A breakdown as one file: episodes, people, places and props with all their names, and every scene with who is in it and what is said.
import type { Episode, Scene } from '../script/schema.ts';
import type { Resolved } from './schema.ts';

/** What is read of a document, or of the episodes as the API gives them (keys in camelCase). */
type PredictionSource = {
  readonly episodes: readonly Pick<Episode, 'number' | 'title' | 'elements' | 'scenes'>[];
};

/** What is read of an asset: of a resolution's, or of the library's. */
type PredictionAsset = Pick<Resolved, 'kind' | 'name' | 'episodes'> & {
  readonly forms: readonly { readonly surface: string }[];
};

type PredictedScene = {
  /** null where the script has no episodes. */
  episode: number | null;
  scene: string;
  heading: string;
  line: number;
  int_ext: string | null;
  time: string | null;
  location: string;
  characters: string[];
  dialogue: { speakers: string[]; text: string }[];
};

export type Prediction = {
  episodes: { number: number; title: string }[];
  scenes: PredictedScene[];
  characters: { name: string; aliases: string[]; episodes: number[] }[];
  locations: { name: string; aliases: string[] }[];
  props: { name: string; aliases: string[] }[];
};

const intExt = { INT: 'INT', EXT: 'EXT', INT_EXT: 'INT/EXT', UNKNOWN: null } as const;

/** The breakdown of a document and its assets; without assets, what the grammar alone says. */
export function predictionOf(source: PredictionSource, assets: readonly PredictionAsset[] = []): Prediction {
  const episodes = source.episodes.map(({ number, title }) => ({ number, title }));
  // A film has one running text and no episode heading.
  const isNumbered = source.episodes.some(({ elements }) => elements.some(({ kind }) => kind === 'episode'));
  const of = (kind: PredictionAsset['kind']) => assets.filter((asset) => asset.kind === kind);
  return {
    episodes: isNumbered ? episodes : [],
    scenes: source.episodes.flatMap((episode) =>
      episode.scenes
        .filter(({ heading }) => heading !== '')
        .map((scene) => predictedScene(isNumbered ? episode.number : null, scene)),
    ),
    characters: of('character').map((asset) => ({ ...named(asset), episodes: asset.episodes })),
    locations: of('location').map(named),
    props: of('prop').map(named),
  };
}

function named({ name, forms }: PredictionAsset): { name: string; aliases: string[] } {
  return { name, aliases: forms.map(({ surface }) => surface).filter((surface) => surface !== name) };
}

function predictedScene(episode: number | null, scene: Scene): PredictedScene {
  const lines = scene.elements.filter(({ kind }) => kind === 'dialogue' || kind === 'lyric');
  const { number, heading, line, location } = scene;
  return {
    episode,
    scene: number,
    heading,
    line,
    int_ext: intExt[scene.intExt],
    time: scene.time === 'UNKNOWN' || scene.time === 'SAME' ? null : scene.time,
    location,
    characters: [...new Set([...scene.cast, ...lines.flatMap(({ speakers }) => speakers ?? [])])],
    dialogue: lines.map(({ speakers, text }) => ({ speakers: speakers ?? [], text })),
  };
}
