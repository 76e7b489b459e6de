export { elements, get, list } from './read.ts';
export { EpisodeEntity as Entity, episodeId, load, loadAll, loadContent, readEpisodeId } from './store.ts';
