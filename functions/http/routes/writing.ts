import * as Writing from '../../../core/task/writing/index.ts';
import type { Routes } from './shape.ts';

export const writingRoutes: Routes = {
  'POST /ai/script/generate': { verb: Writing.generateScript, status: 202 },
  'POST /ai/script/rewrite': { verb: Writing.rewriteScript, status: 202 },
  'POST /ai/script/continue': { verb: Writing.continueScript, status: 202 },
};
