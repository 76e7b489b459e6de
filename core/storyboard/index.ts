// Storyboards: everything pure about shots.
export { composeEpisode, composeScene } from './compose.ts';
export { coverage } from './coverage.ts';
export { mergeShots, splitShot } from './edit/cut.ts';
export { deleteShot, insertShot, lockShot, moveShot, updateShot } from './edit.ts';
export { shotsCsv } from './export/csv.ts';
export { storyHtml } from './export/html.ts';
export { coverageJson, storyJson } from './export/json.ts';
export type { Story, StoryAsset, StoryEpisode, StoryShot } from './export/story.ts';
export { panelSvg } from './export/svg.ts';
export { type Measures, measure } from './measure.ts';
export { type Edit, type NewShot, ordered, type ShotRow } from './order.ts';
export type { PanelCast } from './panel.ts';
export { aspectOf, type StyleOptions } from './prompt.ts';
export { isRank, rankBetween, ranksBetween } from './rank.ts';
export { rehoused } from './reanchor/boards.ts';
export { repair } from './repair.ts';
export { replaceGenerated } from './replace.ts';
export * from './schema.ts';
