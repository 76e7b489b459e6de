// What a cloud assembly asks this machine to run: every resource read into a typed plan, or a stop that names it.
import { type ApiPlan, readApis } from './api.ts';
import { type Assembly, loadAssembly } from './assembly.ts';
import { type BucketPlan, readBucket } from './bucket.ts';
import { type FunctionPlan, readFunction } from './function.ts';
import { ignoredTypes } from './ignored.ts';
import { type AliasPlan, type KeyPlan, readAlias, readKey } from './key.ts';
import { type MachinePlan, readMachine } from './machine.ts';
import { type MappingPlan, readMapping } from './mapping.ts';
import { type PoolPlan, readPool } from './pool.ts';
import { type QueuePlan, readQueue } from './queue.ts';
import { makeResolver, type Resolver, refuse } from './resolve.ts';
import type { Resource } from './resource.ts';
import { type RolePlan, readRoles } from './role.ts';
import { type RulePlan, readRule, readSchedule } from './rule.ts';
import { readSecret, type SecretPlan } from './secret.ts';
import { readTable, type TablePlan } from './table.ts';

export type Plan = {
  readonly functions: readonly FunctionPlan[];
  readonly apis: readonly ApiPlan[];
  readonly machines: readonly MachinePlan[];
  readonly tables: readonly TablePlan[];
  readonly buckets: readonly BucketPlan[];
  readonly queues: readonly QueuePlan[];
  readonly keys: readonly KeyPlan[];
  readonly aliases: readonly AliasPlan[];
  readonly secrets: readonly SecretPlan[];
  readonly pool?: PoolPlan;
  readonly mappings: readonly MappingPlan[];
  /** Rules of the event bus, and schedules. */
  readonly rules: readonly RulePlan[];
  readonly roles: readonly RolePlan[];
  /** Outputs of all stacks by logical key. */
  readonly outputs: Record<string, string>;
};

const read = new Set([
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
]);

const readAlready = (type: string): boolean => read.has(type) || type.startsWith('AWS::ApiGatewayV2::');

/** Resources with intrinsics resolved; those of ignored types and false conditions are left out. */
function resources(assembly: Assembly, resolver: Resolver): Resource[] {
  return assembly.stacks.flatMap((stack) =>
    Object.entries(stack.resources).flatMap(([logicalId, raw]): Resource[] => {
      const place = { stack, logicalId };
      if (raw.Condition && !resolver.condition(place, raw.Condition)) return [];
      if (raw.Type in ignoredTypes) return [];
      if (!readAlready(raw.Type))
        return refuse(
          place,
          `resource type ${raw.Type} is not understood by the local cloud.`,
          'Teach it in local/template, or keep it out of the template.',
        );
      const properties = resolver.value(place, raw.Properties ?? {}) as Record<string, unknown>;
      return [{ ...place, type: raw.Type, identity: resolver.identity(stack, logicalId), properties }];
    }),
  );
}

const readOutputs = (assembly: Assembly, resolver: Resolver): Record<string, string> =>
  Object.fromEntries(
    assembly.stacks.flatMap((stack) =>
      Object.entries(stack.outputs).map(([logicalId, output]) => [
        logicalId,
        String(resolver.value({ stack, logicalId }, output.Value)),
      ]),
    ),
  );

/**
 * Reads `folder` (written by `cdk synth`) into a plan. Throws ASSEMBLY_MISSING, ASSEMBLY_CORRUPT or
 * TEMPLATE_NOT_UNDERSTOOD with the logical id, the CDK path and what to do.
 */
export function readPlan(folder: string): Plan {
  const assembly = loadAssembly(folder);
  const resolver = makeResolver(assembly);
  const all = resources(assembly, resolver);
  const pool = readPool(all);
  const of = (...types: string[]) => all.filter((resource) => types.includes(resource.type));
  return {
    functions: of('AWS::Lambda::Function').flatMap((resource) => readFunction(resource, assembly) ?? []),
    machines: of('AWS::StepFunctions::StateMachine').map((resource) => readMachine(resource, assembly)),
    apis: readApis(all),
    tables: of('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(readTable),
    buckets: of('AWS::S3::Bucket').map(readBucket),
    queues: of('AWS::SQS::Queue').map(readQueue),
    keys: of('AWS::KMS::Key').map(readKey),
    aliases: of('AWS::KMS::Alias').map(readAlias),
    secrets: of('AWS::SecretsManager::Secret').map(readSecret),
    mappings: of('AWS::Lambda::EventSourceMapping').flatMap((resource) => readMapping(resource) ?? []),
    rules: [
      ...of('AWS::Events::Rule').flatMap((resource) => readRule(resource) ?? []),
      ...of('AWS::Scheduler::Schedule').flatMap((resource) => readSchedule(resource) ?? []),
    ],
    roles: readRoles(all),
    ...(pool && { pool }),
    outputs: readOutputs(assembly, resolver),
  };
}
