// What one tenant has of its own, apart from the stacks that all share: those are near the number of resources that a stack may have.
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { TenantFeature, type TenantProps } from '../features/tenant.ts';

export class TenantStack extends Stack {
  constructor(scope: Construct, id: string, props: TenantProps) {
    super(scope, id, { terminationProtection: props.config.deletionProtection });
    new TenantFeature(this, 'Tenant', props);
  }
}
