// The visual prompts of an asset lie among its attributes, where extraction leaves them too. Pure.
import type { AssetRow } from './store.ts';

/** Attributes that say how an asset looks in pictures: prompts, what stays the same in each, what must not be seen. */
const visual = /^visual_/;

export const visualOf = ({ attributes }: Pick<AssetRow, 'attributes'>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => visual.test(name)));

export const hasPrompt = ({ attributes }: Pick<AssetRow, 'attributes'>): boolean =>
  Boolean(attributes.visual_prompt_zh || attributes.visual_prompt_en);

/** Who wrote the prompts once a person gave an asset these attributes; nobody where there are none any more. */
export function promptByAfter(before: AssetRow, attributes: AssetRow['attributes'] | undefined): AssetRow['promptBy'] {
  if (attributes === undefined) return before.promptBy;
  const [was, is] = [visualOf(before), visualOf({ attributes })];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  if ([...names].every((name) => was[name] === is[name])) return before.promptBy;
  return Object.keys(is).length > 0 ? 'person' : undefined;
}
