/** The page of the lab without a face, built and served. */
import { mkdirSync } from 'node:fs';
import { build, preview } from 'vite';

const page = 'test/gpu/headless.html';
const outDir = 'dist/headless';

/** Its modules in a few files: a page of it takes a third of what the sources' hundreds take. */
export async function buildHeadless(): Promise<void> {
  await build({ logLevel: 'warn', build: { outDir, minify: false, rolldownOptions: { input: page } } });
}

/** Serves it as soon as it is built. */
export async function serveHeadless(): Promise<{ address: string; close: () => Promise<void> }> {
  mkdirSync(outDir, { recursive: true });
  const server = await preview({ build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  return { address: new URL(page, server.resolvedUrls!.local[0]).href, close: () => server.close() };
}
