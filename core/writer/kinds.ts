// The kinds of writing, each loaded where it is at work. How one ends stands in pipeline/writing/endings.ts, apart from what asks models.
import type { WritingType } from '../task/schema.ts';
import type { WritingKind } from './kind.ts';

export const kinds: Readonly<Record<WritingType, () => Promise<WritingKind>>> = {
  visual_prompt: async () => (await import('./visual-prompt/kind.ts')).visualPrompts,
  script_rewrite: async () => (await import('./script/rewrite.ts')).rewrite,
  script_continue: async () => (await import('./script/continue.ts')).goOn,
  script_generate: async () => (await import('./script/generate.ts')).generate,
};
