// Everything the outputs are made of, fetched through the API like any client would.
import type {
  AssetListOutput,
  api,
  EpisodeElementsOutput,
  ProjectGetOutput,
  StoryboardCoverageOutput,
  StoryboardOfEpisodeOutput,
  StoryboardShotsOutput,
} from '../../web/src/data/api.ts';
import { allPages } from '../../web/src/data/pages.ts';

type Api = ReturnType<typeof api>;

export type EpisodeBoard = {
  episode: EpisodeElementsOutput;
  board: StoryboardOfEpisodeOutput;
  shots: StoryboardShotsOutput['items'];
  coverage: StoryboardCoverageOutput;
};

export type Board = {
  project: ProjectGetOutput;
  assets: AssetListOutput['items'];
  episodes: EpisodeBoard[];
  /** Numbers of episodes that have no storyboard. */
  without: number[];
  /** Every episode has one, and it says every dialogue line exactly once, in order. */
  complete: boolean;
};

/** The whole project as the API shows it. */
export async function collect(client: Api, id: string): Promise<Board> {
  const project = await client.projectGet({ id });
  const assets = await allPages((cursor) => client.assetList({ project_id: id, size: 100, cursor }));
  const infos = await allPages((cursor) => client.episodeList({ project_id: id, size: 100, cursor }));
  const episodes: EpisodeBoard[] = [];
  const without: number[] = [];
  for (const { id: episode, number, storyboard_status } of infos)
    if (storyboard_status === 'COMPLETED') episodes.push(await episodeBoard(client, episode));
    else without.push(number);
  const complete = episodes.length > 0 && without.length === 0 && episodes.every(({ coverage }) => coverage.complete);
  return { project, assets, episodes, without, complete };
}

async function episodeBoard(client: Api, id: string): Promise<EpisodeBoard> {
  const [episode, board] = await Promise.all([client.episodeElements({ id }), client.storyboardOfEpisode({ id })]);
  const [shots, coverage] = await Promise.all([
    allPages((cursor) => client.storyboardShots({ id: board.id, size: 100, cursor })),
    client.storyboardCoverage({ id: board.id }),
  ]);
  return { episode, board, shots, coverage };
}
