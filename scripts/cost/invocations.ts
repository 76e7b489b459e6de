// How often functions ran and how long, from the REPORT lines that the local Lambda writes as AWS does.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalog } from '../../functions/catalog.ts';

export type Invoked = {
  readonly apiCalls: number;
  readonly invocations: number;
  readonly gbSeconds: number;
  /** Steps of the state machine that are functions. */
  readonly steps: number;
  /** Bytes printed by functions. */
  readonly logBytes: number;
};

/** Memory at which a function has one whole processor (Lambda Developer Guide, "Configure function memory"). */
const wholeProcessor = 1769;

const files = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.log')) : [];

/** How much of each log there is. */
export const logOffsets = (folder: string): ReadonlyMap<string, number> =>
  new Map(files(folder).map((name) => [name, readFileSync(join(folder, name)).length]));

/** The catalog's name for a function of the assembly: CloudFormation's name holds it without hyphens. */
const nameOf = (file: string): keyof typeof catalog | undefined =>
  (Object.keys(catalog) as (keyof typeof catalog)[])
    .filter((name) => file.includes(`${name.replaceAll('-', '')}Function`))
    .sort((one, other) => other.length - one.length)[0];

const report = /^REPORT .* Duration: ([\d.]+) ms .*Memory Size: (\d+) MB$/;

/**
 * What ran since. A function with half a processor is taken to run twice as long as here, as if it did nothing but compute:
 * the dearest it can be.
 */
export function invokedSince(folder: string, offsets: ReadonlyMap<string, number>): Invoked {
  const sum = { apiCalls: 0, invocations: 0, gbSeconds: 0, steps: 0, logBytes: 0 };
  for (const file of files(folder)) {
    const name = nameOf(file);
    if (!name) continue;
    const { trigger } = catalog[name];
    const text = readFileSync(join(folder, file))
      .subarray(offsets.get(file) ?? 0)
      .toString();
    for (const line of text.split('\n')) {
      const [, duration, memory] = report.exec(line) ?? [];
      if (duration === undefined || memory === undefined) {
        sum.logBytes += Buffer.byteLength(line);
        continue;
      }
      sum.invocations += 1;
      if (trigger === 'http') sum.apiCalls += 1;
      if (trigger === 'task') sum.steps += 1;
      sum.gbSeconds +=
        (Number(duration) / 1000) * Math.max(1, wholeProcessor / Number(memory)) * (Number(memory) / 1024);
    }
  }
  return { ...sum, gbSeconds: Math.round(sum.gbSeconds * 1000) / 1000 };
}
