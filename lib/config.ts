// Stages as data: everything that differs between them, and nothing else.
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { AddressRules, ModelChoice } from '../core/ai/planning.ts';
import type { FirstPlan } from '../core/tenant/index.ts';

export type StageConfig = {
  readonly stage: Stage;
  /** What becomes of tables, bucket, key and pool when the stack goes; logs always go with it. */
  readonly data: RemovalPolicy;
  /** Tables and pool refuse to be deleted until somebody switches this off. */
  readonly deletionProtection: boolean;
  /** Days a table can be restored to any second of. DynamoDB takes 1 to 35. */
  readonly restoreDays: number;
  /** Days an overwritten or deleted object can be brought back. */
  readonly objectRestoreDays: number;
  readonly logRetention: RetentionDays;
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN';
  /** X-Ray traces of functions and state machine. */
  readonly tracing: boolean;
  /** `none`: an address is believed at registration; `code`: the person enters the code of a mail first. */
  readonly signUp: 'none' | 'code';
  /**
   * Domain of SES that mails come from, and the address. Until it is said to be verified, the domain is made known to SES and its DKIM records
   * are told, and nothing is mailed by it: Cognito refuses a domain that SES has not verified. Without one that is verified Cognito sends its
   * codes itself (50 mails a day), and nothing else is mailed. `madeBy`: who makes the domain known, for SES knows a domain once in an account
   * and region: another stage that mails from it (deploy that one first, and take it away last), or a hand, where SES knows it already.
   */
  readonly mail?: {
    readonly domain: string;
    readonly from: string;
    readonly isVerified: boolean;
    readonly madeBy?: Stage | 'hand';
  };
  /** Origins whose pages may call the API and upload. */
  readonly origins: readonly string[];
  /** Where the hosted login may send people back to, and after signing out. Loopback is RFC 8252 section 7.3: a console run at one's desk. */
  readonly returnTo: readonly string[];
  readonly accessToken: Duration;
  readonly refreshToken: Duration;
  /** How long a refresh token counts beside the one that replaced it, for answers that were lost. Cognito takes up to 60 seconds. */
  readonly refreshGrace: Duration;
  /** Seconds the API keeps an authorizer's answer: how long a signed-out token may still be taken. */
  readonly authorizerCache: Duration;
  /** How long a browser keeps what a preflight allowed. */
  readonly corsCache: Duration;
  /**
   * Requests per second of the whole API, and the burst above it; refused ones count. All tenants share it, so it is many times what one of
   * them may come with (core/tenant/plans.ts): at ten times its rate, a tenant on the largest plan sends 833 a second. An account has
   * 10,000, and 5,000 at once (Amazon API Gateway quotas).
   */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** Models asked where a tenant has set no policy, the first preferred: those the platform's secret has a key for. */
  readonly models: readonly ModelChoice[];
  /** What base URLs of model servers may be beyond https to the public internet. */
  readonly addresses: AddressRules;
  /** Calls of one act, such as signing in, that an address may make in a minute without a sign-in; a studio behind one address is many people. */
  readonly openRate: number;
  /** What new tenants begin on: a plan, and limits that hold in its place. */
  readonly firstPlan: FirstPlan;
  /**
   * `grace`: how long a tenant that is closed can be taken back. `settle`: how long work that was stopped may go on writing: the longest
   * step (functions/catalog.ts).
   */
  readonly closing: { readonly grace: Duration; readonly settle: Duration };
  /** Who is told of alarms, besides the topic; nobody until an address stands here. */
  readonly alarmEmail?: string;
};

/** `local` runs on one machine and is never deployed. */
export type Stage = 'local' | 'dev' | 'prod';

const loopback = ['http://localhost:5173', 'http://127.0.0.1:5173'];

const shared = {
  origins: ['*'],
  returnTo: loopback.map((origin) => `${origin}/signed-in`),
  accessToken: Duration.minutes(15),
  refreshToken: Duration.days(7),
  refreshGrace: Duration.seconds(10),
  authorizerCache: Duration.seconds(30),
  corsCache: Duration.hours(1),
  // of each provider the one that costs little for what it can do (core/ai/models.json)
  models: [
    { provider: 'deepseek', model: 'deepseek-flash' },
    { provider: 'doubao', model: 'doubao-seed-2-0-lite-260428' },
    { provider: 'minimax', model: 'MiniMax-M3' },
    { provider: 'openai', model: 'gpt-6-luna' },
    { provider: 'anthropic', model: 'claude-haiku-5-5' },
    { provider: 'gemini', model: 'gemini-3.8-flash' },
  ],
  addresses: { http: false, privateNetworks: false },
  openRate: 30,
  firstPlan: { plan: 'free' },
  closing: { grace: Duration.days(30), settle: Duration.minutes(15) },
} as const;

const trial = {
  ...shared,
  data: RemovalPolicy.DESTROY,
  deletionProtection: false,
  restoreDays: 1,
  objectRestoreDays: 1,
  logRetention: RetentionDays.ONE_WEEK,
  logLevel: 'DEBUG',
  tracing: false,
  signUp: 'none',
  throttle: { rate: 1000, burst: 2000 },
} as const;

export const stages: Readonly<Record<Stage, StageConfig>> = {
  // a model server may run beside it; nobody is stopped at his own desk
  local: {
    ...trial,
    stage: 'local',
    mail: { domain: 'scriptloom.local', from: 'no-reply@scriptloom.local', isVerified: true },
    addresses: { http: true, privateNetworks: true },
    openRate: 100_000,
    firstPlan: { plan: 'enterprise', contract: { requestsPerMinute: 1_000_000 } },
    // long enough to change one's mind at one's desk, short enough to see what happens
    closing: { grace: Duration.seconds(5), settle: Duration.seconds(1) },
  },
  dev: { ...trial, stage: 'dev' },
  prod: {
    ...shared,
    stage: 'prod',
    // what a first deployment leaves that fails goes again, or the next would find its names taken
    data: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    deletionProtection: true,
    restoreDays: 35,
    objectRestoreDays: 30,
    logRetention: RetentionDays.THREE_MONTHS,
    logLevel: 'INFO',
    tracing: true,
    signUp: 'code',
    throttle: { rate: 5000, burst: 5000 },
  },
};

/** The stage of that name. Throws naming the stages there are. */
export function stageNamed(name: unknown): StageConfig {
  const found = Object.values(stages).find(({ stage }) => stage === name);
  if (!found) throw new Error(`There is no stage "${String(name)}". Say -c stage=dev or -c stage=prod.`);
  return found;
}
