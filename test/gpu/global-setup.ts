/** One Vite server for all tests of the `gpu` project, another for the lab without a face, and what they run with: the built page, and Chromium. */
import { createServer } from 'vite';
import type { TestProject } from 'vitest/node';
import { prepare } from '../preparation/prepare';
import { serveHeadless } from './headless-page';

declare module 'vitest' {
  export interface ProvidedContext {
    /** address of the repository's root, as the server gives it */
    pageAddress: string;
    /** address of the lab without a face, built */
    headlessAddress: string;
  }
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
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The test server has no address.');
  project.provide('pageAddress', address);
  const headless = await serveHeadless();
  project.provide('headlessAddress', headless.address);
  const end = prepare(project, 'chromium', 'command line', 'page', 'headless');
  return async () => {
    await Promise.all([end(), server.close(), headless.close()]);
  };
}
