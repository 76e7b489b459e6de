// Linking lines: a block, its links and the head in one transaction. Whoever comes second finds the block taken and goes on behind it;
// a line that is linked already is left out. So it may be done over, and by several at once.
import type { Ctx } from '../platform/ctx.ts';
import { TransactWriteCommand, type TransactWriteCommandInput } from '../platform/dynamo/command.ts';
import { DynamoRefusal } from '../platform/dynamo/refusal.ts';
import { pause } from '../platform/pause.ts';
import { type Block, beginning, blockBehind, follows, type Head, type RawLine } from './block.ts';
import { BlockEntity, blocksBehind, HeadEntity, LinkEntity, loadHead, placeOf } from './store.ts';

type Items = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** Lines of a block: with block and head they are 92 actions, and DynamoDB takes 100. */
const mostLines = 90;
const attempts = 12;

/** Links lines of ctx.tenant, as the stream brought them. Throws when others keep winning: the stream then brings them again. */
export async function link(ctx: Ctx, lines: readonly RawLine[]): Promise<void> {
  for (let at = 0; at < lines.length; at += mostLines) await linkBlock(ctx, lines.slice(at, at + mostLines));
}

async function linkBlock(ctx: Ctx, lines: readonly RawLine[]): Promise<void> {
  let left = [...new Map(lines.map((line) => [line.id, line])).values()];
  for (let attempt = 0; left.length > 0; attempt++) {
    const known = await loadHead(ctx);
    const block = blockBehind(await endBehind(ctx, known), ctx.tenant, left, ctx.now());
    const linked = await put(ctx, known, block, left);
    if (linked === 'done') return;
    if (attempt >= attempts) throw new Error(`the chain of ${ctx.tenant} goes on without these lines`);
    left = left.filter(({ id }) => !linked.has(id));
    if (linked.size === 0) await pause(Math.min(attempt, 5));
  }
}

/** The last block. After a restore of the core table the head stands before it: the chain is followed to its end. */
async function endBehind(ctx: Ctx, head: Head): Promise<Head> {
  let end = head;
  for await (const block of blocksBehind(ctx, head.n)) {
    if (!follows(end, block)) throw new Error(`block ${block.n} of ${ctx.tenant} does not follow the one before it`);
    end = block;
  }
  return end;
}

/** Puts a block. Answers `done`, or the ids that are linked already; none when somebody else was faster. */
async function put(ctx: Ctx, known: Head, block: Block, lines: readonly RawLine[]): Promise<'done' | Set<string>> {
  const order = block.lines.map(({ id }) => id);
  try {
    await ctx.stores.audit.client.send(new TransactWriteCommand({ TransactItems: itemsOf(ctx, known, block, lines) }));
    return 'done';
  } catch (error) {
    const reasons = error instanceof DynamoRefusal ? error.reasons : undefined;
    if (!reasons) throw error;
    const failed = (at: number) => reasons[at]?.Code === 'ConditionalCheckFailed';
    return new Set(order.filter((_, at) => failed(at + 2)));
  }
}

/** Block, head and links, in this order; each is refused where it is there already. */
function itemsOf(ctx: Ctx, known: Head, block: Block, lines: readonly RawLine[]): Items {
  const { tenant } = ctx;
  const audit = { table: ctx.stores.audit.table };
  const head = HeadEntity.put({ tenant, n: block.n, hash: block.hash }).where(({ n }, { eq, notExists }) =>
    known === beginning ? notExists(n) : eq(n, known.n),
  );
  const endOf = new Map(lines.map((line) => [line.id, Number(line.expires_at)]));
  const puts = [
    BlockEntity.create({ ...block, lines: [...block.lines], place: placeOf(block.n) }).params(audit),
    head.params({ table: ctx.stores.core.table }),
    ...block.lines.map(({ id }) =>
      LinkEntity.create({ tenant, id, block: block.n, expires_at: endOf.get(id) ?? 0 }).params(audit),
    ),
  ];
  return puts.map((Put) => ({ Put }) as Items[number]);
}
