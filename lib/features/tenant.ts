// The place of one tenant: a key and a bucket, and for a silo tables, whose streams are followed by those who follow the pool's.
// Its names follow from the tenant (core/platform/place.ts), so that nothing else changes when it comes.
import { Duration } from 'aws-cdk-lib';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { Ground } from '../patterns/ground.ts';
import { namesOf } from '../patterns/own-place.ts';
import type { StreamConsumer } from '../patterns/stream-consumer.ts';
import type { OwnPlace } from '../tenants.ts';
import { Media } from './media.ts';
import { tenantTables } from './records.ts';

/** Who follows the streams of tables. */
export type Consumers = { readonly core: readonly StreamConsumer[]; readonly audit: readonly StreamConsumer[] };

export type TenantProps = OwnPlace & {
  readonly config: StageConfig;
  readonly ground: Ground;
  readonly consumers: Consumers;
};

export class TenantFeature extends Construct {
  constructor(scope: Construct, id: string, { tenant, tier, config, ground, consumers }: TenantProps) {
    super(scope, id);
    const names = namesOf(config, tenant);
    // one for all: seals are told from tables and bucket by what they are bound to (lib/patterns/tenant-data.ts)
    const key = new Key(this, 'Key', {
      description: `Scriptloom ${config.stage}: tenant ${tenant}`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(90),
      removalPolicy: config.data,
    });
    // it stays with what the key seals: policies know the key by it alone
    new Alias(this, 'Alias', { aliasName: names.key, targetKey: key, removalPolicy: config.data });
    new Media(this, 'Media', { config, key, name: names.bucket });
    if (tier === 'bridge') return;
    const { alarms } = ground;
    const tables = tenantTables(this, { config, key, alarms, of: `tenant-${tenant}`, names });
    for (const which of ['core', 'audit'] as const)
      for (const consumer of consumers[which]) consumer.follow(this, `${consumer.node.id}-${which}`, tables[which]);
  }
}
