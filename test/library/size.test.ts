/** What a page takes of the package: no more than it uses. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';
import { folderWith } from './consumer';

/** Gzipped bytes of the page's own code for a script, and the names of its modules that are the package's. */
async function bundled(script: string) {
  const folder = folderWith({ 'script.js': script });
  const { output } = (await build({
    ...{ root: folder, configFile: false, logLevel: 'warn' },
    build: {
      write: false,
      rolldownOptions: { input: join(folder, 'script.js'), checks: { pluginTimings: false } },
    },
  })) as Rolldown.RolldownOutput;
  const [entry] = output;
  return {
    bytes: gzipSync(entry.code).length,
    modules: Object.keys(entry.modules).filter((name) => name.includes('/dist/package/')),
  };
}

test('the mean field alone takes less than 10 kB, and no other experiment', async () => {
  const { bytes, modules } = await bundled(
    `import { meanField } from 'dicke-bistability-lab';
    globalThis.field = meanField({ atoms: 54, ratio: 15.5, drive: 0.75 });`,
  );
  expect(bytes).toBeLessThan(10_000);
  expect(bytes).toBeGreaterThan(2_000);
  expect(modules.filter((name) => /registry|spectrum|trajectories/.test(name))).toEqual([]);
});

test('run takes less than 30 kB before the worker that computes', async () => {
  const { bytes, modules } = await bundled(
    `import { run } from 'dicke-bistability-lab';
    globalThis.gap = run('gap', { atoms: 54 });`,
  );
  expect(bytes).toBeLessThan(30_000);
  expect(modules.filter((name) => /liouvillian|\/gap-run|\/trajectories-run/.test(name))).toEqual([]);
});
