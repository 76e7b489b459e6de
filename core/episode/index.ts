export { elements, get, list } from './read.ts';
export {
  EpisodeEntity as Entity,
  episodeId,
  inScript,
  load,
  loadAll,
  loadContent,
  loadExtraction,
  loadInScript,
  readEpisodeId,
} from './store.ts';
