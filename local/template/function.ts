// AWS::Lambda::Function
import * as z from 'zod';
import type { Assembly } from './assembly.ts';
import { cdkPath, refuse } from './resolve.ts';
import { ignored, number, type Resource, read } from './resource.ts';

export type FunctionPlan = {
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  /** `aws:cdk:path`, for people. */
  readonly path: string;
  /** Absolute folder of the bundle. */
  readonly folder: string;
  /** `file.export` */
  readonly handler: string;
  readonly environment: Record<string, string>;
  /** Seconds. */
  readonly timeout: number;
  /** MB */
  readonly memory: number;
  /** ARN of the role. */
  readonly role: string;
  readonly logGroup: string;
  /** Most instances at once, where the template reserves concurrency. */
  readonly reserved?: number;
};

const schema = z.strictObject({
  Code: z.strictObject({
    S3Bucket: z.string().optional(),
    S3Key: z.string().optional(),
    ZipFile: z.string().optional(),
  }),
  Handler: z.string(),
  Role: z.string(),
  FunctionName: z.string().optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
  Timeout: number.default(3),
  MemorySize: number.default(128),
  ReservedConcurrentExecutions: number.optional(),
  LoggingConfig: z.looseObject({ LogGroup: z.string().optional() }).optional(),
  // This machine has one runtime (the Node it runs on) and one architecture; tracing, encryption of the environment and
  // the size of /tmp have no counterpart.
  Runtime: z.string().startsWith('nodejs', 'only nodejs functions can run here'),
  Architectures: ignored,
  Description: ignored,
  TracingConfig: ignored,
  KmsKeyArn: ignored,
  EphemeralStorage: ignored,
  RecursiveLoop: ignored,
  // What fails after the last attempt of an asynchronous call goes to the dead letters of the rule or schedule that made it.
  DeadLetterConfig: ignored,
  Tags: ignored,
});

/** The function, or undefined for CDK's inline deployment helpers, which only CloudFormation calls. */
export function readFunction(resource: Resource, assembly: Assembly): FunctionPlan | undefined {
  const properties = read(resource, schema, 'function.ts');
  if (properties.Code.ZipFile !== undefined) return undefined;
  const folder = assembly.asset(properties.Code.S3Key ?? '');
  if (!folder)
    return refuse(resource, 'its code is not among the assets of the assembly.', 'Run `npm run synth` again.');
  const name = resource.identity.ref;
  return {
    name,
    arn: resource.identity.attributes.Arn ?? '',
    logicalId: resource.logicalId,
    path: cdkPath(resource.stack.resources[resource.logicalId]) ?? resource.logicalId,
    folder,
    handler: properties.Handler,
    environment: properties.Environment?.Variables ?? {},
    timeout: properties.Timeout,
    memory: properties.MemorySize,
    role: properties.Role,
    logGroup: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    ...(properties.ReservedConcurrentExecutions !== undefined && { reserved: properties.ReservedConcurrentExecutions }),
  };
}
