// Which of the assets and shots that were asked for get prompts: what a person locked or wrote stays, what is done is not done again. Pure.
import type { AssetRow } from '../../asset/store.ts';
import type { ShotRow } from '../../shot/store.ts';
import type { PromptBrief } from './brief.ts';
import { targetsIn } from './pictured.ts';

export type Row = AssetRow | ShotRow;
export const isShot = (row: Row): row is ShotRow => 'board' in row;

export type Chosen<R extends Row> = {
  readonly wanted: readonly R[];
  /** Left as they are, because a person locked them or wrote their prompts. */
  readonly locked: readonly R[];
  readonly edited: readonly R[];
};

const isLocked = (row: Row): boolean => isShot(row) && row.locked;

/** Whether a person's words would be written over. Named ones may be, where that is asked for. */
export const isHeld = (row: Row, brief: PromptBrief): boolean =>
  isLocked(row) || (row.promptBy === 'person' && !(brief.rerun && isNamed(row, brief)));

const isNamed = ({ id }: Row, { assets, shots }: PromptBrief): boolean => assets.includes(id) || shots.includes(id);

/** Of named ones all, of the others those without prompts unless all are asked for. @param withModel a model's prompts are wanted, not the engine's. */
export function chosen<R extends Row>(rows: readonly R[], brief: PromptBrief, withModel: boolean): Chosen<R> {
  const open = rows.filter((row) => isNamed(row, brief) || brief.rerun || !isPrompted(row, brief, withModel));
  const held = open.filter((row) => isHeld(row, brief));
  return {
    wanted: open.filter((row) => !held.includes(row)),
    locked: held.filter(isLocked),
    edited: held.filter((row) => !isLocked(row)),
  };
}

/** What a breakdown wrote of an asset are a model's words; of a shot they are the engine's, made of the shot's fields. */
function isPrompted(row: Row, { targets, languages }: PromptBrief, withModel: boolean): boolean {
  if (withModel && row.promptBy === 'builtin') return false;
  if (!isShot(row)) return languages.every((language) => Boolean(row.attributes[`visual_prompt_${language}`])); // biome-ignore format: one thought
  if (withModel) return row.promptBy !== undefined;
  const of = { start: row.content.imagePrompt, end: row.content.endFrame, video: row.content.videoPrompt };
  return targetsIn(row.content, targets).every((target) => languages.every((language) => of[target][language] !== ''));
}
