// How each kind of writing ends: what comes of its parts, committed with the end of the task.
import type { WritingType } from '../../task/schema.ts';
import type { EndingOf } from './ending.ts';
import { generated } from './generated.ts';
import { prompted } from './prompted.ts';

export const endings: Readonly<Record<WritingType, EndingOf>> = {
  script_generate: generated,
  visual_prompt: prompted,
};
