// What must not be lost: tables, bucket, key and user pool. Deployed rarely; the other stacks come and go beside it.
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { Identity } from '../features/identity.ts';
import { Media } from '../features/media.ts';
import { ModelKeys } from '../features/model-keys.ts';
import { Operations } from '../features/operations.ts';
import { Records } from '../features/records.ts';
import type { Ground } from '../patterns/ground.ts';

export class DataStack extends Stack {
  readonly ground: Ground;

  constructor(scope: Construct, id: string, { config }: { config: StageConfig }) {
    super(scope, id, { terminationProtection: config.deletionProtection });
    const { alarms } = new Operations(this, 'Operations', { config });
    const key = new Key(this, 'Key', {
      description: `Scriptloom ${config.stage}: tables and media`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(90),
      removalPolicy: config.data,
    });
    const { core, directory, ephemeral, audit } = new Records(this, 'Records', { config, key, alarms });
    const { bucket: media } = new Media(this, 'Media', { config, key });
    const { secret: modelSecret, key: modelKey } = new ModelKeys(this, 'ModelKeys', { config });
    const { pool, client, domain, dkim } = new Identity(this, 'Identity', {
      config,
      reach: { directory, key },
      alarms,
    });
    this.ground = { core, directory, ephemeral, audit, media, key, modelSecret, modelKey, pool, client, alarms };
    new CfnOutput(this, 'UserPoolId', { value: pool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: client.userPoolClientId });
    new CfnOutput(this, 'ModelSecretArn', { value: modelSecret.secretArn });
    new CfnOutput(this, 'LoginUrl', { value: domain.baseUrl() });
    for (const [at, value] of dkim.entries()) new CfnOutput(this, `MailRecord${at + 1}`, { value });
  }
}
