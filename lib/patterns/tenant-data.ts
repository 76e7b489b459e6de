// What belongs to tenants, as IAM statements: for the session of one tenant, told by its tag, or across all of them.
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** One right on what belongs to tenants. */
export type DataGrant =
  | { readonly on: 'rows' | 'index'; readonly actions: readonly string[]; readonly resources: readonly string[] }
  | { readonly on: 'objects'; readonly actions: readonly string[]; readonly bucket: string }
  | { readonly on: 'list'; readonly bucket: string }
  | { readonly on: 'seals'; readonly actions: readonly string[]; readonly key: string }
  /** A tenant's own row of the directory. */
  | { readonly on: 'entry'; readonly table: string }
  /** What says nothing of a tenant: the key of the tables, the directory. */
  | { readonly on: 'anything'; readonly statement: PolicyStatement };

/** The session tag that names the tenant, and what policies write for its value. */
export const tenantTag = 'tenantId';
const tenant = `\${aws:PrincipalTag/${tenantTag}}`;

/** Who acts: a session of one tenant, or a function for all of them. */
type Whom = 'tenant' | 'across';

// IAM User Guide, "Multivalued context keys": ForAllValues holds where there is no key, so that a Scan would pass: hence Null.
const keyed = (operator: string, key: string) => ({
  [`ForAllValues:${operator}`]: { 'dynamodb:LeadingKeys': [key] },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

/** Tenants' keys are sealed for a tenant and a provider; a context that lacks one of them or has more is of something else. */
const sealed = {
  Null: { 'kms:EncryptionContext:tenant': 'false', 'kms:EncryptionContext:provider': 'false' },
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant', 'provider'] },
};

/** Conditions and resources end in a delimiter or are exact: no tenant's id begins another's key. */
export function statementOf(grant: DataGrant, whom: Whom): PolicyStatement {
  const only = <T>(conditions: T) => (whom === 'tenant' ? { conditions } : {});
  switch (grant.on) {
    case 'rows':
      return made(grant.actions, grant.resources, only(keyed('StringEquals', `T#${tenant}`)));
    case 'index':
      return made(grant.actions, grant.resources, only(keyed('StringLike', `T#${tenant}#*`)));
    case 'entry':
      return made(['dynamodb:GetItem'], [grant.table], {
        conditions: whom === 'tenant' ? keyed('StringEquals', `TENANT#${tenant}`) : keyed('StringLike', 'TENANT#*'),
      });
    case 'objects':
      return made(grant.actions, [`${grant.bucket}/tenants/${whom === 'tenant' ? `${tenant}/*` : '*'}`]);
    case 'list':
      return made(['s3:ListBucket'], [grant.bucket], only({ StringLike: { 's3:prefix': `tenants/${tenant}/*` } }));
    case 'seals': {
      const own = { StringEquals: { 'kms:EncryptionContext:tenant': tenant } };
      return made(grant.actions, [grant.key], { conditions: whom === 'tenant' ? { ...sealed, ...own } : sealed });
    }
    case 'anything':
      return grant.statement;
  }
}

const made = (actions: readonly string[], resources: readonly string[], more: object = {}): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources], ...more });
