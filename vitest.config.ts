import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// one worker more than cores: some suites wait for clocks and other processes, and their core would be idle meanwhile
const maxWorkers = availableParallelism() + 1;
const common = { testTimeout: 60_000, hookTimeout: 300_000, pool: 'forks' as const };
/** What reads the environment, ends processes or fills memory needs a process of its own; for the others loading everything anew costs more than they do. */
const apart = [
  'test/{functions,infra}/**/*.test.ts',
  'test/core/{admin,audit,identity,member}/**/*.test.ts',
  'test/local/{faults,lambda,mail,runner}/**/*.test.ts',
];

/** Suites that kill and start clouds wait most of their minutes: they come first, so that others use the cores meanwhile and none of them is what all wait for at the end. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waits = ({ moduleId }: TestSpecification) => Number(moduleId.includes('/test/local/faults/'));
    return (await super.sort(files)).toSorted((a, b) => waits(b) - waits(a));
  }
}

export default defineConfig({
  test: {
    maxWorkers,
    sequence: { sequencer: WaitingFirst },
    projects: [
      {
        test: {
          ...common,
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: ['test/api/**', ...apart],
          isolate: false,
        },
      },
      { test: { ...common, name: 'apart', include: apart } },
      // one cloud for these suites, each with its own tenant
      {
        test: {
          ...common,
          name: 'api',
          include: ['test/api/**/*.test.ts'],
          isolate: false,
          globalSetup: ['test/kit/cloud.ts'],
        },
      },
    ],
  },
});
