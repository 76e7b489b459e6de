// The only reader of process.env. A variable is there because a capability granted it; reading one that was not is our own mistake.

const names = [
  'CORE_TABLE',
  'DIRECTORY_TABLE',
  'EPHEMERAL_TABLE',
  'AUDIT_TABLE',
  'MEDIA_BUCKET',
  'PLACES', // JSON: what names of tenants' own places are made of, { stage, account } (core/platform/place.ts)
  'DATA_ROLE_ARN', // taken for a tenant, with its id as session tag
  'USER_POOL_ID',
  'USER_POOL_CLIENT_ID',
  'BREAKDOWN_STATE_MACHINE_ARN',
  'WRITING_STATE_MACHINE_ARN',
  'ONBOARDING_STATE_MACHINE_ARN',
  'OFFBOARDING_STATE_MACHINE_ARN',
  'CLOSING', // JSON: how long a closing can be taken back, and stopped work may go on writing, { graceSeconds, settleSeconds }
  'SOCKET_ENDPOINT',
  'SOCKET_URL', // where clients open a progress socket
  'PURGE_QUEUE_URL',
  'QUEUES',
  'MODEL_SECRET',
  'MODEL_KEY',
  'MODELS', // JSON: models asked where a tenant says nothing, [{ provider, model }]
  'MODEL_ADDRESSES', // JSON: what base URLs may be, { http, privateNetworks }
  'MAIL_FROM', // absent where the stage has no address to send from
  'OPEN_RATE', // calls of one act that an address may make in a minute without a sign-in
  'FIRST_PLAN', // JSON: what new tenants begin on, { plan, contract } (core/tenant/plans.ts)
  'SIGN_UP_CONFIRMATION', // `code`: a mailed code; `none`: the address is believed
  'AWS_REGION',
  'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER',
  'AWS_ENDPOINT_URL_SESV2',
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
] as const;

type Name = (typeof names)[number];

/** The value of a granted variable. Throws when the function was not granted it: required means required. */
export function env(name: Name): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not granted to this function; add its capability in functions/catalog.ts`);
  return value;
}

/** The value, or undefined: for settings that AWS itself leaves out, such as endpoint overrides. */
export const envIfSet = (name: Name): string | undefined => process.env[name] || undefined;

/** Keys of the function's role, for calls that no client of the SDK makes, and for one that finds no keys by itself. AWS puts them into the environment at each start. */
export const awsKeys = (): { accessKeyId: string; secretAccessKey: string; sessionToken?: string } => {
  const sessionToken = envIfSet('AWS_SESSION_TOKEN');
  return {
    accessKeyId: env('AWS_ACCESS_KEY_ID'),
    secretAccessKey: env('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken !== undefined && { sessionToken }),
  };
};
