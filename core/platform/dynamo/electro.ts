// What ElectroDB asks a client for when an entity runs its own query: the methods of the SDK's document client before version 3, one of
// the two kinds it knows. With the other kind it would make commands of the SDK's, and load all of it.
import { DeleteCommand, type Documents, GetCommand, PutCommand, QueryCommand, UpdateCommand } from './command.ts';

/** More at once is asked and written without ElectroDB: platform/together.ts, platform/commit.ts. */
const unused = (): never => {
  throw new TypeError('unused');
};

/** A client that sends so, and that entities can be given. */
export function documentsBy(send: Documents['send']): Documents {
  const asked = (call: () => Promise<unknown>) => ({ promise: call });
  const methods = {
    get: (input: GetCommand['input']) => asked(() => send(new GetCommand(input))),
    put: (input: PutCommand['input']) => asked(() => send(new PutCommand(input))),
    query: (input: QueryCommand['input']) => asked(() => send(new QueryCommand(input))),
    update: (input: UpdateCommand['input']) => asked(() => send(new UpdateCommand(input))),
    delete: (input: DeleteCommand['input']) => asked(() => send(new DeleteCommand(input))),
    scan: unused,
    batchGet: unused,
    batchWrite: unused,
    transactGet: unused,
    transactWrite: unused,
    createSet: unused,
  };
  return { ...methods, send } as Documents;
}
