// What is asked of DynamoDB, in plain values. The types are those of the SDK's document client; none of its code is loaded.
import type * as Sdk from '@aws-sdk/lib-dynamodb';

export type { TransactWriteCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';

type Plain<T> = Omit<T, '$metadata'>;

/** Each operation with what goes in and what comes out. */
export type Calls = {
  readonly GetItem: { readonly input: Sdk.GetCommandInput; readonly output: Plain<Sdk.GetCommandOutput> };
  readonly PutItem: { readonly input: Sdk.PutCommandInput; readonly output: Plain<Sdk.PutCommandOutput> };
  readonly UpdateItem: { readonly input: Sdk.UpdateCommandInput; readonly output: Plain<Sdk.UpdateCommandOutput> };
  readonly DeleteItem: { readonly input: Sdk.DeleteCommandInput; readonly output: Plain<Sdk.DeleteCommandOutput> };
  readonly Query: { readonly input: Sdk.QueryCommandInput; readonly output: Plain<Sdk.QueryCommandOutput> };
  readonly BatchGetItem: {
    readonly input: Sdk.BatchGetCommandInput;
    readonly output: Plain<Sdk.BatchGetCommandOutput>;
  };
  readonly TransactWriteItems: {
    readonly input: Sdk.TransactWriteCommandInput;
    readonly output: Plain<Sdk.TransactWriteCommandOutput>;
  };
};

export type Operation = keyof Calls;

/** One call; sent by a client of documents (client.ts). */
export abstract class Command<O extends Operation> {
  abstract readonly operation: O;
  readonly input: Calls[O]['input'];

  constructor(input: Calls[O]['input']) {
    this.input = input;
  }
}

export class GetCommand extends Command<'GetItem'> {
  readonly operation = 'GetItem';
}

export class PutCommand extends Command<'PutItem'> {
  readonly operation = 'PutItem';
}

export class UpdateCommand extends Command<'UpdateItem'> {
  readonly operation = 'UpdateItem';
}

export class DeleteCommand extends Command<'DeleteItem'> {
  readonly operation = 'DeleteItem';
}

export class QueryCommand extends Command<'Query'> {
  readonly operation = 'Query';
}

export class BatchGetCommand extends Command<'BatchGetItem'> {
  readonly operation = 'BatchGetItem';
}

export class TransactWriteCommand extends Command<'TransactWriteItems'> {
  readonly operation = 'TransactWriteItems';
}

/** A client that takes and gives plain values. */
export type Documents = {
  /** Throws DynamoRefusal for what the service refuses, what the network says when it goes on failing, and an AbortError. */
  readonly send: <O extends Operation>(
    command: Command<O>,
    options?: { readonly abortSignal?: AbortSignal },
  ) => Promise<Calls[O]['output']>;
};
