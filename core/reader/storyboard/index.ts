// The reader of storyboards: what a model decides of the shots of an episode.
export { type Board, boardReader } from './read.ts';
