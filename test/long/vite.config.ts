/** The tests that take minutes each: `npm run test:long`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['test/long/**/*.test.ts'],
    globalSetup: 'test/gpu/global-setup.ts',
    reporters: ['default', './test/totals.ts'],
    fileParallelism: false,
    testTimeout: 7_200_000,
    hookTimeout: 60_000,
  },
});
