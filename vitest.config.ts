import { defineConfig } from 'vitest/config';

const common = { testTimeout: 60_000, hookTimeout: 120_000, pool: 'forks' as const };

export default defineConfig({
  test: {
    projects: [
      { test: { ...common, name: 'parts', include: ['test/**/*.test.ts'], exclude: ['test/api/**'] } },
      // one cloud for these suites, each with its own tenant
      { test: { ...common, name: 'api', include: ['test/api/**/*.test.ts'], globalSetup: ['test/kit/cloud.ts'] } },
    ],
  },
});
