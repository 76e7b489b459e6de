// A stage synthesised for looking at: the resources of its stacks. Bundles are empty here; test/infra/bundles.test.ts makes real ones.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { catalog } from '../../../functions/catalog.ts';
import type { Stage } from '../../../lib/config.ts';
import { type OwnPlace, tenants } from '../../../lib/tenants.ts';

/** What suites look at: a stage, and the tenants that have a place of their own in it. */
export type Model = { readonly stage: Stage; readonly places: readonly OwnPlace[] };

/** One tenant with a bucket of its own, one with tables as well. */
export const [bridge, silo] = ['01m8fq7700z8e40kzv70c0tkqr', '01m8fq91k0mrfp9q97sfdvxdf5'];

export const models = {
  local: { stage: 'local', places: tenants.local },
  dev: { stage: 'dev', places: tenants.dev },
  prod: { stage: 'prod', places: tenants.prod },
  places: {
    stage: 'prod',
    places: [
      { tenant: bridge, tier: 'bridge' },
      { tenant: silo, tier: 'silo' },
    ],
  },
} as const satisfies Record<string, Model>;

export type ModelName = keyof typeof models;

/** For a test that synthesises: as long as a hook may take. */
export const synthesis = { timeout: 300_000 };

/** Where `npm test` has put it, made once for all suites: the first synthesis of a process takes ten times as long as another. */
export const keptIn = (name: ModelName): string => join('out/assemblies', name);

export type Resource = {
  readonly id: string;
  readonly type: string;
  /** Where it stands in the CDK tree. */
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties of CloudFormation, as various as its resources
  readonly properties: any;
  readonly deletionPolicy?: string;
};

export type Synthesised = {
  readonly folder: string;
  readonly resources: readonly Resource[];
  of(type: string): readonly Resource[];
  /** Of the place of a tenant. */
  placeOf(tenant: string): readonly Resource[];
  /** What the checks said, as the assembly keeps it. */
  readonly report: {
    readonly pluginReports: readonly { readonly pluginName: string; readonly violations: unknown[] }[];
  };
};

type Template = {
  Resources: Record<
    string,
    { Type: string; Properties?: unknown; Metadata?: Record<string, string>; DeletionPolicy?: string }
  >;
};

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8'));

/** Writes a bundle for every function that only says its name. */
export function placeholders(folder: string): string {
  for (const name of Object.keys(catalog)) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = () => ${JSON.stringify(name)};\n`);
  }
  return folder;
}

const read = (file: string): Resource[] =>
  Object.entries(readJson<Template>(file).Resources).map(([id, raw]) => ({
    id,
    type: raw.Type,
    path: raw.Metadata?.['aws:cdk:path'] ?? id,
    properties: raw.Properties ?? {},
    ...(raw.DeletionPolicy && { deletionPolicy: raw.DeletionPolicy }),
  }));

/** What is made of a model: by `npm test`, else here. Throws what the synthesis throws. */
export async function synthesised(name: ModelName): Promise<Synthesised> {
  const model = models[name];
  const folder = process.env.SCRIPTLOOM_BUILT === '1' ? keptIn(name) : await synthesise(model);
  const of = (part: string) => read(join(folder, `Scriptloom-${model.stage}-${part}.template.json`));
  const resources = ['Data', 'Work', 'App'].flatMap(of);
  return {
    folder,
    resources,
    placeOf: (tenant) => of(`Tenant-${tenant}`),
    of: (type) => resources.filter((resource) => resource.type === type),
    report: readJson(join(folder, 'validation-report.json')),
  };
}

/**
 * Writes the assembly of a model to `folder`, one that goes with this process by default, and tells where. `spoil` may add to the data stack first. Throws what the synthesis
 * throws: a template that CloudFormation would refuse, a finding of cdk-nag that is not acknowledged.
 */
export async function synthesise(
  { stage, places }: Model,
  { spoil, folder }: { readonly spoil?: (stack: Stack) => void; readonly folder?: string } = {},
): Promise<string> {
  // who only reads an assembly need not load the CDK
  const { scriptloom } = await import('../../../lib/app.ts');
  const root = mkdtempSync(join(tmpdir(), `scriptloom-${stage}-`));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const outdir = folder ?? join(root, 'cdk.out');
  const app = scriptloom({ stage, outdir, bundles: placeholders(join(root, 'dist')), places });
  spoil?.(app.node.findChild(`Scriptloom-${stage}-Data`) as Stack);
  app.synth();
  return outdir;
}
