// What `Ref` and `Fn::GetAtt` answer for each resource type: names and ARNs of this machine's one account and region.
// Addresses are written as they are on AWS; local/address.ts maps them to 127.0.0.1 in one place.
import { createHash } from 'node:crypto';

export const region = 'us-east-1';
export const account = '000000000000';

export type Identity = { readonly ref: string; readonly attributes: Record<string, string> };

/** `name` resolves a property that holds a given name; absent when the template leaves the name to CloudFormation. */
export type Naming = {
  readonly stack: string;
  readonly logicalId: string;
  readonly name: (property: string) => string | undefined;
};

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/** `length` characters of [0-9a-z], the same for the same seed: ids survive a restart. */
const stableId = (seed: string, length: number): string =>
  Array.from(createHash('sha256').update(seed).digest(), (byte) => alphabet[byte % 36])
    .join('')
    .slice(0, length);

const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;

/** Stack and logical id; the tail (CDK's hash) is kept when the service's limit cuts the name. */
const generated = ({ stack, logicalId }: Naming, limit: number): string => {
  const full = `${stack}-${logicalId}`;
  return full.length <= limit ? full : `${full.slice(0, limit - 9)}-${full.slice(-8)}`;
};

const seed = ({ stack, logicalId }: Naming): string => `${stack}/${logicalId}`;

const named =
  (property: string, limit: number, attributes: (name: string) => Record<string, string>) =>
  (naming: Naming): Identity => {
    const name = naming.name(property) ?? generated(naming, limit);
    return { ref: name, attributes: attributes(name) };
  };

const idOnly =
  (length: number, attribute?: string) =>
  (naming: Naming): Identity => {
    const id = stableId(seed(naming), length);
    return { ref: id, attributes: attribute ? { [attribute]: id } : {} };
  };

const table = named('TableName', 255, (name) => ({
  Arn: arn('dynamodb', `table/${name}`),
  StreamArn: arn('dynamodb', `table/${name}/stream/2020-01-01T00:00:00.000`),
}));

const bucket = (naming: Naming): Identity => {
  const name = naming.name('BucketName') ?? generated(naming, 63).toLowerCase();
  return {
    ref: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    },
  };
};

const queue = (naming: Naming): Identity => {
  const name = naming.name('QueueName') ?? generated(naming, 80);
  const url = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
};

const pool = (naming: Naming): Identity => {
  const id = `${region}_${stableId(seed(naming), 9)}`;
  const provider = `cognito-idp.${region}.amazonaws.com/${id}`;
  return {
    ref: id,
    attributes: {
      Arn: arn('cognito-idp', `userpool/${id}`),
      UserPoolId: id,
      ProviderName: provider,
      ProviderURL: `https://${provider}`,
    },
  };
};

const api = (naming: Naming): Identity => {
  const id = stableId(seed(naming), 10);
  return { ref: id, attributes: { ApiId: id, ApiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com` } };
};

const machine = (naming: Naming): Identity => {
  const name = naming.name('StateMachineName') ?? generated(naming, 80);
  const ref = arn('states', `stateMachine:${name}`);
  return { ref, attributes: { Arn: ref, Name: name } };
};

const key = (naming: Naming): Identity => {
  const id = stableId(seed(naming), 32);
  return { ref: id, attributes: { Arn: arn('kms', `key/${id}`), KeyId: id } };
};

const secret = (naming: Naming): Identity => {
  const name = naming.name('Name') ?? generated(naming, 255);
  const ref = arn('secretsmanager', `secret:${name}-${stableId(seed(naming), 6)}`);
  return { ref, attributes: { Id: ref, Name: name } };
};

const topic = (naming: Naming): Identity => {
  const name = naming.name('TopicName') ?? generated(naming, 256);
  const ref = arn('sns', name);
  return { ref, attributes: { TopicArn: ref, TopicName: name } };
};

const identities: Record<string, (naming: Naming) => Identity> = {
  'AWS::Lambda::Function': named('FunctionName', 64, (name) => ({ Arn: arn('lambda', `function:${name}`) })),
  'AWS::Lambda::EventSourceMapping': idOnly(20, 'Id'),
  'AWS::IAM::Role': named('RoleName', 64, (name) => ({ Arn: `arn:aws:iam::${account}:role/${name}` })),
  'AWS::IAM::Policy': named('PolicyName', 128, () => ({})),
  'AWS::IAM::ManagedPolicy': named('ManagedPolicyName', 128, () => ({})),
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::S3::Bucket': bucket,
  'AWS::SQS::Queue': queue,
  'AWS::SNS::Topic': topic,
  'AWS::KMS::Key': key,
  'AWS::KMS::Alias': named('AliasName', 256, () => ({})),
  'AWS::SecretsManager::Secret': secret,
  'AWS::Logs::LogGroup': named('LogGroupName', 512, (name) => ({ Arn: `${arn('logs', `log-group:${name}`)}:*` })),
  'AWS::Cognito::UserPool': pool,
  'AWS::Cognito::UserPoolClient': idOnly(26, 'ClientId'),
  'AWS::Cognito::UserPoolDomain': named('Domain', 63, () => ({})),
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::Authorizer': idOnly(6, 'AuthorizerId'),
  'AWS::ApiGatewayV2::Integration': idOnly(7, 'IntegrationId'),
  'AWS::ApiGatewayV2::Route': idOnly(7, 'RouteId'),
  'AWS::ApiGatewayV2::Stage': named('StageName', 128, () => ({})),
  'AWS::StepFunctions::StateMachine': machine,
  'AWS::Events::Rule': named('Name', 64, (name) => ({ Arn: arn('events', `rule/${name}`) })),
  'AWS::Scheduler::Schedule': named('Name', 64, (name) => ({ Arn: arn('scheduler', `schedule/default/${name}`) })),
  'AWS::CloudWatch::Alarm': named('AlarmName', 255, (name) => ({ Arn: arn('cloudwatch', `alarm:${name}`) })),
};

/** Identity of a resource, or undefined for a type whose identity nobody has had to know yet. */
export const identify = (type: string, naming: Naming): Identity | undefined => identities[type]?.(naming);
