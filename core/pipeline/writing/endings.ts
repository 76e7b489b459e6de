// How each kind of writing ends: what comes of its parts, committed with the end of the task. Each is loaded where it is at work.
import type { WritingType } from '../../task/schema.ts';
import type { EndingOf } from './ending.ts';

export const endings: Readonly<Record<WritingType, EndingOf>> = {
  script_generate: async (...of) => (await import('./generated.ts')).generated(...of),
  script_rewrite: async (...of) => (await import('./rewritten.ts')).rewritten(...of),
  script_continue: async (...of) => (await import('./continued.ts')).continued(...of),
  visual_prompt: async (...of) => (await import('./prompted.ts')).prompted(...of),
};
