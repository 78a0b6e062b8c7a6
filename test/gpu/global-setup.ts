/** One Vite server for all tests of the `gpu` project, and before they begin the page, built, and Chromium, which each file starts for itself. */

import { spawnSync } from 'node:child_process';
import { build, createServer, preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { needChromium } from '../browser/find-chromium';

declare module 'vitest' {
  export interface ProvidedContext {
    /** address of the repository's root, as the server gives it */
    pageAddress: string;
    /** address of the lab without a face, built */
    headlessAddress: string;
  }
}

/** Its modules in a few files: a page of it takes a third of what the sources' hundreds take. */
async function builtHeadless() {
  const page = 'test/gpu/headless.html';
  const outDir = 'dist/headless';
  await build({ logLevel: 'warn', build: { outDir, minify: false, rolldownOptions: { input: page } } });
  const server = await preview({ build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  return { server, address: new URL(page, server.resolvedUrls!.local[0]).href };
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await createServer({
    // Own cache and fixed list: a dependency found late would reload the page in the middle of a test.
    cacheDir: 'dist/.vite-test',
    optimizeDeps: { noDiscovery: true, include: ['lit', 'lit/decorators.js', 'ml-matrix', 'uplot'] },
    server: {
      ...{ host: '127.0.0.1', port: 0, hmr: false, watch: null },
      // Nothing changes while it serves: a browser need not ask for each of some hundred modules again at every page.
      headers: { 'Cache-Control': 'max-age=86400, immutable' },
    },
    logLevel: 'warn',
  });
  await server.listen();
  // On a bare machine the command line is tested in what this installs.
  needChromium();
  const { status } = spawnSync(process.execPath, ['src/command-line/start.mjs', 'set-up'], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The page could not be built.');
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The test server has no address.');
  project.provide('pageAddress', address);
  const headless = await builtHeadless();
  project.provide('headlessAddress', headless.address);
  return async () => {
    await Promise.all([server.close(), headless.server.close()]);
  };
}
