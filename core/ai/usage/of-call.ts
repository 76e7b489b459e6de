// What usage rows of a call have in common.
import { newId } from '../../platform/id.ts';
import type { AiCtx } from '../ai.ts';
import type { Work } from '../call.ts';
import type { Route } from '../route.ts';
import type { UsageRow } from './row.ts';

type Whose = Pick<Work, 'project' | 'task' | 'episode'>;
type Whom = Pick<Route, 'model' | 'account'>;

/** @param prompt `name@version` @param id of the row, where it was known before the call was made */
export function usageOf(
  ctx: AiCtx,
  work: Whose,
  prompt: string,
  { model, account }: Whom,
  id = newId('use', ctx.now()),
) {
  const at = ctx.now();
  return {
    tenant: ctx.tenant,
    id,
    project: work.project,
    task: work.task,
    ...(work.episode !== undefined && { episode: work.episode }),
    prompt,
    provider: model.provider,
    model: model.id,
    mode: account.mode,
    account: account.id,
    at,
    day: new Date(at).toISOString().slice(0, 10),
  };
}

/** The row of an answer that was there already. */
export const hitOf = (ctx: AiCtx, work: Whose, prompt: string, whom: Whom): UsageRow => ({
  ...usageOf(ctx, work, prompt, whom),
  input: 0,
  output: 0,
  cached: 0,
  spent: 0,
  ms: 0,
  cacheHit: true,
  attempt: 0,
  outcome: 'answered',
});
