import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// one worker more than cores: some suites wait for clocks and other processes, and their core would be idle meanwhile
const maxWorkers = availableParallelism() + 1;
const common = { testTimeout: 60_000, hookTimeout: 300_000, pool: 'forks' as const };
/** What reads the environment, ends processes or fills memory needs a process of its own; for the others loading everything anew costs more than they do. */
const apart = [
  'test/{functions,infra}/**/*.test.ts',
  'test/core/{admin,audit,identity,member}/**/*.test.ts',
  'test/local/*.test.ts',
  'test/local/!(dynamodb|events|storage|stepfunctions)/**/*.test.ts',
];

export default defineConfig({
  test: {
    maxWorkers,
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
      { test: { ...common, name: 'api', include: ['test/api/**/*.test.ts'], globalSetup: ['test/kit/cloud.ts'] } },
    ],
  },
});
