/**
 * Builds the package: each source is a module of its own, so that who bundles takes no more than they use; each worker is one file without
 * imports, which any bundler takes for one; beside them their types.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, loadConfigFromFile, parseSync, Visitor } from 'vite';

const root = join(import.meta.dirname, '..');

/** What `exports` and `bin` of package.json name. */
const entries = [
  ...['in-page', 'in-node', 'gpu-in-page', 'gpu-in-node', 'node', 'element'].map(
    (name) => `src/library/${name}.ts`,
  ),
  'src/command-line/bin.ts',
];

/** How a worker is started: the address is that of its source, and becomes that of its file. Plain ones are their own. */
const workerAddress = /new URL\('([^']+)\.(ts|mjs)', import\.meta\.url\)/g;

/** Notes them, and names their files. */
function workers() {
  /** @type {Set<string>} */
  const found = new Set();
  return {
    name: 'workers',
    enforce: /** @type {const} */ ('pre'),
    found,
    transform: {
      filter: { code: workerAddress },
      handler(/** @type {string} */ code, /** @type {string} */ id) {
        const named = code.replaceAll(workerAddress, (address, path, ending) => {
          found.add(relative(root, join(dirname(id), `${path}.${ending}`)).replaceAll('\\', '/'));
          return ending === 'ts' ? address.replace(/\.ts'/, ".js'") : address;
        });
        return { code: named, map: null };
      },
    },
  };
}

/**
 * @param {string[]} input
 * @param {string} outDir
 * @param {import('vite').Rolldown.OutputOptions} output
 * @param {import('vite').SSROptions} ssr
 * @returns the sources of the workers that are started there
 */
async function bundle(input, outDir, output, ssr = {}) {
  const environment = /** @type {const} */ ({ command: 'build', mode: 'production' });
  const loaded = await loadConfigFromFile(environment, join(root, 'vite.config.ts'));
  const { plugins = [] } = loaded?.config ?? {};
  const started = workers();
  const rolldownOptions = { input, output, checks: { pluginTimings: false } };
  await build({
    ...{ root, configFile: false, logLevel: 'warn', plugins: [...plugins, started], ssr },
    build: { ssr: true, target: 'es2022', outDir, emptyOutDir: false, rolldownOptions },
  });
  return started.found;
}

/**
 * Relative imports of a declaration with the endings that Node's resolution asks for.
 * @param {string} file
 */
function nameEndings(file) {
  const text = readFileSync(file, 'utf8');
  const { program, module } = parseSync(file, text, { lang: 'dts' });
  /** @type {Map<number, { start: number, end: number, value: unknown }>} */
  const places = new Map();
  const add = (/** @type {{ start: number, end: number, value: unknown } | null} */ place) =>
    place && places.set(place.start, place);
  for (const { moduleRequest } of module.staticImports) add(moduleRequest);
  for (const { entries } of module.staticExports) for (const { moduleRequest } of entries) add(moduleRequest);
  new Visitor({ TSImportType: ({ source }) => add(source) }).visit(program);
  let changed = text;
  for (const { start, end, value } of [...places.values()].sort((a, b) => b.start - a.start))
    if (String(value).startsWith('.') && !/\.js(on)?$/.test(String(value)))
      changed = `${changed.slice(0, start)}'${value}.js'${changed.slice(end)}`;
  writeFileSync(file, changed);
}

/** @param {string} outDir */
export async function buildPackage(outDir) {
  const started = await bundle(entries, outDir, {
    preserveModules: true,
    // No package carries folders of that name.
    entryFileNames: ({ name }) => `${name.replace('node_modules', 'libraries')}.js`,
  });
  for (const worker of started) {
    if (worker.endsWith('.mjs')) cpSync(join(root, worker), join(outDir, worker));
    else {
      const whole = { codeSplitting: false, entryFileNames: worker.replace(/\.ts$/, '.js') };
      await bundle([worker], outDir, whole, { target: 'webworker', noExternal: true, external: ['h5wasm'] });
    }
  }
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'build'), '--outDir', outDir], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The types could not be written.');
  for (const file of readdirSync(outDir, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.d.ts')) nameEndings(join(outDir, file));
}
