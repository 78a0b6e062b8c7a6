/** The tests that take minutes each: `npm run test:long`. */
import { defineConfig } from 'vitest/config';
import { assembly } from '../../vite.config.ts';

export default defineConfig({
  plugins: [assembly()],
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['test/long/**/*.test.ts'],
    globalSetup: 'test/gpu/global-setup.ts',
    setupFiles: ['test/preparation/ready.ts', 'test/gpu/set-up.ts'],
    reporters: ['default', './test/totals.ts'],
    fileParallelism: false,
    testTimeout: 7_200_000,
    hookTimeout: 3_600_000,
  },
});
