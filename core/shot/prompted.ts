// Who wrote the prompts of a shot, and whether they still fit it. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { PromptBy } from '../breakdown/schema.ts';
import type { ComposedShot, ShotContent } from '../storyboard/schema.ts';
import type { ShotRow } from './store.ts';

export const promptFields = ['imagePrompt', 'videoPrompt', 'endFrame', 'negativePrompt'] as const;

/** That a person wrote them, where what they wrote has any. */
export const promptedBy = (written: Partial<ShotContent>): { readonly promptBy?: PromptBy } =>
  promptFields.some((field) => field in written) ? { promptBy: 'person' } : {};

/** What of a shot its prompts are made from. */
const pictured = [
  'location', 'intExt', 'time', 'size', 'angle', 'movement', 'speed', 'lens', 'duration', 'blocking', 'propAssetIds', 'action', 'lines',
  'emotion', 'acting', 'lighting', 'atmosphere', 'composition', 'effects',
] as const satisfies readonly (keyof ShotContent)[]; // biome-ignore format: a list

const picked = (content: ShotContent, names: readonly (keyof ShotContent)[]) =>
  names.map((name) => content[name] ?? null);

/** A shot made again, with the prompts that were asked for since, where it shows what it showed. */
export function withPrompts(made: ComposedShot, before: ShotRow | undefined): ComposedShot {
  if (!before?.promptBy || !isDeepStrictEqual(picked(made, pictured), picked(before.content, pictured))) return made;
  const { imagePrompt, videoPrompt, endFrame, negativePrompt } = before.content;
  return { ...made, imagePrompt, videoPrompt, endFrame, ...(negativePrompt !== undefined && { negativePrompt }) };
}

/** Who wrote the prompts of a row in its next state: of other prompts, whoever makes the shot. */
export const promptByOf = (next: ShotRow, before: ShotRow): ShotRow['promptBy'] =>
  next.edited || isDeepStrictEqual(picked(next.content, promptFields), picked(before.content, promptFields))
    ? before.promptBy
    : undefined;
