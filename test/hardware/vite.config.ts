/**
 * The kernels' tests on this machine's own GPU, through Dawn, without a browser:
 * `npx vitest run --config test/hardware/vite.config.ts`. In `npm test` the same files run on Chromium's software adapter.
 */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { assembly } from '../../vite.config.ts';

/**
 * Those of test/gpu that need no page, without `coverage`, which opens more devices than some drivers give a process, and `ensemble`, which
 * counts on the small batches of a software adapter.
 */
const files = [
  'dark-port',
  'diffusion',
  'engines',
  'harness',
  'liouvillian',
  'photodetection',
  'photon-counting',
  'self-test',
  'steady',
  'structs',
  'switching',
];

export default defineConfig({
  plugins: [assembly()],
  resolve: {
    alias: [
      { find: /^\.\/in-page$/, replacement: join(import.meta.dirname, 'in-dawn.ts') },
      { find: /^.*\/page\/threads$/, replacement: join(import.meta.dirname, 'threads.ts') },
    ],
  },
  test: {
    root: `${import.meta.dirname}/../..`,
    include: files.map((file) => `test/gpu/${file}.test.ts`),
    reporters: ['default', './test/totals.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
  },
});
