// A stage synthesised for looking at: the resources of its stacks. Bundles are empty here; test/infra/bundles.test.ts makes real ones.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { catalog } from '../../../functions/catalog.ts';
import { scriptloom } from '../../../lib/app.ts';
import type { Stage } from '../../../lib/config.ts';
import { type OwnPlace, tenants } from '../../../lib/tenants.ts';

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

/**
 * `spoil` may add to the data stack first; `places`: of tenants, those of the stage by default. Throws what the synthesis throws: a template that CloudFormation would refuse,
 * a finding of cdk-nag that is not acknowledged.
 */
export function synthesise(
  stage: Stage,
  spoil?: (stack: Stack) => void,
  places: readonly OwnPlace[] = tenants[stage],
): Synthesised {
  const root = mkdtempSync(join(tmpdir(), `scriptloom-${stage}-`));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'cdk.out');
  const app = scriptloom({ stage, outdir: folder, bundles: placeholders(join(root, 'dist')), places });
  spoil?.(app.node.findChild(`Scriptloom-${stage}-Data`) as Stack);
  app.synth();
  const of = (part: string) => read(join(folder, `Scriptloom-${stage}-${part}.template.json`));
  const resources = ['Data', 'Work', 'App'].flatMap(of);
  return {
    folder,
    resources,
    placeOf: (tenant) => of(`Tenant-${tenant}`),
    of: (type) => resources.filter((resource) => resource.type === type),
    report: readJson(join(folder, 'validation-report.json')),
  };
}
