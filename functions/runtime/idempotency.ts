// Idempotency-Key: same key and body → the first answer; same key, other body → 422; still running → 409.
// Scoped to tenant, person and route; kept 24 hours. Powertools' own keeps no owner on its record and is not tenant-scoped, so it is not used here.
import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Ctx } from '../../core/platform/ctx.ts';
import { Failure } from '../../core/platform/failure.ts';
import type { HttpAnswer } from './http.ts';

type Request = { key: string; route: string; path: string; body: string };
type Kept = { bodyHash: string; state: 'running' | 'done'; answer?: HttpAnswer; leaseUntil: number };

const keptSeconds = 86_400;
/** Longer than any HTTP function runs, so that a dead request frees its key. */
const leaseMs = 30_000;
/** An item holds 400 KB; a longer first answer cannot be replayed and is not recorded. */
const maxAnswer = 300_000;

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');

/** Runs `run` once for this key. `refuse` turns its failure into the answer that is kept (4xx) or forgotten (5xx). */
export async function once(
  ctx: Ctx,
  request: Request,
  run: () => Promise<HttpAnswer>,
  refuse: (error: unknown) => HttpAnswer,
): Promise<HttpAnswer> {
  if (request.key.length > 255)
    throw new Failure('INVALID_REQUEST', { reason: 'Idempotency-Key: at most 255 characters' });
  const id = { pk: `T#${ctx.tenant}`, sk: `IDEM#${hash(`${ctx.actor.id}\n${request.route}\n${request.key}`)}` };
  const bodyHash = hash(`${request.path}\n${request.body}`);
  const earlier = await claim(ctx, id, bodyHash);
  if (earlier) return replay(earlier, bodyHash);
  const answer = await run().catch(refuse);
  await ((answer.statusCode ?? 500) >= 500 || (answer.body?.length ?? 0) > maxAnswer
    ? forget(ctx, id)
    : keep(ctx, id, answer));
  return answer;
}

function replay(earlier: Kept, bodyHash: string): HttpAnswer {
  if (earlier.bodyHash !== bodyHash) throw new Failure('IDEMPOTENCY_CONFLICT');
  if (earlier.state === 'running' || !earlier.answer) throw new Failure('IDEMPOTENCY_IN_FLIGHT');
  return { ...earlier.answer, headers: { ...earlier.answer.headers, 'idempotent-replay': 'true' } };
}

type Id = { pk: string; sk: string };

async function claim(ctx: Ctx, id: Id, bodyHash: string): Promise<Kept | undefined> {
  const now = ctx.now();
  const { client, table } = ctx.stores.ephemeral;
  try {
    await client.send(
      new PutCommand({
        TableName: table,
        Item: {
          ...id,
          bodyHash,
          state: 'running',
          leaseUntil: now + leaseMs,
          expires_at: Math.floor(now / 1000) + keptSeconds,
        },
        // expired rows may linger; a dead request's lease runs out
        ConditionExpression:
          'attribute_not_exists(pk) OR expires_at < :seconds OR (#state = :running AND leaseUntil < :now AND bodyHash = :body)',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':seconds': Math.floor(now / 1000),
          ':running': 'running',
          ':now': now,
          ':body': bodyHash,
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException && error.Item) return unmarshall(error.Item) as Kept;
    throw error;
  }
}

async function keep(ctx: Ctx, id: Id, answer: HttpAnswer): Promise<void> {
  const { client, table } = ctx.stores.ephemeral;
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key: id,
      UpdateExpression: 'SET #state = :done, answer = :answer',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':done': 'done', ':answer': answer },
    }),
  );
}

async function forget(ctx: Ctx, id: Id): Promise<void> {
  const { client, table } = ctx.stores.ephemeral;
  await client.send(new DeleteCommand({ TableName: table, Key: id }));
}
