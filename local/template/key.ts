// AWS::KMS::Key and AWS::KMS::Alias
import * as z from 'zod';
import { refuse } from './resolve.ts';
import { boolean, ignored, type Resource, read } from './resource.ts';

export type KeyPlan = { readonly id: string; readonly arn: string; readonly enabled: boolean };

export type AliasPlan = {
  /** `alias/…` */
  readonly name: string;
  /** Id or ARN of its key. */
  readonly key: string;
};

const statement = z.looseObject({ Effect: z.enum(['Allow', 'Deny']) });

const keySchema = z.strictObject({
  Enabled: boolean.default(true),
  KeySpec: z.literal('SYMMETRIC_DEFAULT').optional(),
  KeyUsage: z.literal('ENCRYPT_DECRYPT').optional(),
  // It hands the rights to the roles of the account, and those of services that do not run here. A Deny would be passed over.
  KeyPolicy: z.looseObject({ Statement: z.array(statement) }),
  // Material is made once and never rotated or deleted.
  EnableKeyRotation: ignored,
  RotationPeriodInDays: ignored,
  PendingWindowInDays: ignored,
  Description: ignored,
  Tags: ignored,
});

const aliasSchema = z.strictObject({ AliasName: z.string(), TargetKeyId: z.string() });

export function readKey(resource: Resource): KeyPlan {
  const { Enabled, KeyPolicy } = read(resource, keySchema, 'key.ts');
  if (KeyPolicy.Statement.some(({ Effect }) => Effect === 'Deny'))
    return refuse(resource, 'a Deny in a key policy is not understood.', 'Write it into the policies of roles.');
  const { ref, attributes } = resource.identity;
  return { id: ref, arn: attributes.Arn ?? '', enabled: Enabled };
}

export function readAlias(resource: Resource): AliasPlan {
  const { AliasName, TargetKeyId } = read(resource, aliasSchema, 'key.ts');
  return { name: AliasName, key: TargetKeyId };
}
