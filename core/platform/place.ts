// Where what belongs to a tenant lies: among that of others, or in a place of its own (docs/adr/0008, 11). The names of such a place
// follow from the tenant, so that policies and functions know them before it is made.

/** How much of a tenant lies in a place of its own: nothing; bucket and key; tables, bucket and key. */
export const tiers = ['pool', 'bridge', 'silo'] as const;
export type Tier = (typeof tiers)[number];

/** Names of tables and bucket; `key`: id, ARN or alias of the KMS key under which keys of models are sealed. */
export type Place = {
  readonly core: string;
  readonly ephemeral: string;
  readonly audit: string;
  readonly bucket: string;
  readonly key: string;
};

/** What names of places are made of: the stage, and the account, for names of buckets are shared by all accounts. */
export type Naming = { readonly stage: string; readonly account: string };

/**
 * The names of a tenant's own place. A bucket's has 63 characters at most (S3 User Guide, "Bucket naming rules"): 24 are left to the
 * stage and the account, beside the 26 of a tenant.
 */
export function ownPlace({ stage, account }: Naming, tenant: string): Place {
  const name = `scriptloom-${stage}-${tenant}`;
  return {
    core: `${name}-core`,
    ephemeral: `${name}-ephemeral`,
    audit: `${name}-audit`,
    bucket: `${name}-${account}`,
    key: `alias/${name}`,
  };
}
