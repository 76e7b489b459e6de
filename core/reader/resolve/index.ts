// The reader of resolution: what a model says of the forms that the scorer cannot place.
export { resolutionReader } from './read.ts';
