// AWS::Cognito::UserPool with its clients and its domain, in the settings the pool of this machine takes.
import * as z from 'zod';
import type { ClientSettings, PoolSettings } from '../cognito/settings.ts';
import { refuse } from './resolve.ts';
import { boolean, ignored, number, type Resource, read } from './resource.ts';

export type PoolPlan = {
  readonly settings: PoolSettings;
  readonly clients: readonly ClientSettings[];
  /** Prefix of the hosted login; absent when the template gives the pool none. */
  readonly domain?: string;
};

const texts = z.array(z.string()).default([]);

const passwordPolicy = z.strictObject({
  MinimumLength: number.optional(),
  RequireLowercase: boolean.optional(),
  RequireUppercase: boolean.optional(),
  RequireNumbers: boolean.optional(),
  RequireSymbols: boolean.optional(),
  TemporaryPasswordValidityDays: number.optional(),
  PasswordHistorySize: ignored,
});

const poolSchema = z.strictObject({
  UserPoolName: z.string().optional(),
  UsernameAttributes: z.tuple([z.literal('email')], 'users sign in with their e-mail address here'),
  UsernameConfiguration: z.strictObject({ CaseSensitive: z.literal(false).optional() }).optional(),
  AutoVerifiedAttributes: texts,
  Policies: z.strictObject({ PasswordPolicy: passwordPolicy.optional(), SignInPolicy: ignored }).default({}),
  MfaConfiguration: z.enum(['OFF', 'OPTIONAL', 'ON']).default('OFF'),
  EnabledMfas: z.array(z.literal('SOFTWARE_TOKEN_MFA', 'only authenticator apps run here')).default([]),
  LambdaConfig: z
    .strictObject({
      PreSignUp: z.string().optional(),
      PreTokenGeneration: z.string().optional(),
      PreTokenGenerationConfig: z
        .strictObject({ LambdaArn: z.string(), LambdaVersion: z.enum(['V1_0', 'V2_0']) })
        .optional(),
    })
    .default({}),
  // Mails go to the mailbox of this machine, attributes are free text, and nobody attacks the loopback.
  AccountRecoverySetting: ignored,
  AdminCreateUserConfig: ignored,
  DeletionProtection: ignored,
  DeviceConfiguration: ignored,
  EmailConfiguration: ignored,
  EmailVerificationMessage: z.string().optional(),
  EmailVerificationSubject: z.string().optional(),
  Schema: ignored,
  SmsVerificationMessage: ignored,
  UserAttributeUpdateSettings: z.strictObject({ AttributesRequireVerificationBeforeUpdate: texts }).optional(),
  UserPoolAddOns: ignored,
  UserPoolTags: ignored,
  UserPoolTier: ignored,
  VerificationMessageTemplate: ignored,
});

const clientSchema = z.strictObject({
  UserPoolId: z.string(),
  ClientName: z.string().optional(),
  GenerateSecret: z.union([boolean.refine((secret) => !secret, 'clients with a secret do not run here')]).optional(),
  ExplicitAuthFlows: texts,
  AllowedOAuthFlows: z.array(z.literal('code', 'only the code flow runs here')).default([]),
  AllowedOAuthScopes: texts,
  CallbackURLs: texts,
  LogoutURLs: texts,
  SupportedIdentityProviders: z.array(z.literal('COGNITO', 'only users of the pool itself sign in here')).default([]),
  AccessTokenValidity: number.default(1),
  IdTokenValidity: number.default(1),
  RefreshTokenValidity: number.default(30),
  TokenValidityUnits: z
    .strictObject({
      AccessToken: z.string().optional(),
      IdToken: z.string().optional(),
      RefreshToken: z.string().optional(),
    })
    .default({}),
  PreventUserExistenceErrors: z.enum(['ENABLED', 'LEGACY']).default('ENABLED'),
  AllowedOAuthFlowsUserPoolClient: ignored,
  AuthSessionValidity: ignored,
  EnableTokenRevocation: ignored,
  ReadAttributes: ignored,
  RefreshTokenRotation: z
    .strictObject({ Feature: z.enum(['ENABLED', 'DISABLED']), RetryGracePeriodSeconds: number.default(0) })
    .optional(),
  WriteAttributes: ignored,
});

const domainSchema = z.strictObject({ UserPoolId: z.string(), Domain: z.string(), ManagedLoginVersion: ignored });

const file = 'pool.ts';
const minutes: Record<string, number> = { seconds: 1 / 60, minutes: 1, hours: 60, days: 1440 };

/** Without a unit of their own, access and id tokens count in hours, refresh tokens in days. */
const inMinutes = (value: number, unit: string): number => value * (minutes[unit] ?? 1);

const rotationOf = (given: z.infer<typeof clientSchema>['RefreshTokenRotation']): ClientSettings['rotation'] =>
  given?.Feature === 'ENABLED' ? { graceSeconds: given.RetryGracePeriodSeconds } : undefined;

const readClient = (resource: Resource): ClientSettings & { readonly pool: string } => {
  const properties = read(resource, clientSchema, file);
  const units = properties.TokenValidityUnits;
  return {
    pool: properties.UserPoolId,
    id: resource.identity.ref,
    name: properties.ClientName ?? resource.logicalId,
    callbackUrls: properties.CallbackURLs,
    logoutUrls: properties.LogoutURLs,
    scopes: properties.AllowedOAuthScopes,
    accessTokenMinutes: inMinutes(properties.AccessTokenValidity, units.AccessToken ?? 'hours'),
    idTokenMinutes: inMinutes(properties.IdTokenValidity, units.IdToken ?? 'hours'),
    refreshTokenDays: inMinutes(properties.RefreshTokenValidity, units.RefreshToken ?? 'days') / 1440,
    flows: properties.ExplicitAuthFlows,
    rotation: rotationOf(properties.RefreshTokenRotation),
    preventUserExistenceErrors: properties.PreventUserExistenceErrors === 'ENABLED',
  };
};

const of = (all: readonly Resource[], type: string): readonly Resource[] =>
  all.filter((resource) => resource.type === `AWS::Cognito::${type}`);

/** The pool of the application, or undefined when it has none. More than one stops. */
export function readPool(all: readonly Resource[]): PoolPlan | undefined {
  const [resource, second] = of(all, 'UserPool');
  if (second) return refuse(second, 'it is a second user pool.', 'One pool runs here.');
  if (!resource) return undefined;
  const properties = read(resource, poolSchema, file);
  const { PreSignUp, PreTokenGeneration, PreTokenGenerationConfig: config } = properties.LambdaConfig;
  const preToken = config?.LambdaArn ?? PreTokenGeneration;
  const domain = of(all, 'UserPoolDomain').map((one) => read(one, domainSchema, file).Domain)[0];
  return {
    settings: {
      id: resource.identity.ref,
      passwordPolicy: Object.fromEntries(
        Object.entries(properties.Policies.PasswordPolicy ?? {}).filter(([, value]) => value !== undefined),
      ),
      autoVerify: properties.AutoVerifiedAttributes,
      triggers: { ...(preToken && { preTokenGeneration: preToken }), ...(PreSignUp && { preSignUp: PreSignUp }) },
      preTokenVersion: config?.LambdaVersion ?? 'V1_0',
      mfa: properties.MfaConfiguration,
      keepsEmailUntilProven:
        properties.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate.includes('email') ?? false,
      verification: { subject: properties.EmailVerificationSubject, message: properties.EmailVerificationMessage },
    },
    clients: of(all, 'UserPoolClient').map(readClient),
    ...(domain !== undefined && { domain }),
  };
}
