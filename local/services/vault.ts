// KMS and Secrets Manager with the keys, aliases and secrets of the plan, on one port; material and values in one database.
import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Callers } from '../iam/callers.ts';
import { openJsonDoor } from '../json-door.ts';
import { kms } from '../kms/calls.ts';
import { openRing } from '../kms/ring.ts';
import { secretsManager } from '../secrets/calls.ts';
import { openStore, putTemplated } from '../secrets/store.ts';
import type { State } from '../state.ts';
import { account, region } from '../template/identity.ts';
import type { KeyPlan } from '../template/key.ts';
import type { Plan } from '../template/plan.ts';

export type Vault = {
  /** AWS_ENDPOINT_URL_… of functions. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
};

export type VaultWorld = {
  readonly callers: Pick<Callers, 'secretOf' | 'authorize' | 'sentence'>;
  readonly state: State;
  readonly port: number;
  readonly fault: (error: unknown) => void;
};

const file = 'vault.sqlite';

/** The account's own key for secrets that name none: `aws/secretsmanager`. */
const usualId = 'aws-secretsmanager';
const usual: KeyPlan = { id: usualId, arn: `arn:aws:kms:${region}:${account}:key/${usualId}`, enabled: true };

/** Whoever may read this file can open everything sealed. What SQLite lays beside it takes its rights over. */
function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

/** Throws PORT_TAKEN or a refusal of the state folder. */
export async function serveVault(
  { keys, aliases, secrets }: Pick<Plan, 'keys' | 'aliases' | 'secrets'>,
  { callers, state, port, fault }: VaultWorld,
): Promise<Vault> {
  makePrivate(join(state.folder, file));
  const database = state.open(file);
  const ring = openRing(database, { keys: [...keys, usual], aliases });
  const store = openStore(database, ring, usual);
  putTemplated(database, store, secrets);
  const services = [kms(ring), secretsManager(secrets, store)];
  const door = await openJsonDoor(services, { gate: callers, port, what: 'KMS and Secrets Manager', fault });
  return {
    endpoints: { AWS_ENDPOINT_URL_KMS: door.url, AWS_ENDPOINT_URL_SECRETS_MANAGER: door.url },
    stop: () => door.stop(),
  };
}
