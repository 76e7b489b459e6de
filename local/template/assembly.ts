// The cloud assembly that `cdk synth` writes: manifest, one template per stack, files and folders of assets.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from '../refusal.ts';

/** A resource as it stands in a template, before intrinsics are resolved. */
export type RawResource = {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly Condition?: string;
  readonly Metadata?: Record<string, unknown>;
};

export type Stack = {
  readonly name: string;
  readonly resources: Record<string, RawResource>;
  readonly outputs: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
  readonly parameters: Record<string, { Default?: unknown }>;
  readonly conditions: Record<string, unknown>;
  readonly mappings: Record<string, Record<string, Record<string, unknown>>>;
};

export type Assembly = {
  readonly stacks: readonly Stack[];
  /** Absolute path of the file or folder behind an object key of the asset bucket (`<hash>.zip`, `<hash>.json`). */
  readonly asset: (objectKey: string) => string | undefined;
};

type Artifact = { type: string; properties?: Record<string, string> };
type AssetFile = { source: { path?: string }; destinations: Record<string, { objectKey: string }> };

const readJson = (file: string): Record<string, never> => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Refusal('ASSEMBLY_CORRUPT', `${file} is missing or is not JSON. Run \`npm run synth\` again.`, { cause });
  }
};

const readStack = (folder: string, id: string, artifact: Artifact): Stack => {
  const template = readJson(join(folder, artifact.properties?.templateFile ?? `${id}.template.json`));
  return {
    name: artifact.properties?.stackName ?? id,
    resources: template.Resources ?? {},
    outputs: template.Outputs ?? {},
    parameters: template.Parameters ?? {},
    conditions: template.Conditions ?? {},
    mappings: template.Mappings ?? {},
  };
};

const readAssets = (folder: string, artifact: Artifact, into: Map<string, string>): void => {
  const files: Record<string, AssetFile> = readJson(join(folder, artifact.properties?.file ?? '')).files ?? {};
  for (const { source, destinations } of Object.values(files))
    for (const { objectKey } of Object.values(destinations))
      if (source.path) into.set(objectKey, resolve(folder, source.path));
};

/**
 * Reads a folder written by `cdk synth`, nested assemblies (stages) included.
 * Throws `ASSEMBLY_MISSING` when there is none, `ASSEMBLY_CORRUPT` when a file of it cannot be read.
 */
export function loadAssembly(folder: string): Assembly {
  if (!existsSync(join(folder, 'manifest.json')))
    throw new Refusal(
      'ASSEMBLY_MISSING',
      `There is no manifest.json in ${resolve(folder)}. Run \`npm run synth\` first.`,
    );
  const stacks: Stack[] = [];
  const assets = new Map<string, string>();
  const walk = (at: string): void => {
    const artifacts: Record<string, Artifact> = readJson(join(at, 'manifest.json')).artifacts ?? {};
    for (const [id, artifact] of Object.entries(artifacts)) {
      if (artifact.type === 'aws:cloudformation:stack') stacks.push(readStack(at, id, artifact));
      if (artifact.type === 'cdk:asset-manifest') readAssets(at, artifact, assets);
      if (artifact.type === 'cdk:cloud-assembly') walk(join(at, artifact.properties?.directoryName ?? ''));
    }
  };
  walk(folder);
  return { stacks, asset: (objectKey) => assets.get(objectKey) };
}
