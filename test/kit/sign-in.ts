// A user pool beside the tenant's tables, with the product's own triggers; what Cognito hands out is what the authorizer reads.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { PreSignUpTriggerEvent, PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import * as Member from '../../core/member/index.ts';
import type { Ctx, OpenCtx } from '../../core/platform/ctx.ts';
import { Failure } from '../../core/platform/failure.ts';
import { handler as authorize } from '../../functions/http/authorizer.ts';
import { mustOpen, signedIn } from '../../functions/runtime/caller.ts';
import type { HttpEvent } from '../../functions/runtime/exchange.ts';
import { handler as preSignUp } from '../../functions/triggers/pre-sign-up.ts';
import { handler as preToken } from '../../functions/triggers/pre-token.ts';
import { type Mail, startCognito } from '../../local/cognito/index.ts';
import { aTenant, letters } from './tenant.ts';

export const clientId = 'test-client';
export const poolId = 'us-east-1_test';
export const password = 'Lantern-Test-2026!';

/** The context a request with this access token would get from the authorizer; undefined when it is refused. */
export async function principal(open: OpenCtx, access: string): Promise<Ctx | undefined> {
  const { context } = await authorize({ headers: { authorization: `Bearer ${access}`, 'user-agent': agent } });
  const event = { headers: { authorization: `Bearer ${access}` }, requestContext: { authorizer: { lambda: context } } };
  try {
    const ctx = await signedIn(event as unknown as HttpEvent, open);
    mustOpen(event as unknown as HttpEvent, open);
    return ctx;
  } catch (error) {
    if (error instanceof Failure && error.code === 'INVALID_TOKEN') return undefined;
    throw error;
  }
}

const agent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** The product's sign-in on real local services. `confirmation`: as the stage says it. */
export async function aPool(confirmation: 'none' | 'code') {
  const t = await aTenant();
  const directory = mkdtempSync(join(tmpdir(), 'scriptloom-pool-'));
  const mailbox: Mail[] = [];
  let ahead = 0;
  // as in the functions: granted variables
  Object.assign(process.env, {
    SIGN_UP_CONFIRMATION: confirmation,
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
  const as = async (access: string | undefined): Promise<Ctx> => {
    const ctx = await principal(anyone, access ?? '');
    if (!ctx) throw new Error('nobody');
    return ctx;
  };
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
    /** The digits of the last mail, or of the last one to an address. */
    lastCode: (to?: string) => {
      const mail = mailbox.findLast((one) => to === undefined || one.to === to);
      return /\d{6}/.exec(mail?.text ?? '')?.[0] ?? '';
    },
    /** Subjects of what the product itself mailed to an address. */
    toldTo: (to: string) => letters.filter((letter) => letter.to === to).map(({ subject }) => subject),
    /** Epoch ms of the pool. */
    now: () => Date.now() + ahead,
    /** The context of a request with this access token. Throws when it is refused. */
    as,
    /** The tokens of a sign-in renewed, so that the account may be changed with them, and the context of a request with them. */
    forAccount: async (of: { refresh: string } | undefined) => {
      const { token } = await Member.refresh(anyone, { refresh: of?.refresh ?? '', account: true });
      return { token, ctx: await as(token.access) };
    },
    /** Whether a request with this access token is refused. */
    refused: async (access: string | undefined) => (await principal(anyone, access ?? '')) === undefined,
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
