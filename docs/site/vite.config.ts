/** The live examples of the guide: one module, and the library's worker. */
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { assembly } from '../../vite.config.ts';

export default defineConfig({
  base: './',
  publicDir: false,
  plugins: [assembly()],
  worker: { format: 'es', plugins: () => [assembly()] },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: join(import.meta.dirname, 'live.ts'),
      output: { entryFileNames: 'live.js' },
      preserveEntrySignatures: 'strict',
    },
  },
});
