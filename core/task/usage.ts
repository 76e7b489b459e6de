import * as z from 'zod';
import { budgetOf, Usage, usageOfTask } from '../ai/planning.ts';
import { PageInput, pageOf } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import { TaskId } from './schema.ts';
import { load } from './store.ts';

/** Millionths of CNY. `held`: kept back for calls under way. */
const Budget = z.object({ cap: z.int(), spent: z.int(), held: z.int() });

export const usage = verb({
  name: 'task.usage',
  summary: 'What a task spent of its cap, and every exchange with a model, newest first: tokens, price, outcome.',
  needs: 'task:read',
  input: PageInput.extend(TaskId.shape),
  output: pageOf(Usage).extend({ budget: Budget.nullable() }),
  run: async (ctx, { id, ...page }) => {
    await load(ctx, id);
    const [rows, budget] = await Promise.all([usageOfTask(ctx, id, page), budgetOf(ctx, id)]);
    return { ...rows, budget: budget ?? null };
  },
});
