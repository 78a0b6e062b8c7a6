import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const query = '?assembly';

/** `import binary from './name.ts?assembly'`: the bytes of an AssemblyScript file, compiled for WebAssembly. */
function assembly(): Plugin {
  return {
    name: 'assembly',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(query)) return null;
      const file = id.slice(0, -query.length);
      this.addWatchFile(file);
      const { default: asc } = await import('assemblyscript/asc');
      let binary = new Uint8Array();
      const options = ['--runtime', 'stub', '--importMemory', '--noAssert', '--enable', 'simd', '-O3'];
      const { error, stderr } = await asc.main([file, '--baseDir', '/', '--outFile', 'binary', ...options], {
        writeFile: (_name, contents) => {
          if (typeof contents !== 'string') binary = Uint8Array.from(contents);
        },
      });
      if (error) this.error(`${error.message}\n${stderr.toString()}`);
      const text = JSON.stringify(Buffer.from(binary).toString('base64'));
      return `export default Uint8Array.from(atob(${text}), (character) => character.charCodeAt(0));`;
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [assembly()],
  build: { target: 'es2022', outDir: 'dist/page' },
  worker: { format: 'es', plugins: () => [assembly()] },
  test: {
    reporters: ['default', './test/totals.ts'],
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'gpu',
          include: ['test/gpu/**/*.test.ts'],
          globalSetup: 'test/gpu/global-setup.ts',
          // One GPU, and on a software adapter all cores: one file at a time, after the unit tests.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
