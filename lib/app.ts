// The application of one stage: what `cdk`, `npm run synth` and the tests synthesise.
import { readFileSync } from 'node:fs';
import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { stageNamed } from './config.ts';
import { AppStack } from './stacks/app.ts';
import { DataStack } from './stacks/data.ts';
import { TenantStack } from './stacks/tenant.ts';
import { WorkStack } from './stacks/work.ts';
import { checked, type OwnPlace, tenants } from './tenants.ts';

export type AppOptions = {
  /** Stage, when the CDK CLI was not given one with -c stage=…; dev by default. */
  readonly stage?: string;
  /** Folder of the cloud assembly; where the CDK CLI wants it by default. */
  readonly outdir?: string;
  /** Folder of the bundles; dist/ by default. */
  readonly bundles?: string;
  /** Tenants with a place of their own; those of lib/tenants.ts by default. */
  readonly places?: readonly OwnPlace[];
};

// The CLI hands over the flags of cdk.json and two of its own; without it they are said here, so that both write the same template.
const flags = (): Record<string, unknown> => ({
  ...JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')).context,
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
});

/** The stacks of a stage, and one for each tenant with a place of its own, checked by cdk-nag's AwsSolutions. Throws for a stage that does not exist. */
export function scriptloom({ stage, outdir, bundles, places }: AppOptions = {}): App {
  const app = new App({ analyticsReporting: false, context: { ...flags(), bundles }, ...(outdir && { outdir }) });
  const config = stageNamed(stage ?? app.node.tryGetContext('stage') ?? 'dev');
  const name = (part: string) => `Scriptloom-${config.stage}-${part}`;
  const data = new DataStack(app, name('Data'), { config });
  const { ground } = data;
  const { machines } = new WorkStack(app, name('Work'), { config, ground });
  const { consumers } = new AppStack(app, name('App'), { config, ground, machines });
  for (const place of checked(places ?? tenants[config.stage]))
    new TenantStack(app, name(`Tenant-${place.tenant}`), { ...place, config, ground, consumers });
  Tags.of(app).add('scriptloom:stage', config.stage);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
