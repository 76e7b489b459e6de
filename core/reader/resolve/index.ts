// The reader of resolution: what a model says of the forms that the scorer cannot place.
export { expectedResolution, resolutionReader } from './read.ts';
