// Storyboards: everything pure about shots.
export { composeEpisode, composeScene } from './compose.ts';
export { type CheckedShot, coverage } from './coverage.ts';
export { promptFaults, type StyleOptions } from './prompt.ts';
export * from './schema.ts';
