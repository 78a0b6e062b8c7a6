import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
/// <reference types="vitest/config" />
import { defineConfig, type Plugin } from 'vite';
import { inNode, kernelTests } from './test/kernels/project.ts';
import { SlowFirst } from './test/slow-first.ts';

const options = ['--runtime', 'stub', '--importMemory', '--noAssert', '--enable', 'simd', '-O3'];
/** By query; 65536 pages are all that 32 bits address. */
const optionsOf: Readonly<Record<string, readonly string[]>> = {
  '?real-assembly': [...options, '--use', 'Scalar=f64'],
  '?complex-assembly': [...options, '--use', 'Scalar=v128'],
  '?float32-assembly': [...options, '--use', 'Real=f32'],
  '?float64-assembly': [...options, '--use', 'Real=f64'],
  '?shared-assembly': [...options, '--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'],
};

/** Compiled modules by their sources: page, worker and command line share one, and later builds and tests, for compiling takes seconds. */
const compiled = new Map<string, Promise<string>>();
const kept = join(import.meta.dirname, 'dist', 'assembly');

async function compiledOnce(file: string, options: readonly string[], key: string): Promise<string> {
  const path = join(kept, `${createHash('sha256').update(key).digest('hex')}.js`);
  mkdirSync(kept, { recursive: true });
  const lock = `${path}.lock`;
  // What another process compiles is waited for.
  while (!existsSync(path) && !takes(lock)) await setTimeout(50);
  try {
    if (existsSync(path)) return readFileSync(path, 'utf8');
    const module = await compile(file, options);
    // Moved when it is whole: whoever came after the longest wait may be at it too.
    const part = `${path}.${process.pid}.part`;
    writeFileSync(part, module);
    renameSync(part, path);
    return module;
  } finally {
    // Where it was not taken there is none any more, but for one that was given up.
    rmSync(lock, { force: true });
  }
}

/** Of one who was killed, ms: compiling takes two seconds at most where nothing else runs. */
const longestWait = 30_000;

/** Whether a lock was to be had, and is taken. */
function takes(lock: string): boolean {
  try {
    const { mtimeMs } = statSync(lock, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs !== undefined && Date.now() - mtimeMs > longestWait) rmSync(lock, { force: true });
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** An AssemblyScript file with what it imports from its folder, as a module that holds the bytes of the WebAssembly. */
async function compile(file: string, options: readonly string[]): Promise<string> {
  const { default: asc } = await import('assemblyscript/asc');
  let binary = new Uint8Array();
  const files = [basename(file), '--baseDir', dirname(file), '--outFile', 'binary'];
  const { error, stderr } = await asc.main([...files, ...options], {
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = Uint8Array.from(contents);
    },
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const text = JSON.stringify(Buffer.from(binary).toString('base64'));
  return `const text = atob(${text});
const bytes = new Uint8Array(text.length);
for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
export default bytes;`;
}

/**
 * `import binary from './name.ts?shared-assembly'`: the bytes of an AssemblyScript file, compiled for WebAssembly and a memory that threads
 * share; with `?float32-assembly` and `?float64-assembly` for a precision that it names Real, with `?real-assembly` and `?complex-assembly`
 * for numbers that it names Scalar.
 */
export function assembly(): Plugin {
  return {
    name: 'assembly',
    enforce: 'pre',
    async load(id) {
      const [file, query] = id.split(/(?=\?)/);
      const options = optionsOf[query ?? ''];
      if (options === undefined) return null;
      const folder = dirname(file);
      const sources = readdirSync(folder).map((name) => join(folder, name));
      for (const source of sources) this.addWatchFile(source);
      const texts = sources.map((source) => readFileSync(source, 'utf8'));
      const key = [basename(file), ...options, ...texts].join('\0');
      const module = compiled.get(key) ?? compiledOnce(file, options, key);
      compiled.set(key, module);
      return module;
    },
  };
}

const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self' blob: data:";

/** What the page asks of the browser that shows it. `index.html` says as much as it can itself, for hosts that send none. */
const headers = {
  'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** The one page that others may frame, isolated ones among them. */
const framedHeaders = {
  ...headers,
  'Content-Security-Policy': policy,
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** `npm start` gives the page for `/`, the built files by their names, 404 for all else, and each with the headers. */
function servedPage(): Plugin {
  return {
    name: 'served-page',
    config: (_config, { isPreview }) => (isPreview ? { appType: 'custom' } : {}),
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const own = /^\/embed\.html(?=$|\?)/.test(request.url ?? '') ? framedHeaders : headers;
        for (const [name, value] of Object.entries(own)) response.setHeader(name, value);
        request.url = request.url?.replace(/^\/(?=$|\?)/, '/index.html');
        next();
      });
    },
  };
}

/** Compiling AssemblyScript takes seconds, and may. */
const rolldownOptions = { checks: { pluginTimings: false } };

/**
 * Files at once: two more than cores, for some wait, for jobs of a queue or for a command line's end; of pages, which draw a frame and wait for
 * the next, one more.
 */
const workers = availableParallelism() + 2;
const pages = availableParallelism() + 1;

export default defineConfig({
  base: './',
  plugins: [assembly(), servedPage()],
  build: {
    target: 'es2022',
    outDir: 'dist/page',
    rolldownOptions: { ...rolldownOptions, input: ['index.html', 'embed.html'] },
  },
  worker: { format: 'es', plugins: () => [assembly()], rolldownOptions },
  test: {
    reporters: ['default', './test/totals.ts'],
    // Against a run that hangs; how long one takes is the machine's affair.
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          maxWorkers: workers,
          // Files of one process share the modules that they import: that halves what they take.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          // Processes that mostly wait: beside the unit tests.
          name: 'command-line',
          include: ['test/command-line/**/*.test.ts'],
          globalSetup: 'test/command-line/set-up.ts',
          setupFiles: 'test/preparation/ready.ts',
          maxWorkers: workers,
        },
      },
      {
        extends: true,
        resolve: inNode,
        test: {
          name: 'kernels',
          include: kernelTests,
          globalSetup: 'test/kernels/software-adapter.ts',
          setupFiles: 'test/preparation/ready.ts',
          // As the unit tests; they share a device, what it has compiled, and the twins, too.
          isolate: false,
          maxWorkers: workers,
        },
      },
      {
        extends: true,
        test: {
          // The package, packed and installed in a project of its own.
          name: 'library',
          include: ['test/library/**/*.test.ts'],
          globalSetup: 'test/library/set-up.ts',
          setupFiles: 'test/preparation/ready.ts',
          maxWorkers: workers,
        },
      },
      {
        extends: true,
        test: {
          // Jobs of a queue, which take their time and little else: beside them too.
          name: 'cluster',
          include: ['test/cluster/**/*.test.ts'],
          globalSetup: 'test/command-line/set-up.ts',
          setupFiles: 'test/preparation/ready.ts',
          maxWorkers: workers,
        },
      },
      {
        extends: true,
        test: {
          name: 'gpu',
          include: ['test/gpu/**/*.test.ts'],
          exclude: kernelTests,
          globalSetup: 'test/gpu/global-setup.ts',
          setupFiles: ['test/preparation/ready.ts', 'test/gpu/set-up.ts'],
          // As the unit tests; what a file opens it closes.
          isolate: false,
          // One GPU, and on a software adapter all cores: after the unit tests.
          maxWorkers: pages,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
