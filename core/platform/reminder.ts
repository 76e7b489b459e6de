// Reminders: things that must be looked at again at a time, whoever they belong to. Kept by the hour in the ephemeral table, so that
// the sweep reads what is due and nothing else. They are hints: what they point at decides.
import type { OpenCtx } from './ctx.ts';
import { DeleteCommand, PutCommand, QueryCommand } from './dynamo/command.ts';
import { held } from './held.ts';
import { lastCleanSweep } from './swept.ts';

export type Reminder = {
  readonly kind: 'upload' | 'task' | 'refusals' | 'sign_in' | 'project' | 'purged' | 'script' | 'export';
  readonly tenant: string;
  readonly id: string;
};

const hour = 3_600_000;
/** How far the sweep looks back, in ms, behind the last one that looked after all that was due. */
const lookBack = 48 * hour;
/** How long something due waits: a machine that was off for two months has lost nothing, nor has what could not be looked after that long. */
export const keptSeconds = 62 * 86_400;

const partition = (at: number) => `DUE#${new Date(at).toISOString().slice(0, 13)}`;
const place = ({ kind, tenant, id }: Reminder) => `${kind}#${tenant}#${id}`;

/** Reminds of something at `at` (epoch ms; kept by the hour). Repeating it changes nothing. */
export async function remind(ctx: OpenCtx, reminder: Reminder, at: number): Promise<void> {
  const { client, table } = ctx.stores.shared;
  const expires_at = Math.ceil(at / 1000) + keptSeconds;
  const Item = { pk: partition(at), sk: place(reminder), ...reminder, at, expires_at };
  await client.send(new PutCommand({ TableName: table, Item }));
}

/**
 * What is due, each with `done`, which forgets the reminder; one that was set anew meanwhile stays. The latest hour first: what cannot be
 * looked after for weeks, however much it is, comes behind what can.
 */
export async function* due(ctx: OpenCtx): AsyncGenerator<Reminder & { at: number; done: () => Promise<void> }> {
  const { client, table } = ctx.stores.shared;
  const now = ctx.now();
  const since = Math.min((await lastCleanSweep(ctx)) ?? now, now);
  const far = Math.min(now - since + lookBack, keptSeconds * 1000);
  for (let back = 0; back <= Math.ceil(far / hour); back++) {
    const pk = partition(now - back * hour);
    let start: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const row of (page.Items ?? []) as (Reminder & { sk: string; at: number })[]) {
        if (row.at > now) continue;
        const { kind, tenant, id, sk, at } = row;
        const done = () => forget(ctx, { pk, sk }, at);
        yield { kind, tenant, id, at, done };
      }
      start = page.LastEvaluatedKey;
    } while (start);
  }
}

async function forget(ctx: OpenCtx, Key: { pk: string; sk: string }, at: number): Promise<void> {
  const { client, table } = ctx.stores.shared;
  const command = new DeleteCommand({
    TableName: table,
    Key,
    ConditionExpression: '#at = :at',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':at': at },
  });
  await held(client.send(command));
}
