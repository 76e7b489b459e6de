// What this function may touch, made from its granted variables on first use. One client per container: connections are reused.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Stores, Table } from '../../core/platform/ctx.ts';
import { env } from './env.ts';
import { mailer } from './mail.ts';
import { Sha256 } from './sha256.ts';

let client: DynamoDBDocumentClient | undefined;
const documents = () =>
  (client ??= DynamoDBDocumentClient.from(new DynamoDBClient({ sha256: Sha256 }), {
    marshallOptions: { removeUndefinedValues: true },
  }));

const table = (name: 'CORE_TABLE' | 'DIRECTORY_TABLE' | 'EPHEMERAL_TABLE' | 'AUDIT_TABLE'): Table => ({
  client: documents(),
  table: env(name),
});

export const stores: Stores = {
  get core() {
    return table('CORE_TABLE');
  },
  get directory() {
    return table('DIRECTORY_TABLE');
  },
  get ephemeral() {
    return table('EPHEMERAL_TABLE');
  },
  get audit() {
    return table('AUDIT_TABLE');
  },
  get bucket() {
    return env('MEDIA_BUCKET');
  },
  get mail() {
    return mailer();
  },
  get firstPlan() {
    return env('FIRST_PLAN');
  },
  get pool() {
    return {
      id: env('USER_POOL_ID'),
      clientId: env('USER_POOL_CLIENT_ID'),
      get confirms() {
        return env('SIGN_UP_CONFIRMATION') === 'code';
      },
    };
  },
};
