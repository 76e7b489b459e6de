// Sign-ins that fail are told to the tenants of whoever was meant. At the call itself nothing is looked up: a known address and an unknown
// one are answered alike, in the same time. They are counted by address and reason, and the sweep tells them: one line a person, reason and
// sweep. Whatever else proves a person who is not signed in is counted like them: a registration with a taken address, a reset by a code.
import { createHash } from 'node:crypto';
import { userOf } from '../identity/index.ts';
import type { Ctx, OpenCtx } from '../platform/ctx.ts';
import { DeleteCommand, GetCommand, TransactWriteCommand, UpdateCommand } from '../platform/dynamo/command.ts';
import { Failure } from '../platform/failure.ts';
import { linePut } from '../platform/note.ts';
import { remind, keptSeconds as remindedSeconds } from '../platform/reminder.ts';
import { findPerson, type Membership, membershipsOf } from './directory.ts';

type Tally = { email: string; verb: string; refused: string; count: number; since: number; ip: string; agent?: string };

/** Ms until the sweep may tell them. */
const waitMs = 60_000;
/** The tally outlives its reminder, by which the sweep finds it. */
const keptSeconds = remindedSeconds + 86_400;

/** What a failed sign-in answers: nobody was let in, for a reason that lies with what was sent, or with whom it was for. */
const failing: ReadonlySet<string> = new Set([
  'WRONG_CREDENTIALS',
  'WRONG_CODE',
  'TOO_MANY_ATTEMPTS',
  'NOT_CONFIRMED',
  'PASSWORD_RESET_REQUIRED',
  'MEMBER_INACTIVE',
]);

const keyOf = (id: string) => ({ pk: `SIGNIN#${id}`, sk: 'FAILED' });

/** Runs a sign-in; one that fails is counted before it is answered. `verb`: what its line is called. Throws what `signIn` throws. */
export async function counting<T>(
  ctx: OpenCtx,
  email: string,
  signIn: () => Promise<T>,
  verb = 'member.login_failed',
): Promise<T> {
  try {
    return await signIn();
  } catch (error) {
    if (error instanceof Failure && failing.has(error.code)) await count(ctx, { email, verb, refused: error.code });
    throw error;
  }
}

async function count(ctx: OpenCtx, failed: Pick<Tally, 'email' | 'verb' | 'refused'>): Promise<void> {
  const { email, verb, refused } = failed;
  const id = createHash('sha256').update(`${verb}#${refused}#${email}`).digest('hex');
  const now = ctx.now();
  const { client, table } = ctx.stores.shared;
  await remind(ctx, { kind: 'sign_in', tenant: '', id }, now + waitMs);
  const { ip = '', agent = '' } = ctx.from ?? {};
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key: keyOf(id),
      UpdateExpression:
        'SET email = :email, verb = :verb, refused = :refused, ip = :ip, #agent = :agent, since = if_not_exists(since, :now), expires_at = :end ADD #count :one',
      ExpressionAttributeNames: { '#count': 'count', '#agent': 'agent' },
      ExpressionAttributeValues: {
        ':email': email,
        ':verb': verb,
        ':refused': refused,
        ':ip': ip,
        ':agent': agent.slice(0, 200),
        ':now': now,
        ':one': 1,
        ':end': Math.ceil(now / 1000) + keptSeconds,
      },
    }),
  );
}

/** Tells what was counted for an address: to nobody where nobody has it. For the sweep: `id` is that of the reminder. */
export async function tellFailedSignIns(ctx: Ctx, id: string): Promise<void> {
  const { client, table } = ctx.stores.shared;
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(id), ConsistentRead: true }));
  if (!Item) return;
  const tally = Item as Tally;
  const told = {
    TableName: table,
    Key: keyOf(id),
    ConditionExpression: '#count = :count',
    ExpressionAttributeNames: { '#count': 'count' },
    ExpressionAttributeValues: { ':count': tally.count },
  };
  const memberships = await tenantsOf(ctx, tally.email);
  if (memberships.length === 0) return void (await client.send(new DeleteCommand(told)));
  const lines = await Promise.all(memberships.slice(0, mostLines).map((membership) => lineOf(ctx, membership, tally)));
  const puts = lines.map((Put) => ({ Put }));
  await client.send(new TransactWriteCommand({ TransactItems: [{ Delete: told }, ...puts] }));
}

/** Lines of one transaction; nobody is in so many tenants. */
const mostLines = 90;

/** The tenants a person is in; of who is in none any more the one he worked in last, which is where the sign-in would have led. */
async function tenantsOf(ctx: Ctx, email: string): Promise<Membership[]> {
  const user = await userOf(ctx, email);
  if (!user) return [];
  const known = await membershipsOf(ctx, user.id);
  const held = known.filter(({ isActive }) => isActive);
  if (held.length > 0) return held;
  const person = await findPerson(ctx, user.id);
  return known.filter(({ tenant }) => tenant === person?.tenant);
}

/** A line for one of the tenants, in the table where its lines lie. */
async function lineOf(ctx: Ctx, { tenant, user, role }: Membership, tally: Tally) {
  const { verb, refused, count: times, since, ip, agent } = tally;
  const of: Ctx = {
    ...ctx,
    tenant,
    stores: await ctx.stores.of(tenant),
    role,
    verb,
    actor: { kind: 'user', id: user },
    from: { ip, ...(agent && { agent }) },
  };
  return linePut(of, { object: user, after: { refused, count: times, since } });
}
