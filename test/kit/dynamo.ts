// The local cloud's DynamoDB for tests: in memory, on a free port, open to every key.
import { type Dynamo, startDynamo as start } from '../../local/dynamodb/index.ts';

export type { Dynamo };

export const startDynamo = (): Promise<Dynamo> => start();
