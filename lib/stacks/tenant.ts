// What one tenant has of its own: it comes and goes by itself, and counts nothing against the 500 resources that a stack may have.
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { TenantFeature, type TenantProps } from '../features/tenant.ts';

export class TenantStack extends Stack {
  constructor(scope: Construct, id: string, props: TenantProps) {
    super(scope, id, { terminationProtection: props.config.deletionProtection });
    new TenantFeature(this, 'Tenant', props);
  }
}
