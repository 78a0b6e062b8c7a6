/** The kernels' tests on this machine's own GPU: `npx vitest run --config test/kernels/vite.config.ts`. */
import { defineConfig } from 'vitest/config';
import { assembly } from '../../vite.config.ts';
import { inNode, kernelTests } from './project';

/** `self-test` counts on few devices alive at once, `ensemble` on the small batches of a software adapter. */
const onSoftware = /self-test|ensemble/;

export default defineConfig({
  plugins: [assembly()],
  resolve: inNode,
  test: {
    root: `${import.meta.dirname}/../..`,
    include: kernelTests.filter((file) => !onSoftware.test(file)),
    reporters: ['default', './test/totals.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
  },
});
