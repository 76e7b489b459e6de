// A vault with keys and secrets of a small template, and callers whose roles say what they may.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { host, makeCallers } from '../../../local/iam/callers.ts';
import { serveVault } from '../../../local/services/vault.ts';
import { openState } from '../../../local/state.ts';
import { readPlan } from '../../../local/template/plan.ts';
import { lambda, type Resources, role, writeAssembly } from '../runner/kit/assembly.ts';

const policy = { Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] };
const key = (more: object = {}) => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy, ...more } });
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const caller = (name: string, Role: string) => lambda('one', { FunctionName: name, Role: arnOf(Role) });

/** A context of tenant and provider, and of nothing else. */
const tenantNamed = {
  Null: { 'kms:EncryptionContext:tenant': 'false', 'kms:EncryptionContext:provider': 'false' },
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant', 'provider'] },
};
const through = { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } };
const reading = { Action: 'secretsmanager:GetSecretValue', Resource: { Ref: 'Platform' } };

/** `sealer` seals and opens with a tenant in the context; `naming` under whatever key has the alias; `reader` reads a secret and its key through it; `halfway` lacks the key. */
const template: Resources = {
  Key: key(),
  Other: key(),
  Off: key({ Enabled: false }),
  Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/ours', TargetKeyId: arnOf('Key') } },
  Platform: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { Name: 'platform', Description: 'keys', SecretString: '{}', KmsKeyId: arnOf('Key') },
  },
  Bare: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'bare' } },
  Role: role({
    Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: arnOf('Key'),
    Condition: tenantNamed,
  }),
  ReaderRole: role(reading, { Action: 'kms:Decrypt', Resource: arnOf('Key'), Condition: through }),
  HalfwayRole: role(reading),
  NamingRole: role({
    Action: ['kms:Encrypt', 'kms:Decrypt'],
    Resource: 'arn:aws:kms:us-east-1:000000000000:key/*',
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/ours' } },
  }),
  Sealer: caller('sealer', 'Role'),
  Naming: caller('naming', 'NamingRole'),
  Reader: caller('reader', 'ReaderRole'),
  Halfway: caller('halfway', 'HalfwayRole'),
};

function planned(resources: Resources) {
  const keys = ['Key', 'Other', 'Off'].filter((id) => id in resources);
  const outputs = Object.fromEntries(keys.map((id) => [id, { Value: arnOf(id) }]));
  return readPlan(writeAssembly({ resources, outputs, bundles: { one: '' } }).folder);
}

export type AVault = Awaited<ReturnType<typeof aVault>>;

/** @param more Resources beside or instead of those of the template. */
export async function aVault(more: Resources = {}) {
  const plan = planned({ ...template, ...more });
  const folder = mkdtempSync(join(tmpdir(), 'vault-'));
  const faults: unknown[] = [];
  const start = async (from = plan) => {
    const callers = makeCallers(from.functions, from.roles);
    const state = openState(folder);
    const vault = await serveVault(from, { callers, state, port: 0, fault: (error) => void faults.push(error) });
    return { callers, state, vault };
  };
  let running = await start();
  const settings = (accessKeyId: string, secretAccessKey?: string) => ({
    region: 'us-east-1',
    endpoint: running.vault.endpoints.AWS_ENDPOINT_URL_KMS ?? '',
    credentials: { accessKeyId, secretAccessKey: secretAccessKey ?? running.callers.secretOf(accessKeyId) ?? 'none' },
    maxAttempts: 1,
  });
  const stop = async () => {
    await running.vault.stop();
    running.state.close();
  };
  return {
    folder,
    faults,
    /** ARN of a key by its logical id. */
    keyArn: (logicalId: string) => plan.outputs[logicalId] ?? '',
    kms: (as: string = host, secret?: string) => new KMSClient(settings(as, secret)),
    secrets: (as: string = host) => new SecretsManagerClient(settings(as)),
    /** Stops and starts again on the same folder; what is given is another in the template, or gone from it. */
    restart: async (changed: Partial<Resources> = {}) => {
      await stop();
      const resources = Object.entries({ ...template, ...more, ...changed }).filter(([, one]) => one !== undefined);
      running = await start(planned(Object.fromEntries(resources) as Resources));
    },
    end: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
