// What this function may touch, made from its granted variables on first use. What belongs to a tenant is reached with that tenant's own
// credentials: there is no client of a tenant's table that could reach another's (docs/adr/0008, 8 and 9). Connections are shared.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OpenStores, Stores, Table } from '../../core/platform/ctx.ts';
import { env } from './env.ts';
import { mailer } from './mail.ts';
import { once } from './once.ts';
import { checksums, ownDynamo, ownKms, ownS3 } from './own.ts';
import { recent } from './recent.ts';
import { Sha256 } from './sha256.ts';
import { type TenantSession, tenantSession } from './tenant-session.ts';

/** Tenants whose clients a container keeps. */
const mostTenants = 50;

const documents = (client: DynamoDBClient) =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const ownDocuments = once(() => documents(ownDynamo()));

type TableName = 'CORE_TABLE' | 'AUDIT_TABLE' | 'DIRECTORY_TABLE' | 'EPHEMERAL_TABLE';
const own = (name: TableName): Table => ({ client: ownDocuments(), table: env(name) });

const firstPlan = once(() => JSON.parse(env('FIRST_PLAN')) as Stores['firstPlan']);

/** What belongs to no tenant. */
export const openStores: OpenStores = {
  get directory() {
    return own('DIRECTORY_TABLE');
  },
  get shared() {
    return own('EPHEMERAL_TABLE');
  },
  get mail() {
    return mailer();
  },
  get firstPlan() {
    return firstPlan();
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
  of: (tenant) => storesFor(tenant),
};

/** `base` gives the properties it has; the getters of `more` are added as they are. */
const extended = <More extends object>(base: OpenStores, more: More): OpenStores & More =>
  Object.create(base, Object.getOwnPropertyDescriptors(more));

/** For functions that work for all tenants, under their own role. */
export const acrossStores: Stores = extended(openStores, {
  of: () => acrossStores,
  get core() {
    return own('CORE_TABLE');
  },
  get ephemeral() {
    return own('EPHEMERAL_TABLE');
  },
  get audit() {
    return own('AUDIT_TABLE');
  },
  get bucket() {
    return env('MEDIA_BUCKET');
  },
  get s3() {
    return ownS3();
  },
  get kms() {
    return ownKms();
  },
  signedSeconds: () => Promise.reject(new TypeError('addresses are signed with the session of a tenant')),
});

/** A provider that the SDK asks each time, so that there is one place that knows which session counts. */
const asked = ({ credentials }: TenantSession) => Object.assign(() => credentials(), { memoized: true });

function ofTenant(tenant: string): Stores {
  const session = tenantSession(tenant);
  const credentials = asked(session);
  const rows = once(() =>
    documents(new DynamoDBClient({ sha256: Sha256, credentials, requestHandler: ownDynamo().config.requestHandler })),
  );
  const s3 = once(() => new S3Client({ ...checksums, credentials, requestHandler: ownS3().config.requestHandler }));
  const kms = once(() => new KMSClient({ credentials, requestHandler: ownKms().config.requestHandler }));
  return extended(openStores, {
    get core() {
      return { client: rows(), table: env('CORE_TABLE') };
    },
    get ephemeral() {
      return { client: rows(), table: env('EPHEMERAL_TABLE') };
    },
    get audit() {
      return { client: rows(), table: env('AUDIT_TABLE') };
    },
    get bucket() {
      return env('MEDIA_BUCKET');
    },
    get s3() {
      return s3();
    },
    get kms() {
      return kms();
    },
    signedSeconds: session.signedSeconds,
  });
}

/** The stores of a tenant, with its credentials. */
export const storesFor: (tenant: string) => Stores = recent(mostTenants, ofTenant);
