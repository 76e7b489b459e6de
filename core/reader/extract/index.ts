// The reader of extraction: what a model adds to what the grammar finds in an episode.
export { episodeReader } from './read.ts';
