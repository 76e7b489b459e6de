// `npm start -- --provider stub`: the model server plays every provider, and the platform's secret leads to it. No key is needed.
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Cloud } from '../../local/cloud.ts';
import { plainReply } from '../models/plain.ts';
import { protocols } from '../models/protocols.ts';
import { type LoggedCall, type Models, startModels } from '../models/server.ts';

/** Tells the stub's entries in the secret from real ones. */
const key = 'stub';

type Entries = Readonly<Record<string, { readonly key: string; readonly baseUrl?: string }>>;

/** Starts the model server on a free port and enters it for every provider. `heard` is told of each call. */
export async function startStub(cloud: Cloud, heard: (call: LoggedCall) => void): Promise<Models> {
  const models = await startModels({ heard, reply: plainReply });
  const entry = (provider: string) => [provider, { key, baseUrl: models.baseUrl(provider) }] as const;
  await change(cloud, () => Object.fromEntries(protocols.map(({ provider }) => entry(provider))));
  return models;
}

/** Takes the stub's entries out again: the server they lead to is gone. */
export const forgetStub = (cloud: Cloud): Promise<void> =>
  change(cloud, (entries) => Object.fromEntries(Object.entries(entries).filter(([, one]) => one.key !== key)));

/** Writes the secret anew where it becomes another. */
async function change({ host, outputs }: Cloud, next: (entries: Entries) => Entries): Promise<void> {
  const SecretId = outputs.ModelSecretArn;
  // an assembly of something else
  if (SecretId === undefined) return;
  const { region, credentials, endpoints } = host;
  const endpoint = endpoints.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? '';
  const client = new SecretsManagerClient({ region, credentials, endpoint });
  try {
    const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId }));
    const said = JSON.stringify(next(JSON.parse(SecretString) as Entries));
    if (said !== SecretString) await client.send(new PutSecretValueCommand({ SecretId, SecretString: said }));
  } finally {
    client.destroy();
  }
}
