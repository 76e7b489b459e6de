// Storyboards: everything pure about shots.

export { partsOf } from './beats/element.ts';
export { isSeen, isSpoken } from './beats.ts';
export { type Lookup, lookup, type Person } from './cast.ts';
export { composeDirected, composeEpisode, composeScene } from './compose.ts';
export type { Coverage } from './coverage/report.ts';
export { coverage } from './coverage.ts';
export type { Direction, Standing, Wishes } from './direction.ts';
export { bounded, isShort } from './edit/bounded.ts';
export { mergeShots, splitShot } from './edit/cut.ts';
export { deleteShot, insertShot, lockShot, moveShot, updateShot } from './edit.ts';
export { shotsCsv } from './export/csv.ts';
export { storyHtml } from './export/html.ts';
export { coverageJson, storyJson } from './export/json.ts';
export type { Story, StoryAsset, StoryEpisode, StoryShot } from './export/story.ts';
export { panelSvg } from './export/svg.ts';
export { castIn, styleOf } from './given.ts';
export { introducing } from './introduced.ts';
export { isKept } from './kept.ts';
export {
  angleNames,
  intExtNames,
  movementNames,
  purposeNames,
  sizeNames,
  timeNames,
  transitionNames,
} from './labels.ts';
export { type Measures, measure } from './measure.ts';
export { type Edit, type NewShot, ordered, type ShotRow } from './order.ts';
export type { PanelCast } from './panel.ts';
export { aspectOf, type StyleOptions } from './prompt.ts';
export { pronoun } from './prompt-faults.ts';
export { isRank, rankBetween, ranksBetween } from './rank.ts';
export { type OldBoard, type Rehoused, rehoused } from './reanchor/boards.ts';
export { repair } from './repair.ts';
export { replaceGenerated } from './replace.ts';
export { reprompted } from './reprompt.ts';
export * from './schema.ts';
export { unanchored } from './unanchored.ts';
export { speaks } from './voiced.ts';
