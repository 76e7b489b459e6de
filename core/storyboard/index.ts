// Storyboards: everything pure about shots.
export { composeEpisode, composeScene } from './compose.ts';
export { type CheckedShot, coverage } from './coverage.ts';
export { type Cut, mergeShots, splitShot } from './edit/cut.ts';
export { deleteShot, insertShot, lockShot, moveShot, type ShotFields, updateShot } from './edit.ts';
export { shotsCsv } from './export/csv.ts';
export { storyHtml } from './export/html.ts';
export { coverageJson, storyJson } from './export/json.ts';
export type { Story, StoryAsset, StoryEpisode, StoryShot } from './export/story.ts';
export { type Measure, type Measured, type Measures, measure } from './measure.ts';
export { type Edit, type NewShot, ordered, type ShotRow } from './order.ts';
export { aspectOf, type StyleOptions } from './prompt.ts';
export { isRank, rankBetween, ranksBetween } from './rank.ts';
export { repair } from './repair.ts';
export { type Replacement, replaceGenerated, type Unanchored } from './replace.ts';
export * from './schema.ts';
