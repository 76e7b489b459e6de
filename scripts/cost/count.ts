// Counts what a user's acts take, by doing them on the local cloud: the same templates, bundles and rows that are deployed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { scriptloom } from '../../lib/app.ts';
import { type Cloud, startCloud } from '../../local/cloud.ts';
import { type Act, acts } from './acts.ts';
import { type Invoked, invokedSince, logOffsets } from './invocations.ts';
import { type Counted, meterObjects, meterTables, nothing } from './meter.ts';

/** Once the act is done: units of everything it took. */
export type Taken = Counted & Invoked & { readonly seconds: number };
export type Counts = { readonly counted: string; readonly how: string; readonly acts: Readonly<Record<Act, Taken>> };

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Gives every function of the assembly the addresses of the meters instead of the services'. */
function divert(folder: string, addresses: Record<string, string>): void {
  for (const part of ['Data', 'Work', 'App']) {
    const file = join(folder, `Scriptloom-local-${part}.template.json`);
    const template = JSON.parse(readFileSync(file, 'utf8'));
    for (const { Type, Properties } of Object.values<{ Type: string; Properties: Record<string, unknown> }>(
      template.Resources,
    )) {
      if (Type !== 'AWS::Lambda::Function') continue;
      const { Variables = {} } = (Properties.Environment ?? {}) as { Variables?: object };
      Properties.Environment = { Variables: { ...Variables, ...addresses } };
    }
    writeFileSync(file, JSON.stringify(template));
  }
}

/** What happened between two moments, once everything asynchronous has come to rest. */
async function settled(counted: Counted): Promise<void> {
  for (let before = ''; before !== JSON.stringify(counted); await sleep(1500)) before = JSON.stringify(counted);
}

const difference = (after: Counted, before: Counted): Counted =>
  Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name, Math.round((value - before[name as keyof Counted]) * 10) / 10]),
  ) as Counted;

async function countAll(cloud: Cloud, logs: string, counted: Counted): Promise<Record<Act, Taken>> {
  const taken: Partial<Record<Act, Taken>> = {};
  for (const [name, run] of acts(cloud)) {
    await settled(counted);
    const [before, offsets, began] = [{ ...counted }, logOffsets(logs), performance.now()];
    await run();
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    await settled(counted);
    taken[name] = { ...difference(counted, before), ...invokedSince(logs, offsets), seconds };
    console.log(`${name}: ${JSON.stringify(taken[name])}`);
  }
  return taken as Record<Act, Taken>;
}

/** Boots the local cloud with meters before its DynamoDB and S3, does every act once, and answers what each took. */
export async function count(): Promise<Counts> {
  const root = mkdtempSync(join(tmpdir(), 'scriptloom-cost-'));
  const [assembly, state] = [join(root, 'cdk.out'), join(root, 'state')];
  const counted = nothing();
  const ports = { dynamo: await freePort(), storage: await freePort() };
  const [tables, objects] = [await meterTables(ports.dynamo, counted), await meterObjects(ports.storage, counted)];
  try {
    scriptloom({ stage: 'local', outdir: assembly }).synth();
    divert(assembly, { AWS_ENDPOINT_URL_DYNAMODB: tables.url, AWS_ENDPOINT_URL_S3: objects.url });
    const cloud = await startCloud({ assembly, state, ports });
    try {
      const how = 'npm run cost -- --count: each act done once on the local cloud, with meters before DynamoDB and S3';
      return {
        counted: new Date().toISOString().slice(0, 10),
        how,
        acts: await countAll(cloud, join(state, 'logs'), counted),
      };
    } finally {
      await cloud.stop();
    }
  } finally {
    await Promise.all([tables.stop(), objects.stop()]);
    rmSync(root, { recursive: true, force: true });
  }
}
