// The templates of a stage booted on the local cloud, its doors, and sessions of tenants under the data roles in them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { FunctionName } from '../../../functions/catalog.ts';
import { type Host, startCloud } from '../../../local/cloud.ts';
import type { Plan } from '../../../local/template/plan.ts';

type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

/** A cloud of its own. */
export async function aWalledCloud(folder: string, plan: Plan) {
  const state = mkdtempSync(join(tmpdir(), 'scriptloom-walls-'));
  const cloud = await startCloud({ assembly: folder, state });
  const doors = doorsOf(cloud.host, plan);
  return {
    ...doors,
    host: cloud.host,
    stop: async () => {
      doors.leave();
      await cloud.stop();
      rmSync(state, { recursive: true, force: true });
    },
  };
}

/** The doors of a cloud that runs. */
export function doorsOf({ endpoints, credentials: host }: Host, plan: Plan) {
  const sts = new STSClient({ region: 'us-east-1', endpoint: endpoints.AWS_ENDPOINT_URL_STS ?? '', credentials: host });
  const opened: { destroy(): void }[] = [sts];
  const kept = <T extends { destroy(): void }>(client: T): T => {
    opened.push(client);
    return client;
  };
  /** Clients of somebody; the cloud itself, which may do everything, by default. */
  const clients = (credentials: Keys = host) => {
    const common = { region: 'us-east-1', credentials, maxAttempts: 1 };
    const at = (service: string) => ({ ...common, endpoint: endpoints[`AWS_ENDPOINT_URL_${service}`] ?? '' });
    return {
      rows: DynamoDBDocumentClient.from(kept(new DynamoDBClient(at('DYNAMODB')))),
      s3: kept(new S3Client({ ...at('S3'), forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' })),
      kms: kept(new KMSClient(at('KMS'))),
    };
  };
  const dataRole = (name: FunctionName): string =>
    plan.functions.find(({ path }) => path.split('/').at(-3) === name)?.environment.DATA_ROLE_ARN ?? '';
  const session = async (name: FunctionName, tenant: string): Promise<Required<Keys>> => {
    const tags = [{ Key: 'tenantId', Value: tenant }];
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({ RoleArn: dataRole(name), RoleSessionName: 'test', Tags: tags }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  };
  const leave = (): void => {
    for (const client of opened) client.destroy();
  };
  return { clients, dataRole, session, leave };
}
