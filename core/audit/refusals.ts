// Refused accesses: the first of a person at a verb in a minute is a line at once; those that follow are counted, and the next line, or the
// sweep, tells how many they were. So nobody floods the audit, and no refusal goes uncounted.
import type { Actor, Ctx, Origin } from '../platform/ctx.ts';
import { GetCommand, TransactWriteCommand, UpdateCommand } from '../platform/dynamo/command.ts';
import { held } from '../platform/held.ts';
import { linePut } from '../platform/note.ts';
import { pause } from '../platform/pause.ts';
import type { Role } from '../platform/permission.ts';
import { remind, keptSeconds as remindedSeconds } from '../platform/reminder.ts';

/** `verb`: what was refused; `object`: what was asked for, as far as the request named it. */
export type Refusal = { readonly verb: string; readonly object: string; readonly code: string };

/** Of those of a minute: how many are held, and what the last one reached for, as whom and from where. */
type Tally = Pick<Refusal, 'verb'> & { minute: number; held: number; kind: Actor['kind']; last: Last };
type Last = Omit<Refusal, 'verb'> & { readonly role: Role; readonly from?: Origin; readonly session?: string };

const minuteMs = 60_000;
/** The tally outlives its reminder, by which the sweep finds it. */
const keptSeconds = remindedSeconds + 86_400;
const attempts = 5;

const keyOf = ({ tenant }: Ctx, id: string) => ({ pk: `T#${tenant}`, sk: `REFUSED#${id}` });

/** Notes a refusal of ctx.actor. */
export async function noteRefusal(ctx: Ctx, refusal: Refusal): Promise<void> {
  const id = `${ctx.actor.id}#${refusal.verb}`;
  const minute = Math.floor(ctx.now() / minuteMs);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const known = await tallyOf(ctx, id);
    const isNoted =
      known && known.minute >= minute ? await counted(ctx, id, refusal, known) : await told(ctx, id, refusal, known);
    if (isNoted) return;
    await pause(attempt);
  }
  throw new Error(`a refusal of ${refusal.verb} could not be noted: others were faster ${attempts} times`);
}

/** Tells what was counted and not told yet. For the sweep: `id` is that of the reminder. */
export async function tellRefusals(ctx: Ctx, id: string): Promise<void> {
  const known = await tallyOf(ctx, id);
  if (!known || known.held === 0) return;
  const [actor = ''] = id.split('#');
  const { verb, kind, last } = known;
  const { object, code, ...who } = last;
  const of: Ctx = { ...ctx, ...who, actor: { kind, id: actor } };
  if (!(await told(of, id, { verb, object, code }, known, 0)))
    throw new Error('refusals are counted just now; they are told the next time');
}

const lastOf = ({ role, from, session }: Ctx, { object, code }: Refusal): Last => ({
  object,
  code,
  role,
  ...(from && { from }),
  ...(session !== undefined && { session }),
});

async function tallyOf(ctx: Ctx, id: string): Promise<Tally | undefined> {
  const { client, table } = ctx.stores.ephemeral;
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(ctx, id), ConsistentRead: true }));
  return Item as Tally | undefined;
}

/** One more that is told later: the last one, as long as none follows. False when the minute is over by now. */
async function counted(ctx: Ctx, id: string, refusal: Refusal, { minute, held: before }: Tally): Promise<boolean> {
  const { client, table } = ctx.stores.ephemeral;
  // before it is counted: who counts and dies is looked after
  if (before === 0) await remind(ctx, { kind: 'refusals', tenant: ctx.tenant, id }, (minute + 1) * minuteMs);
  const command = new UpdateCommand({
    TableName: table,
    Key: keyOf(ctx, id),
    UpdateExpression: 'ADD held :one SET #last = :last',
    ConditionExpression: '#minute = :minute',
    ExpressionAttributeNames: { '#minute': 'minute', '#last': 'last' },
    ExpressionAttributeValues: { ':one': 1, ':minute': minute, ':last': lastOf(ctx, refusal) },
  });
  return held(client.send(command));
}

/** A line for this one (`more`: 1) and those held so far, in one transaction with the tally. False when somebody was faster. */
async function told(ctx: Ctx, id: string, refusal: Refusal, known: Tally | undefined, more = 1): Promise<boolean> {
  const { client, table } = ctx.stores.ephemeral;
  const { verb, object, code } = refusal;
  const now = ctx.now();
  const count = (known?.held ?? 0) + more;
  const line = linePut({ ...ctx, verb: 'access.refused' }, { object, after: { verb, refused: code, count } });
  const tally = {
    ...keyOf(ctx, id),
    minute: Math.floor(now / minuteMs),
    held: 0,
    verb,
    kind: ctx.actor.kind,
    last: lastOf(ctx, refusal),
    expires_at: Math.floor(now / 1000) + keptSeconds,
  };
  const isAsKnown = known
    ? {
        ConditionExpression: '#minute = :minute AND held = :held',
        ExpressionAttributeNames: { '#minute': 'minute' },
        ExpressionAttributeValues: { ':minute': known.minute, ':held': known.held },
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
  const puts = [{ Put: { TableName: table, Item: tally, ...isAsKnown } }, { Put: line }];
  return held(client.send(new TransactWriteCommand({ TransactItems: puts })));
}
