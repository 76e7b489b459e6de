// AWS::SecretsManager::Secret
import * as z from 'zod';
import { ignored, type Resource, read } from './resource.ts';

export type SecretPlan = {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  /** Id, ARN or alias of the key it lies under; absent: the account's own for Secrets Manager. */
  readonly key?: string;
  /** What the template puts in; as with CloudFormation once, and again when the template says something else. */
  readonly value?: string;
};

const schema = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  KmsKeyId: z.string().optional(),
  SecretString: z.string().optional(),
  Tags: ignored,
});

export function readSecret(resource: Resource): SecretPlan {
  const { Description, KmsKeyId, SecretString } = read(resource, schema, 'secret.ts');
  return {
    name: resource.identity.attributes.Name ?? '',
    arn: resource.identity.ref,
    ...(Description !== undefined && { description: Description }),
    ...(KmsKeyId !== undefined && { key: KmsKeyId }),
    ...(SecretString !== undefined && { value: SecretString }),
  };
}
