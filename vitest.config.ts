import { defineConfig } from 'vitest/config';

// a folder for machine-readable results, which scripts/test-summary.mjs adds up
const results = process.env.QUORATE_TEST_RESULTS;

export default defineConfig({
  cacheDir: '.cache/vite',
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    restoreMocks: true,
    unstubEnvs: true,
    reporters: results
      ? ['default', ['json', { outputFile: `${results}/vitest-${process.pid}.json` }]]
      : ['default'],
    projects: [
      // `npm test`
      {
        extends: true,
        test: {
          name: 'product',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/peers/**', 'node_modules/**'],
        },
      },
      // `npm run test:peers`: real servers, models and trainers
      { extends: true, test: { name: 'peers', include: ['test/peers/**/*.test.ts'] } },
    ],
  },
});
