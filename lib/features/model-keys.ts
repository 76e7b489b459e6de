// Keys of model providers: the platform's own in one secret, and the KMS key under which those of tenants are sealed.
import { Duration, SecretValue } from 'aws-cdk-lib';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from '../patterns/acknowledge.ts';

export class ModelKeys extends Construct {
  /** `{"deepseek": {"key": "…"}, …}`; made empty, filled by whoever deploys (README). */
  readonly secret: ISecret;
  /** Apart from the key of tables and bucket: who may read rows may not open what is sealed in them, and it can be switched off alone. */
  readonly key: IKey;

  constructor(scope: Construct, id: string, { config }: { config: StageConfig }) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: `Scriptloom ${config.stage}: keys of model providers`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(90),
      removalPolicy: config.data,
    });
    this.secret = new Secret(this, 'Platform', {
      description: `Scriptloom ${config.stage}: the platform's keys of model providers, by provider`,
      encryptionKey: this.key,
      // CloudFormation puts it in once; what is put in later stays
      secretStringValue: SecretValue.unsafePlainText('{}'),
      removalPolicy: config.data,
    });
    acknowledge(this.secret, 'foreign-secret');
  }
}
