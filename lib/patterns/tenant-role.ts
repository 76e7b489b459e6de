// The data role of a function: what it may touch of a tenant, for a session that carries the tenant as a tag. Only the function's own role may take it.
import { Duration } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyDocument, PolicyStatement, PrincipalWithConditions, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeWildcards, wildcardsOf } from './acknowledge.ts';
import { type DataGrant, statementsOf, tenantTag } from './tenant-data.ts';

/** A role that takes another does so for an hour at most (IAM User Guide, "role chaining"). */
const longest = Duration.hours(1);

export type TenantRoleProps = {
  /** The function's own role; it gets leave to take this one. */
  readonly own: Role;
  readonly grants: readonly DataGrant[];
};

export class TenantRole extends Construct {
  readonly roleArn: string;

  constructor(scope: Construct, id: string, { own, grants }: TenantRoleProps) {
    super(scope, id);
    const actions = ['sts:AssumeRole', 'sts:TagSession'];
    // with this tag, and with no other
    const tagged = {
      StringLike: { [`aws:RequestTag/${tenantTag}`]: '?*' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': [tenantTag] },
    };
    const trusted = new PrincipalWithConditions(new ArnPrincipal(own.roleArn), tagged);
    const statements = grants.flatMap((grant) => statementsOf(grant, 'tenant'));
    // in the role itself: a policy beside it is one more resource of a stack that may have 500
    const role = new Role(this, 'Role', {
      assumedBy: trusted.withSessionTags(),
      maxSessionDuration: longest,
      inlinePolicies: { Data: new PolicyDocument({ statements }) },
    });
    own.addToPolicy(new PolicyStatement({ actions, resources: [role.roleArn] }));
    acknowledgeWildcards(role, wildcardsOf(statements));
    this.roleArn = role.roleArn;
  }
}
