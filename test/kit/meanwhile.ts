// What somebody else does between what is read and what is written for it.
import type { Ctx } from '../../core/platform/ctx.ts';

/** The same context; before its first transaction is sent, `act` is done. */
export function meanwhile(ctx: Ctx, act: () => unknown): Ctx {
  let isDone = false;
  const client = new Proxy(ctx.stores.core.client, {
    get: (on, name) =>
      name === 'send'
        ? async (command: { operation: string }) => {
            if (command.operation === 'TransactWriteItems' && !isDone) {
              isDone = true;
              await act();
            }
            return on.send(command as never);
          }
        : Reflect.get(on, name),
  });
  return { ...ctx, stores: { ...ctx.stores, core: { ...ctx.stores.core, client } } };
}
