// A tenant whose gateway speaks to a scripted provider in this process, and whose pauses are short.

import * as z from 'zod';
import type { Ai, AiCtx } from '../../core/ai/ai.ts';
import { openingBudget } from '../../core/ai/budget.ts';
import type { ObjectCall } from '../../core/ai/call.ts';
import { envelope } from '../../core/ai/keys/envelope.ts';
import { ProviderFailure } from '../../core/ai/provider-failure.ts';
import type { Account, FailureKind, TextAnswer, TextProvider, TextRequest, TokenUsage } from '../../core/ai/schema.ts';
import { sleep } from '../../core/ai/sleep.ts';
import type { UsageRow } from '../../core/ai/usage/row.ts';
import { commit } from '../../core/platform/commit.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import { QueryCommand } from '../../core/platform/dynamo/command.ts';
import { newId } from '../../core/platform/id.ts';
import { type ATenant, aTenant } from '../kit/tenant.ts';
import { dataKeys } from './data-keys.ts';

export const used: TokenUsage = { input: 1000, output: 200, cached: 100, reasoning: 0 };

/** What the scripted provider does with one request: words, a failure, or a function of the request. */
export type Line =
  | string
  | { readonly text: string; readonly finish?: 'stop' | 'length'; readonly usage?: TokenUsage }
  | { readonly fails: FailureKind; readonly retryAfterMs?: number; readonly code?: string; readonly usage?: TokenUsage }
  | ((request: TextRequest, account: Account, signal: AbortSignal) => Promise<Line> | Line);

export type Scripted = {
  /** Said in order; the last one again and again. */
  say: (...lines: Line[]) => void;
  readonly requests: { readonly request: TextRequest; readonly account: Account }[];
};

export type Stage = {
  readonly t: ATenant;
  readonly ctx: AiCtx;
  readonly scripted: Scripted;
  /** ms that would have been waited. */
  readonly waits: number[];
  as: (ctx: Ctx) => AiCtx;
  /** A task that may spend so many millionths of CNY. */
  aTask: (cap?: number) => Promise<string>;
};

export async function aStage(): Promise<Stage> {
  const t = await aTenant();
  const scripted = script();
  const waits: number[] = [];
  const ai: Ai = {
    provider: () => scripted.provider,
    fetch: globalThis.fetch,
    addresses: { http: false, privateNetworks: false },
    secrets: (provider) =>
      Promise.resolve(provider === 'compatible' ? undefined : { key: `platform-${provider}-${t.ctx.tenant}` }),
    sealer: envelope(dataKeys()),
    models: [{ provider: 'deepseek', model: 'deepseek-flash' }],
    sleep: async (ms, signal) => {
      waits.push(ms);
      await sleep(Math.min(ms, 20), signal);
      // long pauses pass on the clock
      if (ms > 900) t.pass(Math.ceil(ms));
    },
    random: Math.random,
  };
  const as = (ctx: Ctx): AiCtx => ({ ...ctx, ai });
  const aTask = async (cap = 1e9) => {
    const id = newId('tsk', t.ctx.now());
    await commit(t.ctx, { rows: [openingBudget(t.ctx, id, cap)] });
    return id;
  };
  return { t, ctx: as(t.ctx), scripted, waits, as, aTask };
}

function script(): Scripted & { readonly provider: TextProvider } {
  let lines: Line[] = [];
  const requests: Scripted['requests'] = [];
  const answer = async (request: TextRequest, account: Account, signal: AbortSignal): Promise<TextAnswer> => {
    requests.push({ request, account });
    let line: Line = (lines.length > 1 ? lines.shift() : lines[0]) ?? '{}';
    while (typeof line === 'function') line = await line(request, account, signal);
    if (typeof line === 'string') return { text: line, finish: 'stop', usage: used };
    if ('text' in line) return { text: line.text, finish: line.finish ?? 'stop', usage: line.usage ?? used };
    throw new ProviderFailure({
      kind: line.fails,
      provider: 'deepseek',
      ...(line.code && { providerCode: line.code }),
      ...(line.retryAfterMs !== undefined && { retryAfterMs: line.retryAfterMs }),
      ...(line.usage && { usage: line.usage }),
    });
  };
  const provider: TextProvider = {
    id: 'deepseek',
    text: (request, account, wire) => answer(request, account, wire.signal),
    async *stream(request, account, wire) {
      const whole = await answer(request, account, wire.signal);
      for (let at = 0; at < whole.text.length; at += 7) yield whole.text.slice(at, at + 7);
      return whole;
    },
  };
  const say = (...next: Line[]): void => {
    lines = next;
  };
  return { provider, requests, say };
}

export const People = z.object({ people: z.array(z.object({ name: z.string(), age: z.int().optional() })) });
export type People = z.infer<typeof People>;

let texts = 0;

/** A call for the people of a text; by default of one nobody has asked about. */
export const aCall = (task: string, more: Partial<ObjectCall<People>> = {}): ObjectCall<People> => ({
  use: 'extract',
  project: 'prj_1',
  task,
  episode: 3,
  prompt: {
    name: 'people',
    version: '1',
    system: 'Who is there?',
    messages: [{ role: 'user', text: `第 ${++texts} 场` }],
  },
  schema: People,
  schemaName: 'people',
  maxOutputTokens: 2000,
  ...more,
});

export const answered = JSON.stringify({ people: [{ name: '谢灯儿', age: 19 }] });

/** Rows of a tenant whose sort key begins so. */
export async function rowsOf(ctx: Ctx, prefix: string): Promise<Record<string, unknown>[]> {
  const { client, table } = prefix.startsWith('AUDIT#') ? ctx.stores.audit : ctx.stores.core;
  const rows: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': `T#${ctx.tenant}`, ':prefix': prefix },
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    rows.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return rows;
}

/** Usage rows of a task, oldest first. */
export const usageOf = async (ctx: Ctx, task: string): Promise<UsageRow[]> =>
  ((await rowsOf(ctx, 'USAGE#')) as UsageRow[]).filter((row) => row.task === task);
