// The platform's own keys: one secret of AWS Secrets Manager, by provider. Read once in five minutes; a service that has a hiccup stops nobody.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { baseUrl } from '../base-url.ts';
import type { SecretReader } from './schema.ts';

const Secret = z.record(z.string(), z.object({ key: z.string(), baseUrl: z.string().optional() }));
type Secret = z.infer<typeof Secret>;

const rememberedMs = 5 * 60_000;
/** So long after that the last good reading serves while reading fails, and so often it is tried anew. */
const [graceMs, pauseMs] = [10 * 60_000, 10_000];

let shared: SecretsManagerClient | undefined;
const client = (): SecretsManagerClient => (shared ??= new SecretsManagerClient({}));

/**
 * Reads the secret `{"openai": {"key": "…"}, "yunwu": {"key": "…", "baseUrl": "https://…"}}`. Whoever keeps it chooses the addresses, so any is
 * taken. Throws what the service throws, and an error without the secret's words when it is not of this form; where it could be read before, only
 * when it has failed for ten minutes.
 */
export function secretReader(secretId: string, now: () => number): SecretReader {
  let known: Known | undefined;
  return async (provider) => {
    if (!known || known.until <= now()) known = await renewed(known, secretId, now);
    const found = known.secret[provider];
    if (!found?.key) return undefined;
    const url = found.baseUrl && baseUrl(found.baseUrl, { http: true, privateNetworks: true });
    return { key: found.key, ...(url && { baseUrl: url }) };
  };
}

/** `until`: when it is read anew; `end`: when it serves no more. */
type Known = { readonly secret: Secret; readonly until: number; readonly end: number };

async function renewed(known: Known | undefined, secretId: string, now: () => number): Promise<Known> {
  try {
    const secret = await read(secretId);
    const until = now() + rememberedMs;
    return { secret, until, end: until + graceMs };
  } catch (error) {
    if (!known || known.end <= now()) throw error;
    return { ...known, until: now() + pauseMs };
  }
}

async function read(SecretId: string): Promise<Secret> {
  const { SecretString = '{}' } = await client().send(new GetSecretValueCommand({ SecretId }));
  const form = Secret.safeParse(jsonOf(SecretString));
  if (!form.success) throw new Error('the secret of model keys is not of the form {"provider": {"key": "…"}}');
  return form.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
