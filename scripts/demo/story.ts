// What the API answered, as exports take it.
import type { Prediction } from '../../core/breakdown/index.ts';
import { predictionOf } from '../../core/breakdown/index.ts';
import { toCamel } from '../../core/platform/case.ts';
import type { Episode } from '../../core/script/index.ts';
import { aspectOf, type Coverage, type Story, type StoryAsset, type StoryShot } from '../../core/storyboard/index.ts';
import type { Board, EpisodeBoard } from './collect.ts';

/** A project as one story. */
export function storyOf({ project, assets, episodes }: Board): Story {
  return {
    title: project.title,
    aspect: aspectOf(project.image_size),
    assets: assets.map((asset): StoryAsset => asset),
    episodes: episodes.map((one) => ({
      number: one.episode.number,
      title: one.episode.title,
      scenes: one.episode.scene_list.map(({ id, number, heading }) => ({ id, number, heading })),
      shots: toCamel(one.shots) as StoryShot[],
      coverage: toCamel(one.coverage) as Coverage,
    })),
  };
}

/** The breakdown: episodes, scenes, people, places and props. */
export const breakdownOf = ({ assets, episodes }: Board): Prediction =>
  predictionOf({ episodes: episodes.map(scriptOf) }, assets);

function scriptOf({ episode }: EpisodeBoard): Pick<Episode, 'number' | 'title' | 'elements' | 'scenes'> {
  const { number, title, elements, scene_list: scenes } = episode;
  return toCamel({ number, title, elements, scenes }) as Pick<Episode, 'number' | 'title' | 'elements' | 'scenes'>;
}
