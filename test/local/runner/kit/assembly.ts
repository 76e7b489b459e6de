// A small cloud assembly written by hand: a template of the parts a test names, with bundles made by esbuild.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

export type Resources = Record<string, { Type: string; Properties?: unknown; Condition?: string; Metadata?: unknown }>;

export type Assembly = {
  readonly folder: string;
  /** Where the cloud keeps its state; beside the assembly. */
  readonly state: string;
};

export type AssemblyParts = {
  readonly resources: Resources;
  readonly outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
  readonly conditions?: Record<string, unknown>;
  /** Bundle sources by asset key without `.zip`. */
  readonly bundles?: Record<string, string>;
};

type File = { source: { path: string; packaging: string }; destinations: { here: { objectKey: string } } };

/** Writes the assembly to a new temporary folder. */
export function writeAssembly({ resources, outputs = {}, conditions = {}, bundles = {} }: AssemblyParts): Assembly {
  const root = mkdtempSync(join(tmpdir(), 'local-cloud-'));
  const folder = join(root, 'cdk.out');
  const files: Record<string, File> = {};
  for (const [key, source] of Object.entries(bundles)) {
    mkdirSync(join(folder, `asset.${key}`), { recursive: true });
    writeFileSync(join(folder, `asset.${key}`, 'index.mjs'), transformSync(source, { loader: 'ts' }).code);
    files[key] = {
      source: { path: `asset.${key}`, packaging: 'zip' },
      destinations: { here: { objectKey: `${key}.zip` } },
    };
  }
  mkdirSync(folder, { recursive: true });
  const template = { Resources: resources, Outputs: outputs, Conditions: conditions };
  writeFileSync(join(folder, 'App.template.json'), JSON.stringify(template));
  writeFileSync(join(folder, 'App.assets.json'), JSON.stringify({ files }));
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      artifacts: {
        'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } },
        App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' } },
      },
    }),
  );
  return { folder, state: join(root, 'state') };
}

export const role = (...statements: { Action: string | string[]; Resource: unknown; Condition?: unknown }[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Statement: [] },
    Policies: [
      {
        PolicyName: 'grants',
        PolicyDocument: { Version: '2012-10-17', Statement: statements.map((one) => ({ Effect: 'Allow', ...one })) },
      },
    ],
  },
});

/** A function whose bundle is the one of the same key. */
export const lambda = (key: string, more: Record<string, unknown> = {}) => ({
  Type: 'AWS::Lambda::Function',
  Metadata: { 'aws:cdk:path': `App/${key}/Resource` },
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: `${key}.zip` },
    FunctionName: key,
    Handler: 'index.handler',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Runtime: 'nodejs24.x',
    ...more,
  },
});

/** An HTTP API `Api` with routes to functions by logical id. */
export const httpApi = (
  routes: Record<string, string>,
  more: Record<string, unknown> = {},
  route: Record<string, unknown> = {},
): Resources => ({
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP', ...more } },
  ApiStage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
  },
  ...Object.fromEntries(
    Object.entries(routes).flatMap(([key, target], index) => [
      [
        `Integration${index}`,
        {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: {
            ApiId: { Ref: 'Api' },
            IntegrationType: 'AWS_PROXY',
            IntegrationUri: { 'Fn::GetAtt': [target, 'Arn'] },
            PayloadFormatVersion: '2.0',
          },
        },
      ],
      [
        `Route${index}`,
        {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'Api' },
            RouteKey: key,
            Target: { 'Fn::Join': ['', ['integrations/', { Ref: `Integration${index}` }]] },
            ...route,
          },
        },
      ],
    ]),
  ),
});

/** A table with the text key `pk`. */
export const table = ({ range = false, stream = false, ttl = false } = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: ['pk', ...(range ? ['sk'] : [])].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      ...(range ? [{ AttributeName: 'sk', KeyType: 'RANGE' }] : []),
    ],
    ...(stream && { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
    ...(ttl && { TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } }),
  },
});
