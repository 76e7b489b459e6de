// What this function may touch, made from its granted variables on first use. What belongs to a tenant is reached with that tenant's own
// credentials: there is no client of a tenant's table that could reach another's (docs/adr/0008, 8 and 9). Connections are shared.
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import type { OpenStores, Stores, Table } from '../../core/platform/ctx.ts';
import type { Documents } from '../../core/platform/dynamo/command.ts';
import { once } from '../../core/platform/once.ts';
import type { Place, Tier } from '../../core/platform/place.ts';
import { findTier } from '../../core/tenant/directory.ts';
import { env } from './env.ts';
import { mailer } from './mail.ts';
import { checksums, ownKms, ownRows, ownS3, rowsAs } from './own.ts';
import { placeOf, tierFor } from './place.ts';
import { recent } from './recent.ts';
import { type TenantSession, tenantSession } from './tenant-session.ts';

/** Tenants whose clients a container keeps. */
const mostTenants = 50;

type TableName = 'DIRECTORY_TABLE' | 'EPHEMERAL_TABLE';
const own = (name: TableName): Table => ({ client: ownRows(), table: env(name) });

const closing = once(() => JSON.parse(env('CLOSING')) as Stores['closing']);
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
  get closing() {
    return closing();
  },
  get socketUrl() {
    return env('SOCKET_URL');
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
  of: (tenant, tier) => storesFor(tenant, tier),
};

/** Clients of somebody who may reach a tenant. */
type Clients = {
  readonly rows: () => Documents;
  readonly s3: () => S3Client;
  readonly kms: () => KMSClient;
  readonly signedSeconds: Stores['signedSeconds'];
};

/** Stores of one tenant at its place. `base` gives what belongs to no tenant. */
function storesAt(base: OpenStores, { rows, s3, kms, signedSeconds }: Clients, place: Place): Stores {
  const own = {
    get core() {
      return { client: rows(), table: place.core };
    },
    get ephemeral() {
      return { client: rows(), table: place.ephemeral };
    },
    get audit() {
      return { client: rows(), table: place.audit };
    },
    get bucket() {
      return place.bucket;
    },
    get s3() {
      return s3();
    },
    get kms() {
      return kms();
    },
    get sealingKey() {
      return place.key;
    },
    signedSeconds,
  };
  return Object.create(base, Object.getOwnPropertyDescriptors(own));
}

const tierRead = (clients: Clients, tenant: string) => () =>
  findTier({ client: clients.rows(), table: env('DIRECTORY_TABLE') }, tenant);

const acrossClients: Clients = {
  rows: ownRows,
  s3: ownS3,
  kms: ownKms,
  signedSeconds: () => Promise.reject(new TypeError('addresses are signed with the session of a tenant')),
};

/** For functions that work for all tenants, under their own role. */
export const acrossStores: OpenStores = Object.create(openStores, {
  of: {
    value: async (tenant: string, told?: Tier): Promise<Stores> => {
      const tier = await tierFor(tenant, told, tierRead(acrossClients, tenant));
      return storesAt(acrossStores, acrossClients, placeOf(tenant, tier));
    },
  },
});

/** A provider that the SDK asks each time, so that there is one place that knows which session counts. */
const asked = ({ credentials }: TenantSession) => Object.assign(() => credentials(), { memoized: true });

const clientsFor = recent(mostTenants, (tenant): Clients => {
  const session = tenantSession(tenant);
  const credentials = asked(session);
  return {
    rows: once(() => rowsAs(session.credentials)),
    s3: once(() => new S3Client({ ...checksums, credentials, requestHandler: ownS3().config.requestHandler })),
    kms: once(() => new KMSClient({ credentials, requestHandler: ownKms().config.requestHandler })),
    signedSeconds: session.signedSeconds,
  };
});

/** The stores of a tenant, with its credentials, at its place. `told`: its tier, where somebody has read it already. */
export async function storesFor(tenant: string, told?: Tier): Promise<Stores> {
  const clients = clientsFor(tenant);
  const tier = await tierFor(tenant, told, tierRead(clients, tenant));
  return storesAt(openStores, clients, placeOf(tenant, tier));
}
