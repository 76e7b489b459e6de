// A task's money: how much it may spend, what is held back for calls under way, what was spent. One row, each change one condition.
import type { Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { GetCommand, UpdateCommand, type UpdateCommandInput } from '../platform/dynamo/command.ts';
import { refusedAs } from '../platform/dynamo/refusal.ts';
import { Failure } from '../platform/failure.ts';
import type { AiCtx } from './ai.ts';

/** Amounts in millionths of CNY. `remaining` is cap − spent − held: conditions know no arithmetic (aws.md B1). */
type BudgetRow = {
  readonly task: string;
  readonly cap: number;
  readonly spent: number;
  readonly remaining: number;
  /** By call: what is held back for it, and until when (ms) it counts should the caller have died. */
  readonly holds: Readonly<Record<string, Hold>>;
};
type Hold = { readonly micros: number; readonly until: number };

/** What a task may spend, has spent, and has held back; millionths of CNY. */
export type Budget = { readonly cap: number; readonly spent: number; readonly held: number };

/** No function lives longer than 15 minutes. */
const holdMs = 15 * 60_000;

const keyOf = (ctx: Ctx, task: string) => ({ pk: `T#${ctx.tenant}`, sk: `BUDGET#${task}` });

/** The budget of a new task; belongs into the commit that starts it. @param cap millionths of CNY; 0: nothing may be spent. */
export const openingBudget = (ctx: Ctx, task: string, cap: number): Write => ({
  item: {
    Put: {
      TableName: ctx.stores.core.table,
      Item: { ...keyOf(ctx, task), tenant: ctx.tenant, task, cap, spent: 0, remaining: cap, holds: {} },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  },
});

/** The budget, or undefined where a task was started without one: it may spend nothing. */
export async function budgetOf(ctx: Ctx, task: string): Promise<Budget | undefined> {
  const row = await load(ctx, task);
  return row && { cap: row.cap, spent: row.spent, held: row.cap - row.spent - row.remaining };
}

/**
 * Another cap; belongs into the commit that lets the task go on. One below what is spent stops it. Refused with BUSY when the cap is not
 * `before` any more.
 */
export const capping = (ctx: Ctx, task: string, before: number, cap: number): Write => ({
  item: {
    Update: {
      TableName: ctx.stores.core.table,
      Key: keyOf(ctx, task),
      UpdateExpression: 'SET cap = :cap, remaining = remaining + :more',
      ConditionExpression: 'cap = :before',
      ExpressionAttributeValues: { ':cap': cap, ':more': cap - before, ':before': before },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  },
  refused: () => new Failure('BUSY'),
});

/**
 * Holds back `micros` for a call, in place of what an earlier try of the same call left behind. Where only calls under way stand in
 * between, it waits for them. Throws BUDGET_ZERO, BUDGET_REACHED.
 */
export async function reserve(
  ctx: AiCtx,
  task: string,
  call: string,
  micros: number,
  signal: AbortSignal,
): Promise<void> {
  let known: Hold | undefined;
  for (let round = 0; ; round++) {
    const refused = await hold(ctx, task, call, micros, known);
    if (refused === 'done') return;
    if (!refused || refused.cap <= 0) throw new Failure('BUDGET_ZERO', { task_id: task });
    const before = refused.holds[call];
    if (before?.micros !== known?.micros) {
      known = before;
      continue;
    }
    if (await reclaim(ctx, task, refused)) continue;
    const { cap, spent, remaining } = refused;
    const isUnderWay = cap - spent - remaining - (before?.micros ?? 0) > 0;
    if (micros > cap - spent || !isUnderWay)
      throw new Failure('BUDGET_REACHED', {
        task_id: task,
        cap_micros: cap,
        spent_micros: spent,
        needed_micros: micros,
      });
    await ctx.ai.sleep(100 + ctx.ai.random() * 200 * Math.min(10, round + 1), signal);
  }
}

async function hold(ctx: Ctx, task: string, call: string, micros: number, known: Hold | undefined) {
  const more = micros - (known?.micros ?? 0);
  return update(ctx, task, {
    UpdateExpression: 'SET holds.#call = :hold, remaining = remaining - :more',
    ConditionExpression: `cap > :zero AND remaining >= :more AND ${known ? 'holds.#call.micros = :known' : 'attribute_not_exists(holds.#call)'}`,
    ExpressionAttributeNames: { '#call': call },
    ExpressionAttributeValues: {
      ':hold': { micros, until: ctx.now() + holdMs },
      ':more': more,
      ':zero': 0,
      ...(known && { ':known': known.micros }),
    },
  });
}

/** Gives back what was held for a call that was not made. */
export async function release(ctx: Ctx, task: string, call: string): Promise<void> {
  for (;;) {
    const held = (await load(ctx, task))?.holds[call];
    if (!held || (await drop(ctx, task, call, held))) return;
  }
}

/** Takes in what callers that died have left; whether there was any. */
async function reclaim(ctx: Ctx, task: string, { holds }: BudgetRow): Promise<boolean> {
  const dead = Object.entries(holds).filter(([, { until }]) => until < ctx.now());
  for (const [call, held] of dead) await drop(ctx, task, call, held);
  return dead.length > 0;
}

async function drop(ctx: Ctx, task: string, call: string, held: Hold): Promise<boolean> {
  const answer = await update(ctx, task, {
    UpdateExpression: 'SET remaining = remaining + :micros REMOVE holds.#call',
    ConditionExpression: 'holds.#call.micros = :micros AND holds.#call.#until = :until',
    ExpressionAttributeNames: { '#call': call, '#until': 'until' },
    ExpressionAttributeValues: { ':micros': held.micros, ':until': held.until },
  });
  return answer === 'done';
}

/**
 * The hold of a call becomes what was really spent; belongs into the commit of the usage row. More than was held is taken all the same:
 * it is spent. Undefined where the task has no budget. The commit throws `refused` when the row changed meanwhile.
 */
export async function settling(
  ctx: Ctx,
  task: string,
  call: string,
  spent: number,
  refused: Failure,
): Promise<Write | undefined> {
  const row = await load(ctx, task);
  if (!row) return undefined;
  const held = row.holds[call];
  return {
    item: {
      Update: {
        TableName: ctx.stores.core.table,
        Key: keyOf(ctx, task),
        UpdateExpression: `SET spent = spent + :spent, remaining = remaining + :back${held ? ' REMOVE holds.#call' : ''}`,
        ConditionExpression: held
          ? 'holds.#call.micros = :held'
          : 'attribute_exists(pk) AND attribute_not_exists(holds.#call)',
        ExpressionAttributeNames: { '#call': call },
        ExpressionAttributeValues: {
          ':spent': spent,
          ':back': (held?.micros ?? 0) - spent,
          ...(held && { ':held': held.micros }),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refused: () => refused,
  };
}

async function load(ctx: Ctx, task: string): Promise<BudgetRow | undefined> {
  const { client, table } = ctx.stores.core;
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(ctx, task), ConsistentRead: true }));
  return Item as BudgetRow | undefined;
}

type Change = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** 'done', or the row as it stood when the condition failed. A transaction under way on the row is waited out. */
async function update(ctx: Ctx, task: string, change: Change): Promise<'done' | BudgetRow | undefined> {
  const { client, table } = ctx.stores.core;
  const command = {
    TableName: table,
    Key: keyOf(ctx, task),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    ...change,
  };
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send(new UpdateCommand(command));
      return 'done';
    } catch (error) {
      const refused = refusedAs(error, 'ConditionalCheckFailedException');
      if (refused) return refused.item as BudgetRow | undefined;
      if (!refusedAs(error, 'TransactionConflictException')) throw error;
      if (attempt >= 30) throw new Failure('BUSY', {}, error);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(200, 10 * attempt)));
    }
  }
}
