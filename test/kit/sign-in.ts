// A user pool beside the tenant's tables, with the product's own triggers; what Cognito hands out is what the authorizer reads.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { PreSignUpTriggerEvent, PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import type { OpenCtx } from '../../core/platform/ctx.ts';
import { handler as preSignUp } from '../../functions/triggers/pre-sign-up.ts';
import { handler as preToken } from '../../functions/triggers/pre-token.ts';
import { type Mail, startCognito } from '../../local/cognito/index.ts';
import { aTenant } from './tenant.ts';

export const clientId = 'test-client';
export const poolId = 'us-east-1_test';
export const password = 'Lantern-Test-2026!';

/** The product's sign-in on real local services. `confirmation`: as the stage says it. */
export async function aPool(confirmation: 'none' | 'code') {
  const t = await aTenant();
  const directory = mkdtempSync(join(tmpdir(), 'scriptloom-pool-'));
  const mailbox: Mail[] = [];
  let ahead = 0;
  // as in the functions: granted variables
  Object.assign(process.env, {
    SIGN_UP_CONFIRMATION: confirmation,
    DIRECTORY_TABLE: 'directory',
    USER_POOL_ID: poolId,
    USER_POOL_CLIENT_ID: clientId,
  });
  const cognito = await startCognito({
    directory,
    region: 'us-east-1',
    clients: [
      {
        id: clientId,
        name: 'web',
        callbackUrls: [],
        logoutUrls: [],
        scopes: ['openid'],
        accessTokenMinutes: 15,
        idTokenMinutes: 15,
        refreshTokenDays: 7,
        flows: ['ALLOW_USER_PASSWORD_AUTH'],
        rotation: { graceSeconds: 10 },
      },
    ],
    pool: {
      id: poolId,
      passwordPolicy: { MinimumLength: 10 },
      autoVerify: ['email'],
      triggers: { preTokenGeneration: 'pre-token', preSignUp: 'pre-sign-up' },
      preTokenVersion: 'V2_0',
      mfa: 'OPTIONAL',
      keepsEmailUntilProven: true,
    },
    invokeTrigger: (name, event) =>
      name === 'pre-token'
        ? preToken(event as PreTokenGenerationV2TriggerEvent)
        : preSignUp(event as PreSignUpTriggerEvent),
    mail: (message) => mailbox.push(message),
    clock: () => Date.now() + ahead,
  });
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = cognito.url;
  const admin = new CognitoIdentityProviderClient({ endpoint: cognito.url });
  const anyone: OpenCtx = t.anyone;
  return {
    anyone,
    /** What an administrator of the pool uses. */
    admin,
    stores: t.stores,
    cognito,
    /** Lets the pool's clock go on by so many milliseconds. */
    pass: (ms: number) => {
      ahead += ms;
    },
    /** The digits of the last mail. */
    lastCode: () => /\d{6}/.exec(mailbox.at(-1)?.text ?? '')?.[0] ?? '',
    stop: async () => {
      admin.destroy();
      await cognito.stop();
      await t.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

let people = 0;
/** An address nobody has. */
export const anEmail = (name = 'person') => `${name}-${process.pid}-${++people}@example.com`;
