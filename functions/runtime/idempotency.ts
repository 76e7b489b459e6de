// Idempotency-Key: same key and body → the first answer; same key, other body → 422; still running → 409.
// Answers may hold what is told once (keys, codes, tokens): they are kept sealed under the request, for whoever sends it again alone.
// Scoped to tenant, person and route (without a sign-in: to the request); kept 24 hours. Powertools' own keeps no owner on its record and is not tenant-scoped, so it is not used here.

import type { Ctx, OpenCtx, Table } from '../../core/platform/ctx.ts';
import { DeleteCommand, PutCommand, UpdateCommand } from '../../core/platform/dynamo/command.ts';
import { refusedAs } from '../../core/platform/dynamo/refusal.ts';
import { Failure } from '../../core/platform/failure.ts';
import { words } from '../../core/platform/words.ts';
import type { HttpAnswer } from './exchange.ts';
import { hash, seal, unseal } from './seal.ts';

/** `path`: with the query, and the version named by a header. `owner`: tenant and person; undefined for people who are not signed in. */
type Request = { key: string; route: string; path: string; body: string; owner: Ctx | undefined };
/**
 * `refuse` turns the failure of `run` into the answer that is kept (4xx) or forgotten (5xx). `again`: what is done before a success is
 * given once more; it is told the id of the request that was given it first.
 */
type Acts = {
  run: () => Promise<HttpAnswer>;
  refuse: (error: unknown) => HttpAnswer;
  again: (firstRequest: unknown) => Promise<unknown>;
};
type Kept = { bodyHash: string; state: 'running' | 'done'; answer?: string; leaseUntil: number };

const keptSeconds = 86_400;
/** Longer than any HTTP function runs, so that a dead request frees its key. */
const leaseMs = 30_000;
/** Characters, each a byte. An item holds 400 KB; a longer sealed answer cannot be replayed and is not recorded. */
const mostSealed = 390_000;

/**
 * Runs `run` once for this key. Whoever asks again is given the answer without asking the verb: its door must have let him in before.
 * Throws IDEMPOTENCY_CONFLICT, IDEMPOTENCY_IN_FLIGHT, and what `again` throws.
 */
export async function once(ctx: OpenCtx, request: Request, { run, refuse, again }: Acts): Promise<HttpAnswer> {
  if (request.key.length > 255)
    throw new Failure('INVALID_REQUEST', {
      reason: words('Idempotency-Key：最多 255 个字符', 'Idempotency-Key: at most 255 characters'),
    });
  const [id, on] = [idOf(request), request.owner ? request.owner.stores.ephemeral : ctx.stores.shared];
  // the key is part of it: the hash of a body with a password alone could be guessed at
  const bodyHash = hash(`${request.key}\n${request.path}\n${request.body}`);
  const earlier = await claim(on, ctx.now(), id, bodyHash);
  if (earlier) {
    const kept = replay(request, earlier, bodyHash);
    if ((kept.statusCode ?? 500) < 400) await again(kept.headers?.['x-request-id']);
    return kept;
  }
  const answer = await run().catch(refuse);
  const sealed = (answer.statusCode ?? 500) < 500 ? seal(secretOf(request), JSON.stringify(answer)) : undefined;
  await (sealed === undefined || sealed.length > mostSealed ? forget(on, id) : keep(on, id, sealed));
  return answer;
}

function idOf({ key, route, owner }: Request): Id {
  if (owner) return { pk: `T#${owner.tenant}`, sk: `IDEM#${hash(`${owner.actor.id}\n${route}\n${key}`)}` };
  return { pk: `IDEM#${hash(`${route}\n${key}`)}`, sk: 'IDEM' };
}

const secretOf = ({ key, body }: Request) => `${key}\n${body}`;

function replay(request: Request, earlier: Kept, bodyHash: string): HttpAnswer {
  if (earlier.bodyHash !== bodyHash) throw new Failure('IDEMPOTENCY_CONFLICT');
  const { state, answer: kept } = earlier;
  if (state === 'running' || !kept) throw new Failure('IDEMPOTENCY_IN_FLIGHT');
  const answer = JSON.parse(unseal(secretOf(request), kept)) as HttpAnswer;
  return { ...answer, headers: { ...answer.headers, 'idempotent-replay': 'true' } };
}

type Id = { pk: string; sk: string };

async function claim({ client, table }: Table, now: number, id: Id, bodyHash: string): Promise<Kept | undefined> {
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
    const earlier = refusedAs(error, 'ConditionalCheckFailedException')?.item;
    if (earlier) return earlier as Kept;
    throw error;
  }
}

async function keep({ client, table }: Table, id: Id, answer: string): Promise<void> {
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

async function forget({ client, table }: Table, id: Id): Promise<void> {
  await client.send(new DeleteCommand({ TableName: table, Key: id }));
}
