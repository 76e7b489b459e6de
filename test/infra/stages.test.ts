// What both stages promise, read off the templates that would be deployed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnResource, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '../../functions/catalog.ts';
import { routes } from '../../functions/http/routes.ts';
import { scriptloom } from '../../lib/app.ts';
import { type Stage, stageNamed } from '../../lib/config.ts';
import { type OwnPlace, tenants } from '../../lib/tenants.ts';
import { readPlan } from '../../local/template/plan.ts';
import {
  models,
  placeholders,
  type Resource,
  type Synthesised,
  synthesis,
  synthesise,
  synthesised,
} from './kit/stage.ts';

describe.each(['local', 'dev', 'prod'] as const satisfies Stage[])('the %s stage', (stage) => {
  let made: Synthesised;
  const named = (type: string, part: string): Resource => {
    const found = made.of(type).find(({ path }) => path.includes(part));
    if (!found) throw new Error(`no ${type} at ${part}`);
    return found;
  };

  beforeAll(async () => {
    made = await synthesised(stage);
  });

  test('every check was run, and nothing is left that is not acknowledged', () => {
    expect(made.report.pluginReports.map(({ pluginName, violations }) => [pluginName, violations])).toContainEqual([
      'AwsSolutions',
      [],
    ]);
    expect(made.report.pluginReports.every(({ violations }) => violations.length === 0)).toBe(true);
  });

  test('no account, region or personal name stands in a template', () => {
    const text = JSON.stringify(made.resources);
    expect(text).not.toMatch(/\b\d{12}\b/);
    expect(text).not.toMatch(/\b(us|eu|ap|cn|sa|ca|me|af)-[a-z]+-\d\b/);
  });

  test('tables are encrypted with our key, billed by use, and all but the ephemeral one can be restored', () => {
    for (const { properties, path } of made.of('AWS::DynamoDB::Table')) {
      expect(properties.SSESpecification).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' });
      expect(properties.BillingMode).toBe('PAY_PER_REQUEST');
      const backed = !path.includes('Ephemeral');
      expect(properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled, path).toBe(backed);
      expect(properties.DeletionProtectionEnabled, path).toBe(backed && stage === 'prod');
    }
    expect(made.of('AWS::DynamoDB::Table')).toHaveLength(4);
  });

  test('the core table streams old and new images; rows that end say when in expires_at', () => {
    expect(named('AWS::DynamoDB::Table', 'Core').properties.StreamSpecification.StreamViewType).toBe(
      'NEW_AND_OLD_IMAGES',
    );
    for (const part of ['Core', 'Audit', 'Ephemeral'])
      expect(named('AWS::DynamoDB::Table', part).properties.TimeToLiveSpecification).toEqual({
        AttributeName: 'expires_at',
        Enabled: true,
      });
  });

  test('no bucket is public, all are encrypted, media is versioned and its accesses are logged', () => {
    for (const { properties } of made.of('AWS::S3::Bucket')) {
      expect(Object.values(properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      expect(properties.BucketEncryption.ServerSideEncryptionConfiguration).toHaveLength(1);
    }
    const { properties } = named('AWS::S3::Bucket', 'Media/Bucket');
    expect(properties.VersioningConfiguration.Status).toBe('Enabled');
    expect(properties.LoggingConfiguration.DestinationBucketName).toBeDefined();
    expect(properties.CorsConfiguration.CorsRules[0].AllowedMethods).toContain('PUT');
  });

  test('what holds data keeps its logical id: under another one it would be a new, empty thing', () => {
    const types = [
      'AWS::DynamoDB::Table',
      'AWS::S3::Bucket',
      'AWS::KMS::Key',
      'AWS::SecretsManager::Secret',
      'AWS::Cognito::UserPool',
    ];
    expect(types.flatMap((type) => made.of(type).map(({ id }) => id))).toEqual([
      'RecordsDirectoryE6A51EBA',
      'RecordsCoreE6A0C8BA',
      'RecordsEphemeral06A92C86',
      'RecordsAudit830C325F',
      'MediaAccessLog4E9674A2',
      'MediaBucket4022EBBF',
      'Key961B73FD',
      'ModelKeysKeyB250F67D',
      'ModelKeysPlatform126CDBD5',
      'IdentityPool9E5AED46',
    ]);
  });

  test('the keys rotate', () => {
    for (const { properties } of made.of('AWS::KMS::Key'))
      expect(properties).toMatchObject({ EnableKeyRotation: true, RotationPeriodInDays: 90 });
  });

  test('what holds data stays in prod when the stack goes, and goes with it in dev', () => {
    const kept = ['Core', 'Directory', 'Media/Bucket', 'Identity/Pool/Resource', 'Key'].map(
      (part) =>
        made.resources.find(({ path, type }) => path.includes(part) && !/Policy|Alarm/.test(type))?.deletionPolicy,
    );
    expect(new Set(kept)).toEqual(new Set([stage === 'prod' ? 'RetainExceptOnCreate' : 'Delete']));
  });

  test('the pool writes tenant and role into access tokens, and asks for a code where the stage says so', () => {
    const { properties } = named('AWS::Cognito::UserPool', 'Pool');
    expect(properties.LambdaConfig.PreTokenGenerationConfig.LambdaVersion).toBe('V2_0');
    expect(properties.UserPoolTier).toBe('ESSENTIALS');
    expect(properties.DeletionProtection).toBe(stage === 'prod' ? 'ACTIVE' : 'INACTIVE');
    const trigger = named('AWS::Lambda::Function', 'trigger-pre-sign-up').properties;
    expect(trigger.Environment.Variables.SIGN_UP_CONFIRMATION).toBe(stage === 'prod' ? 'code' : 'none');
  });

  test('the secret of model keys is made empty, under a key of its own', () => {
    const { properties } = named('AWS::SecretsManager::Secret', 'ModelKeys');
    expect(properties).toMatchObject({
      SecretString: '{}',
      KmsKeyId: { 'Fn::GetAtt': [named('AWS::KMS::Key', 'ModelKeys').id, 'Arn'] },
    });
  });

  test('servers of models are reached over https on the public internet, and beside it on one machine alone', () => {
    const said = made.of('AWS::Lambda::Function').flatMap(({ properties }) => {
      const { MODEL_ADDRESSES } = properties.Environment?.Variables ?? {};
      return MODEL_ADDRESSES ? [JSON.parse(MODEL_ADDRESSES)] : [];
    });
    const isOpen = stage === 'local';
    expect(said.length).toBeGreaterThan(0);
    for (const one of said) expect(one).toEqual({ http: isOpen, privateNetworks: isOpen });
  });

  test('people sign in over the hosted login by code and PKCE only: no secret, no implicit flow', () => {
    const { properties } = named('AWS::Cognito::UserPoolClient', 'Client');
    expect(properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      PreventUserExistenceErrors: 'ENABLED',
    });
    expect(
      properties.CallbackURLs.every((url: string) => /^(https:|http:\/\/(localhost|127\.0\.0\.1):)/.test(url)),
    ).toBe(true);
  });

  test('every function of the catalog is there once, on nodejs24.x and arm64, with a log group that forgets', () => {
    const functions = made.of('AWS::Lambda::Function');
    expect(functions.map(({ path }) => path.split('/').at(-3) ?? '').sort()).toEqual(Object.keys(catalog).sort());
    const groups = new Map(made.of('AWS::Logs::LogGroup').map((group) => [group.id, group.properties]));
    for (const { properties, path } of functions) {
      expect(properties, path).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(groups.get(properties.LoggingConfig.LogGroup.Ref)?.RetentionInDays, path).toBe(
        stageNamed(stage).logRetention,
      );
    }
    expect([...groups.values()].every(({ RetentionInDays: days }) => days > 0)).toBe(true);
  });

  test('every route asks the authorizer, but those whose verbs are public', () => {
    const asked = made
      .of('AWS::ApiGatewayV2::Route')
      .filter(({ properties }) => !properties.RouteKey.startsWith('$'))
      .map(
        ({ properties }) => `${properties.RouteKey} ${properties.AuthorizationType === 'CUSTOM' ? 'token' : 'none'}`,
      );
    expect(asked.sort()).toEqual(routes.map(({ method, path, auth }) => `${method} ${path} ${auth}`).sort());
  });

  test('one integration a function: the quota of 300 integrations cannot be raised', () => {
    const functions = new Set(routes.map(({ function: name }) => name)).size;
    const sockets = 3;
    expect(made.of('AWS::ApiGatewayV2::Integration')).toHaveLength(functions + sockets);
  });

  test('stacks stay below the limit of 500 resources', () => {
    for (const part of ['Data', 'Work', 'App'])
      expect(made.resources.filter(({ path }) => path.startsWith(`Scriptloom-${stage}-${part}/`)).length).toBeLessThan(
        450,
      );
  });

  test('every asynchronous edge ends in a dead-letter queue that somebody watches', () => {
    const queues = made.of('AWS::SQS::Queue');
    const ends = [
      ...made
        .of('AWS::Events::Rule')
        .flatMap(({ properties }) =>
          properties.Targets.map((target: { DeadLetterConfig?: { Arn: unknown } }) => target.DeadLetterConfig?.Arn),
        ),
      ...made.of('AWS::Scheduler::Schedule').map(({ properties }) => properties.Target.DeadLetterConfig?.Arn),
      ...made
        .of('AWS::Lambda::Function')
        .filter(({ path }) => /event-|schedule-/.test(path))
        .map(({ properties }) => properties.DeadLetterConfig?.TargetArn),
      ...made.of('AWS::Lambda::EventSourceMapping').map(({ properties }) => {
        const source = queues.find(({ id }) => id === properties.EventSourceArn['Fn::GetAtt']?.[0]);
        return source
          ? source.properties.RedrivePolicy?.deadLetterTargetArn
          : properties.DestinationConfig?.OnFailure.Destination;
      }),
    ];
    expect(ends).toHaveLength(8);
    const dead = new Set(queues.filter(({ path }) => path.includes('DeadLetters')).map(({ id }) => id));
    const watched = JSON.stringify(made.of('AWS::CloudWatch::Alarm').map(({ properties }) => properties.Dimensions));
    for (const end of ends) {
      const [id] = end['Fn::GetAtt'];
      expect(dead.has(id)).toBe(true);
      expect(watched).toContain(`"${id}"`);
    }
    for (const { properties } of made.of('AWS::Lambda::EventSourceMapping'))
      expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  test('whoever is switched off and tries to sign in wakes nobody: those errors are taken off', () => {
    const { properties } = named('AWS::CloudWatch::Alarm', 'trigger-pre-token-errors');
    const { LogGroupName, FilterPattern, MetricTransformations } = named(
      'AWS::Logs::MetricFilter',
      'trigger-pre-token',
    ).properties;
    expect(LogGroupName).toEqual({ Ref: named('AWS::Logs::LogGroup', 'trigger-pre-token').id });
    expect(FilterPattern).toBe('"MEMBER_INACTIVE"');
    const [{ MetricName, MetricNamespace }] = MetricTransformations;
    expect(properties.Metrics).toMatchObject([
      { Expression: 'errors - FILL(refusals, 0)' },
      { Id: 'errors', MetricStat: { Metric: { MetricName: 'Errors' } }, ReturnData: false },
      { Id: 'refusals', MetricStat: { Metric: { MetricName, Namespace: MetricNamespace } }, ReturnData: false },
    ]);
  });

  test('what answers people throws nothing that Lambda counts: what it answers for a fault of ours raises its alarm all the same', () => {
    const answering = Object.entries(catalog).filter(([, { trigger }]) => trigger === 'http' || trigger === 'socket');
    expect(answering.length).toBeGreaterThan(10);
    for (const [name] of answering) {
      const { LogGroupName, FilterPattern, MetricTransformations } = named(
        'AWS::Logs::MetricFilter',
        `${name}/Faults`,
      ).properties;
      expect(LogGroupName).toEqual({ Ref: named('AWS::Logs::LogGroup', `/${name}/`).id });
      expect(FilterPattern).toBe('{ ($.code = "INTERNAL") || ($.code = "SIGN_IN_UNAVAILABLE") }');
      const [{ MetricName, MetricNamespace }] = MetricTransformations;
      expect(named('AWS::CloudWatch::Alarm', `/${name}-errors`).properties.Metrics).toMatchObject([
        { Expression: 'errors + FILL(faults, 0)' },
        { Id: 'errors', MetricStat: { Metric: { MetricName: 'Errors' } }, ReturnData: false },
        { Id: 'faults', MetricStat: { Metric: { MetricName, Namespace: MetricNamespace } }, ReturnData: false },
      ]);
    }
  });

  test('every alarm has a severity, a stable name, somebody to tell, and a section of the runbook', () => {
    const headings = readFileSync('docs/runbook.md', 'utf8').match(/^## .+$/gm) ?? [];
    const anchors = headings.map((heading) =>
      heading
        .slice(3)
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const used = new Set<string>();
    for (const { properties } of made.of('AWS::CloudWatch::Alarm')) {
      expect(properties.AlarmName).toMatch(new RegExp(`^scriptloom-${stage}/[a-z-]+/[a-z-]+$`));
      const [, anchor = ''] =
        /^\[(?:page|ticket)\] .+ docs\/runbook\.md#([a-z-]+)$/.exec(properties.AlarmDescription) ?? [];
      expect(anchors, properties.AlarmName).toContain(anchor);
      expect(properties.AlarmActions).toHaveLength(1);
      used.add(anchor);
    }
    expect(anchors.filter((anchor) => !used.has(anchor))).toEqual([
      'a-wall-refuses',
      'the-secret-of-model-keys-has-the-wrong-form',
      'taking-a-stage-down',
    ]);
    expect(new Set(made.of('AWS::CloudWatch::Alarm').map(({ properties }) => properties.AlarmName)).size).toBe(
      made.of('AWS::CloudWatch::Alarm').length,
    );
  });

  test('each function of the catalog raises an alarm of its own', () => {
    const names = made.of('AWS::CloudWatch::Alarm').map(({ properties }) => properties.AlarmName);
    for (const name of Object.keys(catalog)) expect(names).toContain(`scriptloom-${stage}/${name}/errors`);
  });

  test('alarms may speak to the topic', () => {
    const statements = made
      .of('AWS::SNS::TopicPolicy')
      .flatMap(({ properties }) => properties.PolicyDocument.Statement);
    expect(statements).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
      }),
    );
  });

  test('queues, buckets and the topic are deaf without TLS', () => {
    for (const type of ['AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy'])
      for (const { properties, path } of made.of(type))
        expect(JSON.stringify(properties.PolicyDocument), path).toContain('"aws:SecureTransport":"false"');
  });

  test('the machine runs out of time in the end, is logged without data, and is traced where the stage says so', () => {
    const { properties } = named('AWS::StepFunctions::StateMachine', 'breakdown');
    expect(properties.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
    expect(properties.TracingConfiguration?.Enabled ?? false).toBe(stageNamed(stage).tracing);
  });

  test('the local cloud understands all of it', () => {
    const plan = readPlan(made.folder);
    expect(plan.functions).toHaveLength(Object.keys(catalog).length);
    expect(plan.apis.map(({ protocol }) => protocol).sort()).toEqual(['HTTP', 'WEBSOCKET']);
    expect(Object.keys(plan.outputs)).toEqual(
      expect.arrayContaining(['ApiUrl', 'SocketUrl', 'LoginUrl', 'UserPoolId', 'UserPoolClientId']),
    );
  });
});

test('a stage nobody described is refused by name', () => {
  expect(() => stageNamed('test')).toThrow('There is no stage "test". Say -c stage=dev or -c stage=prod.');
});

test('a stage has a stack for each line of lib/tenants.ts, and none without', () => {
  const bundles = placeholders(mkdtempSync(join(tmpdir(), 'scriptloom-tiers-')));
  const stacksOf = (of: readonly OwnPlace[] | undefined) =>
    scriptloom({ stage: 'dev', bundles, ...(of && { places: of }) }).node.children.map(({ node }) => node.id);
  const shared = ['Data', 'Work', 'App'].map((part) => `Scriptloom-dev-${part}`);
  expect(stacksOf(undefined)).toEqual([
    ...shared,
    ...tenants.dev.map(({ tenant }) => `Scriptloom-dev-Tenant-${tenant}`),
  ]);
  expect(stacksOf([])).toEqual(shared);
  rmSync(bundles, { recursive: true });
});

test('a template that CloudFormation would refuse stops the synthesis', synthesis, async () => {
  const spoil = (stack: Stack) =>
    new CfnResource(stack, 'Wrong', { type: 'AWS::SQS::Queue', properties: { MessageRetentionPeriod: 1 } });
  await expect(synthesise(models.dev, { spoil })).rejects.toThrow(/Validation failed|F3034/);
});

test('a wildcard that nobody acknowledged stops the synthesis', synthesis, async () => {
  const spoil = (stack: Stack) => {
    const role = new Role(stack, 'Wrong', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
  };
  await expect(synthesise(models.dev, { spoil })).rejects.toThrow(/Validation failed|IAM5\[Resource::\*\]/);
});
