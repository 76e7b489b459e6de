// One caller at a time for one thing: a lease in the ephemeral table that its holder keeps alive, and that ends by itself when it dies.
import type { Ctx } from '../platform/ctx.ts';
import { DeleteCommand, PutCommand } from '../platform/dynamo/command.ts';
import { held } from '../platform/held.ts';
import { newId } from '../platform/id.ts';
import type { AiCtx } from './ai.ts';

/** How long the others wait for one that died. */
const leaseMs = 30_000;

/**
 * Runs `run` while nobody else of the tenant does under this name; waits for its turn. So a step that is started twice does not ask twice:
 * the second finds what the first has stored.
 */
export async function alone<T>(ctx: AiCtx, name: string, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  const owner = newId('use', ctx.now());
  while (!(await take(ctx, name, owner))) await ctx.ai.sleep(200 + ctx.ai.random() * 600, signal);
  const alive = setInterval(() => void take(ctx, name, owner).catch(() => undefined), leaseMs / 3);
  alive.unref();
  try {
    return await run();
  } finally {
    clearInterval(alive);
    await give(ctx, name, owner);
  }
}

const keyOf = (ctx: Ctx, name: string) => ({ pk: `T#${ctx.tenant}`, sk: `ALONE#${name}` });

/** Takes or renews the lease; whether it is this owner's. */
async function take(ctx: Ctx, name: string, owner: string): Promise<boolean> {
  const { client, table } = ctx.stores.ephemeral;
  const until = ctx.now() + leaseMs;
  const Item = { ...keyOf(ctx, name), owner, until, expires_at: Math.ceil(until / 1000) + 3600 };
  return held(
    client.send(
      new PutCommand({
        TableName: table,
        Item,
        ConditionExpression: 'attribute_not_exists(pk) OR #owner = :owner OR #until < :now',
        ExpressionAttributeNames: { '#owner': 'owner', '#until': 'until' },
        ExpressionAttributeValues: { ':owner': owner, ':now': ctx.now() },
      }),
    ),
  );
}

async function give(ctx: Ctx, name: string, owner: string): Promise<void> {
  const { client, table } = ctx.stores.ephemeral;
  await held(
    client.send(
      new DeleteCommand({
        TableName: table,
        Key: keyOf(ctx, name),
        ConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': owner },
      }),
    ),
  );
}
