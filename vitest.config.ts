import { defineConfig } from 'vitest/config';

// one worker for each core; by itself vitest leaves one core idle
const maxWorkers = '100%';
const common = { testTimeout: 60_000, hookTimeout: 300_000, pool: 'forks' as const };

export default defineConfig({
  test: {
    maxWorkers,
    projects: [
      { test: { ...common, name: 'parts', include: ['test/**/*.test.ts'], exclude: ['test/api/**'] } },
      // one cloud for these suites, each with its own tenant
      { test: { ...common, name: 'api', include: ['test/api/**/*.test.ts'], globalSetup: ['test/kit/cloud.ts'] } },
    ],
  },
});
