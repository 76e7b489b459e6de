// The table as it is on AWS: indexes behind, and other writers between a read and a write.
import type { Ctx } from '../../core/platform/ctx.ts';
import { type Documents, GetCommand, QueryCommand, TransactWriteCommand } from '../../core/platform/dynamo/command.ts';
import { documentsBy } from '../../core/platform/dynamo/electro.ts';

type Send = (command: unknown) => Promise<unknown>;

/** The same tenant with another way to the core table. */
function through(ctx: Ctx, way: (send: Send) => Send): Ctx {
  const { client, table } = ctx.stores.core;
  const send = way((command) => client.send(command as QueryCommand));
  const other = documentsBy(send as Documents['send']);
  return { ...ctx, stores: { ...ctx.stores, core: { client: other, table } } };
}

/** Indexes that are `ms` behind: what was written within them is not shown yet. */
export const lagging = (ctx: Ctx, ms: number): Ctx =>
  through(ctx, (send) => async (command) => {
    const answer = (await send(command)) as { Items?: Record<string, unknown>[] };
    if (!(command instanceof QueryCommand) || !command.input.IndexName) return answer;
    const since = Date.now() - ms;
    return { ...answer, Items: answer.Items?.filter(({ updatedAt }) => !(Number(updatedAt) > since)) };
  });

/** Indexes that go on showing what they showed when they were first asked. */
export function frozen(ctx: Ctx): Ctx {
  const shown = new Map<string, unknown>();
  return through(ctx, (send) => async (command) => {
    if (!(command instanceof QueryCommand) || !command.input.IndexName) return send(command);
    const asked = JSON.stringify(command.input);
    if (!shown.has(asked)) shown.set(asked, await send(command));
    return structuredClone(shown.get(asked));
  });
}

/** `heard` is told the name of each request before it is sent. */
export const overheard = (ctx: Ctx, heard: (operation: string) => void): Ctx =>
  through(ctx, (send) => (command) => {
    heard((command as { operation: string }).operation);
    return send(command);
  });

/** Every write waits for `happens`; what that throws, the write throws. */
export const beforeWrite = (ctx: Ctx, happens: () => Promise<unknown>): Ctx =>
  through(ctx, (send) => async (command) => {
    if (command instanceof TransactWriteCommand) await happens();
    return send(command);
  });

/** Work that breaks off at its write number `at`; answers whether there was one. Throws what the work throws otherwise. */
export async function breaksOff(ctx: Ctx, at: number, work: (ctx: Ctx) => Promise<unknown>): Promise<boolean> {
  let writes = 0;
  const breaking = beforeWrite(ctx, async () => {
    if (++writes === at) throw new Error('the connection broke');
  });
  return work(breaking).then(
    () => false,
    (error: Error) => {
      if (error.message !== 'the connection broke') throw error;
      return true;
    },
  );
}

/** Everything up to the first write is done; then `meanwhile` happens, and only then it is written. */
export function outpaced(ctx: Ctx, meanwhile: () => Promise<unknown>): Ctx {
  let first = true;
  return beforeWrite(ctx, async () => {
    if (!first) return;
    first = false;
    await meanwhile();
  });
}

/** Right behind the first read of a row of this kind `meanwhile` happens. `asked`: how often an index was asked. */
export function overtaken(
  ctx: Ctx,
  kind: string,
  meanwhile: () => Promise<unknown>,
): { ctx: Ctx; asked: () => number } {
  let [first, asked] = [true, 0];
  const other = through(ctx, (send) => async (command) => {
    if (command instanceof QueryCommand && command.input.IndexName) asked++;
    const answer = await send(command);
    if (first && command instanceof GetCommand && String(command.input.Key?.sk).startsWith(`${kind}#`)) {
      first = false;
      await meanwhile();
    }
    return answer;
  });
  return { ctx: other, asked: () => asked };
}
