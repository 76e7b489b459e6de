// The calls of Secrets Manager in use: GetSecretValue, PutSecretValue, DescribeSecret. Source of shapes: Secrets Manager API Reference.
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Ask, CallRefused, type JsonService } from '../json-door.ts';
import { conditionsOf } from '../kms/context.ts';
import { account, region } from '../template/identity.ts';
import type { SecretPlan } from '../template/secret.ts';
import { contextOf, type SecretValue, type Store, type Version } from './store.ts';

const secretId = z.string().min(1).max(2048);
const text = z.string().min(1).max(65_536);

const shapes = {
  GetSecretValue: z.strictObject({
    SecretId: secretId,
    VersionId: z.string().optional(),
    VersionStage: z.string().optional(),
  }),
  PutSecretValue: z.strictObject({
    SecretId: secretId,
    ClientRequestToken: z
      .string()
      .min(32)
      .max(64)
      .default(() => randomUUID()),
    SecretString: text.optional(),
    SecretBinary: z.base64().optional(),
    VersionStages: z.array(z.string()).min(1).max(20).default(['AWSCURRENT']),
  }),
  DescribeSecret: z.strictObject({ SecretId: secretId }),
};

type Shapes = typeof shapes;

/** Throws ValidationException naming the member. */
const read = <Name extends keyof Shapes>(name: Name, input: unknown): z.output<Shapes[Name]> => {
  const result = shapes[name].safeParse(input);
  if (result.success) return result.data as z.output<Shapes[Name]>;
  const [issue] = result.error.issues;
  throw new CallRefused('ValidationException', `${issue?.path.map(String).join('.') || name}: ${issue?.message}`);
};

const seconds = (milliseconds: number): number => milliseconds / 1000;
const viaSecrets = `secretsmanager.${region}.amazonaws.com`;
const missing = "Secrets Manager can't find the specified secret";

export const secretsManager = (secrets: readonly SecretPlan[], store: Store): JsonService => {
  /** By name, ARN, or ARN without its last six characters. Asks first, for a name nobody has too. */
  const find = (ask: Ask, action: string, id: string): SecretPlan => {
    const found = secrets.find(({ name, arn }) => [name, arn, arn.slice(0, -7)].includes(id));
    const resource =
      found?.arn ?? (id.startsWith('arn:') ? id : `arn:aws:secretsmanager:${region}:${account}:secret:${id}`);
    ask(`secretsmanager:${action}`, resource, { 'secretsmanager:SecretId': [resource] });
    if (!found) throw new CallRefused('ResourceNotFoundException', `${missing}.`);
    return found;
  };

  /** Secrets Manager works under the rights of who calls it. Its own key needs none. */
  const throughKey = (ask: Ask, secret: SecretPlan, version: string, actions: readonly string[]): void => {
    if (secret.key === undefined) return;
    const context = conditionsOf(contextOf(secret, version), { service: viaSecrets });
    const { arn } = store.keyOf(secret);
    for (const action of actions) ask(`kms:${action}`, arn, context, 'Access to KMS is not allowed');
  };

  const versionOf = (secret: SecretPlan, id: string | undefined, stage: string | undefined): Version => {
    const versions = store.versions(secret);
    const wanted = stage ?? (id === undefined ? 'AWSCURRENT' : undefined);
    const found = versions.find(
      (one) => (id === undefined || one.id === id) && (wanted === undefined || one.stages.includes(wanted)),
    );
    if (found) return found;
    const which = id === undefined ? `staging label: ${wanted}` : `VersionId: ${id}`;
    throw new CallRefused('ResourceNotFoundException', `${missing} value for ${which}`);
  };

  const valueIn = ({ SecretString, SecretBinary }: z.output<Shapes['PutSecretValue']>): SecretValue => {
    if (SecretString !== undefined && SecretBinary === undefined) return { SecretString };
    if (SecretBinary !== undefined && SecretString === undefined) return { SecretBinary };
    const message = 'You must provide either SecretString or SecretBinary.';
    throw new CallRefused('InvalidRequestException', message);
  };

  return {
    name: 'secretsmanager',
    target: 'secretsmanager',
    calls: {
      GetSecretValue: (input, ask) => {
        const { SecretId, VersionId, VersionStage } = read('GetSecretValue', input);
        const secret = find(ask, 'GetSecretValue', SecretId);
        const { id, stages, created } = versionOf(secret, VersionId, VersionStage);
        throughKey(ask, secret, id, ['Decrypt']);
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: id,
          VersionStages: stages,
          CreatedDate: seconds(created),
          ...store.valueOf(secret, id),
        };
      },
      PutSecretValue: (input, ask) => {
        const given = read('PutSecretValue', input);
        const secret = find(ask, 'PutSecretValue', given.SecretId);
        const value = valueIn(given);
        const { ClientRequestToken: id, VersionStages: stages } = given;
        throughKey(ask, secret, id, ['GenerateDataKey', 'Decrypt']);
        const known = store.versions(secret).find((version) => version.id === id);
        if (known && JSON.stringify(store.valueOf(secret, id)) !== JSON.stringify(value)) {
          const message = `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`;
          throw new CallRefused('ResourceExistsException', message);
        }
        if (!known) store.put(secret, { id, stages }, value);
        return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: known?.stages ?? stages };
      },
      DescribeSecret: (input, ask) => {
        const secret = find(ask, 'DescribeSecret', read('DescribeSecret', input).SecretId);
        const versions = store.versions(secret);
        const dates = versions.map(({ created }) => created);
        return {
          ARN: secret.arn,
          Name: secret.name,
          ...(secret.description !== undefined && { Description: secret.description }),
          ...(secret.key !== undefined && { KmsKeyId: secret.key }),
          ...(dates.length > 0 && { LastChangedDate: seconds(Math.max(...dates)) }),
          VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, stages])),
        };
      },
    },
  };
};
