// TransactWriteItems: up to 100 changes of different items, all or none.
import { changeUnits, consumedByTable } from '../capacity.ts';
import { DynamoFailure, invalid } from '../failure.ts';
import type { Fields } from '../parameters.ts';
import { rowsOf } from '../store/names.ts';
import {
  apply,
  type Decided,
  decide,
  type KeyInput,
  type Prepared,
  type PutInput,
  prepareCheck,
  prepareDelete,
  preparePut,
  prepareUpdate,
} from '../write.ts';
import { onItems } from './access.ts';
import {
  call,
  capacity,
  collectionMetrics,
  expression,
  expressionMembers,
  neededItem,
  onFailure,
  tableName,
  type World,
} from './call.ts';
import { replay } from './token.ts';

type Action = {
  readonly Put?: PutInput;
  readonly Update?: KeyInput;
  readonly Delete?: KeyInput;
  readonly ConditionCheck?: KeyInput;
};
type Input = {
  readonly TransactItems: readonly Action[];
  readonly ClientRequestToken?: string;
  readonly ReturnConsumedCapacity?: string;
};

/** "Amazon DynamoDB transactions: How it works": 100 items, 4 MB. */
const [MOST, LARGEST] = [100, 4 * 1024 ** 2];

const conditional: Fields = {
  TableName: tableName,
  ConditionExpression: expression,
  ...expressionMembers,
  ReturnValuesOnConditionCheckFailure: onFailure,
};

const checkActions = (actions: readonly Action[]): void => {
  for (const action of actions) {
    const given = [action.Put, action.Update, action.Delete, action.ConditionCheck].filter((one) => one);
    if (given.length !== 1) throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
    if (action.Update && action.Update.UpdateExpression === undefined)
      throw invalid('The UpdateExpression parameter is required but was not present in the request');
    if (action.ConditionCheck && action.ConditionCheck.ConditionExpression === undefined)
      throw invalid('The ConditionExpression parameter is required but was not present in the request');
  }
};

const prepare = ({ Put, Update, Delete, ConditionCheck }: Action, world: World): Prepared => {
  if (Put) return preparePut(Put, world);
  if (Update) return prepareUpdate(Update, world);
  return Delete ? prepareDelete(Delete, world) : prepareCheck(ConditionCheck as KeyInput, world);
};

/** Throws ValidationException when two of them touch one item. */
export const checkDistinct = (all: readonly Pick<Prepared, 'table' | 'key'>[]): void => {
  const places = new Set(all.map(({ table, key }) => JSON.stringify([rowsOf(table.id), key.hash, key.range])));
  if (places.size < all.length) throw invalid('Transaction request cannot include multiple operations on one item');
};

type Reason = { readonly Code: string; readonly Message?: string; readonly Item?: unknown };

const decideOne = (prepared: Prepared, world: World): Decided | Reason => {
  try {
    return decide(prepared, world);
  } catch (error) {
    if (!(error instanceof DynamoFailure)) throw error;
    const Code = error.type === 'ConditionalCheckFailedException' ? 'ConditionalCheckFailed' : 'ValidationError';
    return { Code, Message: error.message, ...error.members };
  }
};

const isReason = (one: Decided | Reason): one is Reason => 'Code' in one;

/** Throws TransactionCanceledException with one reason for each change, in their order. */
const decideAll = (all: readonly Prepared[], world: World): Decided[] => {
  const outcomes = all.map((prepared) => decideOne(prepared, world));
  const decided = outcomes.filter((one): one is Decided => !isReason(one));
  if (decided.length === outcomes.length) return decided;
  const reasons = outcomes.map((one): Reason => (isReason(one) ? one : { Code: 'None' }));
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`;
  throw new DynamoFailure('TransactionCanceledException', message, { CancellationReasons: reasons });
};

const actions = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
} as const;

export const transactWriteItems = call<Input>({
  parameters: {
    TransactItems: {
      kind: 'list',
      required: true,
      min: 1,
      max: MOST,
      of: {
        kind: 'members',
        of: {
          Put: { kind: 'members', of: { ...conditional, Item: neededItem } },
          Update: { kind: 'members', of: { ...conditional, Key: neededItem, UpdateExpression: expression } },
          Delete: { kind: 'members', of: { ...conditional, Key: neededItem } },
          ConditionCheck: { kind: 'members', of: { ...conditional, Key: neededItem } },
        },
      },
    },
    ClientRequestToken: { kind: 'text', min: 1, max: 36 },
    ReturnConsumedCapacity: capacity,
    ReturnItemCollectionMetrics: collectionMetrics,
  },
  access: ({ TransactItems }, world) =>
    TransactItems.flatMap((action) =>
      Object.entries(actions).flatMap(([member, name]) => {
        const input = action[member as keyof Action];
        return input ? [onItems(name, input.TableName, ['Item' in input ? input.Item : input.Key], world)] : [];
      }),
    ),
  run: (input, world) => {
    checkActions(input.TransactItems);
    const all = input.TransactItems.map((action) => prepare(action, world));
    checkDistinct(all);
    return world.store.db.atomically(() => {
      const again = replay(input.ClientRequestToken, input.TransactItems, world);
      if (again) return {};
      const decided = decideAll(all, world);
      const bytes = decided.reduce((sum, { before, after }) => sum + ((after ?? before)?.size ?? 0), 0);
      if (bytes > LARGEST)
        throw invalid('Transaction request cannot exceed 4 MB: the aggregate size of the items is too large');
      for (const one of decided) apply(one, world);
      const touched = () =>
        decided.map(({ prepared: { table }, before, after }) => ({
          table: table.name,
          units: changeUnits(table, before, after),
        }));
      const used = consumedByTable(input.ReturnConsumedCapacity, touched, 2, 'Write');
      return used ? { ConsumedCapacity: used } : {};
    });
  },
});
