// What belongs to tenants, as IAM statements: for the session of one tenant, told by its tag, or across all of them.
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** ARNs where a tenant's things lie, in the pool and in its own place. `tenant`: its id, or what policies write for it. */
type Lying = (tenant: string) => readonly string[];

/** A key in the pool, and what tells tenants' own ones: any key with an alias of the tenant. */
export type Keys = { readonly pool: string; readonly any: string; readonly alias: (tenant: string) => string };

/** One right on what belongs to tenants. */
export type DataGrant =
  | { readonly on: 'rows' | 'index'; readonly actions: readonly string[]; readonly resources: Lying }
  | { readonly on: 'objects'; readonly actions: readonly string[]; readonly buckets: Lying }
  | { readonly on: 'list'; readonly actions: readonly string[]; readonly buckets: Lying }
  | { readonly on: 'seals'; readonly actions: readonly string[]; readonly keys: Keys }
  /** Use of the keys of tables and buckets through these services, never by itself. */
  | {
      readonly on: 'keys';
      readonly actions: readonly string[];
      readonly keys: Keys;
      readonly services: readonly string[];
    }
  /** What nobody may do, whatever else he holds: an explicit Deny wins. */
  | { readonly on: 'never'; readonly actions: readonly string[]; readonly resources: Lying }
  /** A tenant's own row of the directory. */
  | { readonly on: 'entry'; readonly table: string }
  /** What says nothing of a tenant: the directory. */
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

/** Own keys are told by their alias: no two keys of a region have the same (KMS Developer Guide, "Use aliases to control access to KMS keys"). */
const named = ({ alias }: Keys, whom: Whom) =>
  whom === 'tenant'
    ? { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [alias(tenant)] } }
    : { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': [alias('*')] } };

/** Conditions and resources end in a delimiter or are exact: no tenant's id begins another's key. */
export function statementsOf(grant: DataGrant, whom: Whom): PolicyStatement[] {
  const id = whom === 'tenant' ? tenant : '*';
  const only = <T>(conditions: T) => (whom === 'tenant' ? { conditions } : {});
  switch (grant.on) {
    case 'rows':
      return [made(grant.actions, grant.resources(id), only(keyed('StringEquals', `T#${tenant}`)))];
    case 'index':
      return [made(grant.actions, grant.resources(id), only(keyed('StringLike', `T#${tenant}#*`)))];
    case 'entry': {
      const conditions =
        whom === 'tenant' ? keyed('StringEquals', `TENANT#${tenant}`) : keyed('StringLike', 'TENANT#*');
      return [made(['dynamodb:GetItem'], [grant.table], { conditions })];
    }
    case 'objects': {
      const below = whom === 'tenant' ? `tenants/${tenant}/*` : 'tenants/*';
      const objects = grant.buckets(id).map((bucket) => `${bucket}/${below}`);
      return [made(grant.actions, objects)];
    }
    case 'list': {
      const below = only({ StringLike: { 's3:prefix': `tenants/${tenant}/*` } });
      return [made(grant.actions, grant.buckets(id), below)];
    }
    case 'seals': {
      const own = whom === 'tenant' ? { StringEquals: { 'kms:EncryptionContext:tenant': tenant } } : {};
      return withKeys(grant, whom, { ...sealed, ...own });
    }
    case 'keys':
      return withKeys(grant, whom, { StringEquals: { 'kms:ViaService': grant.services } });
    case 'never':
      return [made(grant.actions, grant.resources(id), { effect: Effect.DENY })];
    case 'anything':
      return [grant.statement];
  }
}

/** The same of the pool's key, and of tenants' own. */
const withKeys = (
  { actions, keys }: { readonly actions: readonly string[]; readonly keys: Keys },
  whom: Whom,
  conditions: object,
): PolicyStatement[] => [
  made(actions, [keys.pool], { conditions }),
  made(actions, [keys.any], { conditions: { ...conditions, ...named(keys, whom) } }),
];

const made = (actions: readonly string[], resources: readonly string[], more: object = {}): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources], ...more });
