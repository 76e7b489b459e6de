// Who may sign in: the user pool with its hosted login, its client, and the triggers that write tenant and role into the token.
import { Fn, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type CfnUserPool,
  FeaturePlan,
  type IUserPool,
  type IUserPoolClient,
  LambdaVersion,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  UserPoolClientIdentityProvider,
  type UserPoolDomain,
  UserPoolOperation,
  VerificationEmailStyle,
} from 'aws-cdk-lib/aws-cognito';
import { CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { platformGroup } from '../../core/admin/group.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge } from '../patterns/acknowledge.ts';
import { mailIdentityArn } from '../patterns/grants.ts';
import type { Reach } from '../patterns/ground.ts';
import { ServiceFunction } from '../patterns/service-function.ts';

export type IdentityProps = { readonly config: StageConfig; readonly reach: Reach; readonly alarms: ITopic };

const recordsOf = (identity: CfnEmailIdentity): string[] =>
  [
    [identity.attrDkimDnsTokenName1, identity.attrDkimDnsTokenValue1],
    [identity.attrDkimDnsTokenName2, identity.attrDkimDnsTokenValue2],
    [identity.attrDkimDnsTokenName3, identity.attrDkimDnsTokenValue3],
  ].map(([name, value]) => `${name} CNAME ${value}`);

export class Identity extends Construct {
  readonly pool: IUserPool;
  readonly client: IUserPoolClient;
  readonly domain: UserPoolDomain;
  /** Records for the DNS of the domain that mails will come from, until it is verified: SES looks for them. */
  dkim: readonly string[] = [];

  constructor(scope: Construct, id: string, { config, reach, alarms }: IdentityProps) {
    super(scope, id);
    const pool = this.makePool(config);
    const trigger = (name: 'trigger-pre-token' | 'trigger-pre-sign-up') =>
      new ServiceFunction(this, name, { config, reach, alarms }).function;
    // V2: claims go into the access token, which is the one the API checks
    pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, trigger('trigger-pre-token'), LambdaVersion.V2_0);
    pool.addTrigger(UserPoolOperation.PRE_SIGN_UP, trigger('trigger-pre-sign-up'));
    this.pool = pool;
    this.client = this.makeClient(pool, config);
    pool.addGroup('PlatformAdmins', {
      groupName: platformGroup,
      description: 'Those who run the platform; joined by npm run platform-admin',
    });
    this.domain = pool.addDomain('Login', {
      cognitoDomain: { domainPrefix: `scriptloom-${config.stage}-${this.suffix()}` },
      managedLoginVersion: ManagedLoginVersion.CLASSIC_HOSTED_UI,
    });
  }

  private makePool(config: StageConfig): UserPool {
    const pool = new UserPool(this, 'Pool', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      // the old address counts until the code sent to the new one has come back
      keepOriginal: { email: true },
      standardAttributes: { email: { required: true, mutable: true }, fullname: { required: false, mutable: true } },
      passwordPolicy: {
        minLength: 10,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      userVerification: {
        emailStyle: VerificationEmailStyle.CODE,
        emailSubject: 'Scriptloom 验证码 / verification code',
        emailBody:
          '您的验证码是 {####}，24 小时内有效。<br>Your verification code is {####}. It is valid for 24 hours.',
      },
      deletionProtection: config.deletionProtection,
      removalPolicy: config.data,
    });
    acknowledge(pool, 'pool');
    if (config.mail) this.mailBySes(pool, config.mail, (config.mail.madeBy ?? config.stage) === config.stage);
    return pool;
  }

  /** Codes come from the stage's own domain, as soon as it is verified, and by SES there is no limit of 50 a day. */
  private mailBySes(
    pool: UserPool,
    { domain, from, isVerified }: NonNullable<StageConfig['mail']>,
    isOurs: boolean,
  ): void {
    const identity = isOurs ? new CfnEmailIdentity(this, 'Mail', { emailIdentity: domain }) : undefined;
    if (!isVerified) {
      if (identity) this.dkim = recordsOf(identity);
      return;
    }
    const raw = pool.node.defaultChild as CfnUserPool;
    raw.emailConfiguration = {
      emailSendingAccount: 'DEVELOPER',
      from: `Scriptloom <${from}>`,
      sourceArn: mailIdentityArn(this, domain),
    };
    if (identity) raw.addResourceDependency(identity);
  }

  private makeClient(pool: UserPool, config: StageConfig): IUserPoolClient {
    return pool.addClient('Client', {
      generateSecret: false,
      authFlows: { userPassword: true, userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE, OAuthScope.COGNITO_ADMIN],
        callbackUrls: [...config.returnTo],
        logoutUrls: [...config.returnTo],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: config.accessToken,
      idTokenValidity: config.accessToken,
      refreshTokenValidity: config.refreshToken,
      refreshTokenRotationGracePeriod: config.refreshGrace,
    });
  }

  /** First part of the stack's own id (a UUID): login domains are shared by all accounts of a region, and the account id is not for show. */
  private suffix(): string {
    return Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Stack.of(this).stackId))));
  }
}
