// AWS::IAM::Role, AWS::IAM::Policy and AWS::IAM::ManagedPolicy: who may do what.
import * as z from 'zod';
import { refuse } from './resolve.ts';
import { ignored, type Resource, read } from './resource.ts';

export type Statement = {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Operator → key → values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
};

/** Who may take a role. */
export type Trust = Omit<Statement, 'resources'> & {
  /** ARNs of roles, and names of services such as lambda.amazonaws.com. */
  readonly principals: readonly string[];
};

export type RolePlan = {
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
  readonly trust: readonly Trust[];
};

const many = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const value = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const values = z.union([value.transform((one) => [one]), z.array(value)]);

const conditions = z.record(z.string(), z.record(z.string(), values)).default({});

/** What every statement says, whatever it is about. */
const said = { Sid: z.string().optional(), Effect: z.enum(['Allow', 'Deny']), Action: many, Condition: conditions };
type Said = z.output<z.ZodObject<typeof said>>;
const stated = ({ Effect, Action, Condition }: Said) => ({ effect: Effect, actions: Action, conditions: Condition });

const statement = z
  .strictObject({ ...said, Resource: many })
  .transform(({ Resource, ...one }): Statement => ({ ...stated(one), resources: Resource }));

const document = z.strictObject({
  Version: z.string().optional(),
  Statement: z.union([z.array(statement), statement.transform((one) => [one])]),
});

/** Services, and roles by their ARN. A whole account, everybody, or an identity provider is nobody this machine knows. */
const principals = z
  .strictObject({
    Service: many.default([]),
    AWS: many
      .refine((all) => all.every((arn) => /^arn:aws:iam::\d{12}:role\/.+$/.test(arn)), 'must be ARNs of roles')
      .default([]),
  })
  .transform(({ Service, AWS }) => [...Service, ...AWS]);

const trustStatement = z
  .strictObject({ ...said, Principal: principals })
  .transform(({ Principal, ...one }): Trust => ({ ...stated(one), principals: Principal }));

const trustDocument = z.strictObject({ Version: z.string().optional(), Statement: z.array(trustStatement) });

const roleSchema = z.strictObject({
  RoleName: z.string().optional(),
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: document })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  AssumeRolePolicyDocument: trustDocument,
  Description: ignored,
  // Roles are taken by roles here, and such a session lasts an hour at most, whatever a role allows.
  MaxSessionDuration: ignored,
  Path: ignored,
  Tags: ignored,
});

const policySchema = z.strictObject({
  PolicyName: z.string().optional(),
  ManagedPolicyName: z.string().optional(),
  PolicyDocument: document,
  Roles: z.array(z.string()).default([]),
  Description: ignored,
  Path: ignored,
});

/** Policies of AWS that only let a function write logs or traces, which needs no grant here. */
const harmless = /:aws:policy\/service-role\/(AWSLambdaBasicExecutionRole|AmazonAPIGatewayPushToCloudWatchLogs)$/;

const file = 'role.ts';

/** Roles with the statements of every policy attached to them. `all` are the resolved resources of all stacks. */
export function readRoles(all: readonly Resource[]): RolePlan[] {
  const policies = all
    .filter(({ type }) => type === 'AWS::IAM::Policy' || type === 'AWS::IAM::ManagedPolicy')
    .map((resource) => ({ ref: resource.identity.ref, ...read(resource, policySchema, file) }));
  return all
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .map((resource) => {
      const properties = read(resource, roleSchema, file);
      const name = resource.identity.ref;
      const managed = properties.ManagedPolicyArns.filter((arn) => !harmless.test(arn));
      const foreign = managed.find((arn) => !policies.some(({ ref }) => ref === arn));
      if (foreign) return refuse(resource, `what ${foreign} grants is not known here.`, 'Write the statements out.');
      const attached = policies.filter(({ Roles, ref }) => Roles.includes(name) || managed.includes(ref));
      const documents = [...properties.Policies, ...attached].map(({ PolicyDocument }) => PolicyDocument);
      return {
        name,
        arn: resource.identity.attributes.Arn ?? '',
        statements: documents.flatMap(({ Statement }) => Statement),
        trust: properties.AssumeRolePolicyDocument.Statement,
      };
    });
}
