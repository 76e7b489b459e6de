// The user pool of the plan, its triggers run as functions.
import { join } from 'node:path';
import { type Cognito, type Mail, startCognito } from '../cognito/index.ts';
import type { Callers } from '../iam/callers.ts';
import type { Lambda } from '../lambda/pool.ts';
import { region } from '../template/identity.ts';
import type { PoolPlan } from '../template/pool.ts';

export type CognitoWorld = {
  readonly callers: Callers;
  readonly lambda: Lambda;
  readonly state: string;
  readonly port: number;
  readonly mail: (message: Mail) => void;
  readonly mailUrl: string;
};

export const serveCognito = (
  plan: PoolPlan,
  { callers, lambda, state, port, mail, mailUrl }: CognitoWorld,
): Promise<Cognito> =>
  startCognito({
    directory: join(state, 'cognito'),
    port,
    region,
    pool: plan.settings,
    clients: plan.clients,
    secretOf: callers.secretOf,
    authorize: callers.authorize,
    // Triggers are named by the ARN the template gives.
    invokeTrigger: async (arn, event) => {
      const answer = await lambda.invoke(arn, event);
      if (!answer.ok) throw new Error(answer.error.errorMessage);
      return JSON.parse(answer.payload);
    },
    mail,
    mailUrl,
  });

/** Where a person signs in for an app client: the hosted login with the client's first scopes and call-back address. */
export const loginUrl = (hostedUrl: string, plan: PoolPlan): string => {
  const client = plan.clients.find(({ callbackUrls }) => callbackUrls.length > 0);
  if (!client) return hostedUrl;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.id,
    redirect_uri: client.callbackUrls[0] ?? '',
    scope: client.scopes.join(' '),
  });
  return `${hostedUrl}/oauth2/authorize?${query.toString()}`;
};
