/**
 * The tests of test/gpu that need no page: they run in Node, where Dawn is what a page's WebGPU is, and several at once.
 * `npm test` runs them on Chromium's software adapter; vite.config.ts beside this file on the machine's own GPU.
 */
import { join } from 'node:path';

export const kernelTests = [
  'dark-port',
  'diffusion',
  'engines',
  'ensemble',
  'harness',
  'liouvillian',
  'photodetection',
  'photon-counting',
  'self-test',
  'steady',
  'structs',
].map((name) => `test/gpu/${name}.test.ts`);

/** What stands in for the page. */
export const inNode = {
  alias: [
    { find: /^\.\/in-page$/, replacement: join(import.meta.dirname, 'in-dawn.ts') },
    { find: /^.*\/page\/threads$/, replacement: join(import.meta.dirname, 'threads.ts') },
  ],
};
