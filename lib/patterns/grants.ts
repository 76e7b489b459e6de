// Each capability of functions/catalog.ts in one place: its environment variables and its IAM statements, and nothing else.
import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Capability } from '../../functions/capability.ts';
import type { StageConfig } from '../config.ts';
import {
  allow,
  auditWrite,
  decrypting,
  directory,
  encrypting,
  entry,
  type Grant,
  type Granting,
  media,
  sealing,
  sharedRows,
  signInsNote,
  tenantRows,
} from './data-grants.ts';
import type { Reach } from './ground.ts';

const putting = ['PutObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'];

const poolNames: Granting = (_, { pool, client }) => ({
  env: { USER_POOL_ID: pool.userPoolId, USER_POOL_CLIENT_ID: client.userPoolClientId },
});

/** The platform's keys, which models are asked by default, and what addresses may be typed. */
const planning: Granting = (scope, { modelSecret, modelKey }, { models, addresses }) => {
  const { region, urlSuffix } = Stack.of(scope);
  const reading = new PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [modelKey.keyArn],
    conditions: {
      StringEquals: {
        'kms:ViaService': `secretsmanager.${region}.${urlSuffix}`,
        'kms:EncryptionContext:SecretARN': modelSecret.secretArn,
      },
    },
  });
  return {
    env: {
      MODEL_SECRET: modelSecret.secretArn,
      MODELS: JSON.stringify(models),
      MODEL_ADDRESSES: JSON.stringify(addresses),
    },
    statements: [allow(['secretsmanager:GetSecretValue'], modelSecret.secretArn), reading],
  };
};

const joined = (...grants: readonly Grant[]): Grant => ({
  env: Object.assign({}, ...grants.map(({ env = {} }) => env)),
  statements: grants.flatMap(({ statements = [] }) => statements),
  data: grants.flatMap(({ data = [] }) => data),
});

/** The domain that mails come from. */
export const mailIdentityArn = (scope: Construct, domain: string): string =>
  Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: domain });

const granting: Readonly<Record<Capability, Granting>> = {
  'core:read': tenantRows('CORE_TABLE', 'core', false),
  'core:write': tenantRows('CORE_TABLE', 'core', true),
  'sign-ins:note': signInsNote,
  'directory:read': directory(false),
  'directory:write': directory(true),
  'place:read': entry,
  'ephemeral:write': tenantRows('EPHEMERAL_TABLE', 'ephemeral', true),
  'audit:write': auditWrite,
  'audit:read': tenantRows('AUDIT_TABLE', 'audit', false),
  'open-requests:write': sharedRows(['PutItem', 'UpdateItem', 'DeleteItem'], 'IDEM'),
  'tickets:write': (scope, reach, config) =>
    joined(sharedRows(['PutItem'], 'TICKET')(scope, reach, config), { env: { SOCKET_URL: reach.socket.url } }),
  'sockets:write': sharedRows(['PutItem', 'DeleteItem', 'Query'], 'TICKET', 'SOCKET'),
  'sockets:drop': sharedRows(['DeleteItem'], 'SOCKET'),
  'reminders:write': sharedRows(['PutItem'], 'DUE'),
  'failed-sign-ins:write': sharedRows(['UpdateItem'], 'SIGNIN'),
  'breakers:write': sharedRows(['GetItem', 'UpdateItem', 'DeleteItem'], 'BREAKER'),
  'media:read': media(['GetObject'], decrypting),
  'media:write': media(['GetObject', ...putting], encrypting),
  'media:delete': media(['DeleteObject', 'AbortMultipartUpload'], []),
  // for good: old versions too, and what tells of them
  'media:purge': media(
    ['DeleteObject', 'DeleteObjectVersion', 'AbortMultipartUpload'],
    [],
    ['s3:ListBucket', 's3:ListBucketVersions'],
  ),
  'pool:sign-in': poolNames,
  'pool:verify': poolNames,
  'pool:admin': (_, { pool }) => ({
    env: { USER_POOL_ID: pool.userPoolId },
    statements: [
      allow(
        ['cognito-idp:AdminGetUser', 'cognito-idp:AdminUserGlobalSignOut', 'cognito-idp:AdminSetUserMFAPreference'],
        pool.userPoolArn,
      ),
    ],
  }),
  'mail:send': (scope, _, { mail }) =>
    mail?.isVerified
      ? { env: { MAIL_FROM: mail.from }, statements: [allow(['ses:SendEmail'], mailIdentityArn(scope, mail.domain))] }
      : {},
  'pool:confirm': (_, __, { signUp }) => ({ env: { SIGN_UP_CONFIRMATION: signUp } }),
  'open:count': (scope, reach, config) =>
    joined(sharedRows(['GetItem', 'UpdateItem'], 'RATE')(scope, reach, config), {
      env: { OPEN_RATE: String(config.openRate) },
    }),
  'tenant:found': (_, __, { firstPlan }) => ({ env: { FIRST_PLAN: JSON.stringify(firstPlan) } }),
  'tenant:close': (_, __, { closing: { grace, settle } }) => ({
    env: { CLOSING: JSON.stringify({ graceSeconds: grace.toSeconds(), settleSeconds: settle.toSeconds() }) },
  }),
  'tenancy:run': (scope, { tenancy: { onboarding, offboarding } }) => ({
    env: {
      ONBOARDING_STATE_MACHINE_ARN: onboarding.stateMachineArn,
      OFFBOARDING_STATE_MACHINE_ARN: offboarding.stateMachineArn,
    },
    statements: [
      allow(['states:StartExecution'], onboarding.stateMachineArn, offboarding.stateMachineArn),
      allow(['states:StopExecution'], executionsOf(scope, offboarding.stateMachineName)),
    ],
  }),
  'work:run': (scope, { machines: { breakdown, writing } }) => ({
    env: {
      BREAKDOWN_STATE_MACHINE_ARN: breakdown.stateMachineArn,
      WRITING_STATE_MACHINE_ARN: writing.stateMachineArn,
    },
    statements: [breakdown, writing].flatMap((machine) => [
      allow(['states:StartExecution'], machine.stateMachineArn),
      allow(['states:StopExecution', 'states:DescribeExecution'], executionsOf(scope, machine.stateMachineName)),
    ]),
  }),
  'socket:push': (_, { socket }) => ({
    env: { SOCKET_ENDPOINT: socket.endpoint },
    statements: [allow(['execute-api:ManageConnections'], ...socket.connections)],
  }),
  'models:plan': planning,
  'models:ask': (scope, reach, config) =>
    joined(planning(scope, reach, config), sealing('kms:Decrypt')(scope, reach, config)),
  'keys:write': sealing('kms:GenerateDataKey'),
  'queues:look': (_, { queues }) => ({
    env: {
      QUEUES: JSON.stringify(
        Object.fromEntries(Object.entries(queues).map(([name, { queueUrl }]) => [name, queueUrl])),
      ),
    },
    statements: [allow(['sqs:GetQueueAttributes'], ...Object.values(queues).map(({ queueArn }) => queueArn))],
  }),
  'purge:send': (_, { purge }) => ({
    env: { PURGE_QUEUE_URL: purge.queueUrl },
    statements: [allow(['sqs:SendMessage'], purge.queueArn)],
  }),
};

const executionsOf = (scope: Construct, machine: string): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${machine}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/**
 * Environment and IAM of a capability. Throws naming the part when it is asked of something `reach` leaves out.
 * The wildcards in it (objects of a bucket, executions, connections) are acknowledged by ServiceFunction.
 */
export function grantOf(capability: Capability, scope: Construct, reach: Reach, config: StageConfig): Grant {
  const complete = new Proxy(reach, {
    get(target, part) {
      const found = target[part as keyof Reach];
      if (found === undefined)
        throw new Error(
          `${scope.node.path} asks for ${capability}, and ${String(part)} does not exist where it stands.`,
        );
      return found;
    },
  });
  return granting[capability](scope, complete as Required<Reach>, config);
}
