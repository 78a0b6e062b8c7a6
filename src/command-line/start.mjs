/**
 * Set-up for `npm start`, `npm test` and the other scripts, on a machine with nothing but Node and npm: installs the packages
 * and builds, each only where it is missing or out of date and as far as it is needed, then hands over.
 * Plain JavaScript without dependencies; says what it does on standard error.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { leave, Signals } from './signals.mjs';

const [mode, ...args] = process.argv.slice(2);
// The tests, the benchmarks and the page's server have signals to themselves.
const signals = ['lab', 'ensemble', 'set-up', 'build'].includes(mode) ? new Signals() : undefined;

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const dist = join(root, 'dist');

/**
 * The parts that are built, and what each is made of.
 * @type {Readonly<Record<'command-line' | 'page' | 'package', readonly string[]>>}
 */
const parts = {
  'command-line': ['shaders', 'src', 'package-lock.json', 'vite.config.ts'],
  page: ['components', 'shaders', 'src', 'index.html', 'embed.html', 'package-lock.json', 'vite.config.ts'],
  package: [
    ...['build', 'components', 'shaders', 'src'],
    ...['CITATION.cff', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'],
  ],
};
/** @typedef {keyof typeof parts} Part */

// What can no longer be said is no reason to end: without a listener it would be.
process.stderr.on('error', () => {});

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);

if (signals !== undefined && mode !== 'build')
  signals.heard = (name) => {
    say(`${name} before the run began: nothing is lost, the same command starts it again.`);
    leave(name);
  };

/**
 * Ends with one line that says why.
 * @param {string} line
 * @returns {never}
 */
function fail(line) {
  say(line);
  process.exit(1);
}

function checkNode() {
  const { engines } = readJson('package.json');
  const [major, minor] = engines.node.match(/\d+/g).map(Number);
  const [hasMajor, hasMinor] = process.versions.node.split('.').map(Number);
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor)) return;
  fail(`Node ${engines.node.slice(2)} or newer is needed; this is ${process.versions.node}.`);
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

/**
 * Whether node_modules holds the lock file's packages; those for other platforms it may leave out.
 * @param {boolean} forTests whether those that only tests need are among them
 */
function isInstalled(forTests) {
  const record = join('node_modules', '.package-lock.json');
  if (!existsSync(join(root, record))) return false;
  const installed = readJson(record).packages;
  return Object.entries(readJson('package-lock.json').packages).every(
    ([path, { version, optional, dev, devOptional }]) =>
      path === '' ||
      (installed[path] ? installed[path].version === version : optional || devOptional || (dev && !forTests)),
  );
}

/** Whether packages that only tests need are there: they are not to be thrown away. */
const hasTestPackages = () => existsSync(join(root, 'node_modules', 'vitest'));

/**
 * Runs a part of the set-up in a process of its own, which says what it does on standard error. A signal ends it too.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<boolean>} whether it did what it was to do
 */
async function succeeds(program, args, options = {}) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 2, 2] });
  const ended = new Promise((resolve) => child.on('close', resolve).on('error', () => resolve(null)));
  if (signals === undefined) return (await ended) === 0;
  const { heard } = signals;
  /** @type {import('./signals.mjs').SignalName | undefined} */
  let received;
  signals.heard = (name) => {
    received ??= name;
    child.kill();
  };
  const status = await ended;
  signals.heard = heard;
  if (received !== undefined) heard(received);
  return status === 0;
}

/** @param {boolean} asked whether tests are to run */
async function installPackages(asked) {
  if (isInstalled(asked)) return;
  const forTests = asked || hasTestPackages();
  say(`Installing ${forTests ? 'all packages' : 'the packages that it runs with'} (npm ci), once.`);
  // npm names its own script; run by plain node, the npm on the PATH must do.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel', 'error', ...(forTests ? [] : ['--omit=dev'])];
  const installed = npm?.endsWith('.js')
    ? await succeeds(process.execPath, [npm, ...args], { cwd: root })
    : await succeeds('npm', args, { cwd: root, shell: process.platform === 'win32' });
  if (!installed) fail('npm ci failed; its reason is above.');
}

/**
 * One number for everything that a part is made of.
 * @param {Part} part
 */
function fingerprint(part) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = (path) => {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  };
  for (const source of parts[part]) {
    if (!existsSync(join(root, source))) continue;
    if (source.includes('.')) add(source);
    else {
      const entries = readdirSync(join(root, source), { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name));
      for (const file of files.sort()) add(file.slice(root.length + 1));
    }
  }
  return hash.digest('hex');
}

/** @param {Part} part */
const stampOf = (part) => join(dist, `${part}.fingerprint`);

/**
 * Whether dist/ holds just what the sources say.
 * @param {Part} part
 */
function isBuilt(part) {
  const stamp = stampOf(part);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(part);
}

/** @param {Part} part */
async function build(part) {
  say(`Building the ${part.replace('-', ' ')}, once.`);
  const print = fingerprint(part);
  // Built beside, then moved: a build cut short, or two at once, never leave a half of each.
  const staging = join(dist, `building-${part}-${process.pid}`);
  // However it ends.
  const clear = () => rmSync(staging, { recursive: true, force: true });
  process.on('exit', clear);
  const { build } = await import('vite');
  // Libraries have slower builds for development and tests, which whoever calls may be about.
  const { NODE_ENV = '' } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    const ssr = part === 'command-line' ? 'src/command-line/main.ts' : false;
    // What a command uses of its libraries beside its own code: it starts sooner than from their files. The GPU and HDF5 are there for some alone.
    const bundled = { noExternal: /** @type {const} */ (true), external: ['webgpu', 'h5wasm'] };
    if (part !== 'package')
      await build({ root, logLevel: 'warn', ssr: bundled, build: { ssr, outDir: staging } });
    else await (await import('../../build/package.mjs')).buildPackage(staging);
    rmSync(stampOf(part), { force: true });
    rmSync(join(dist, part), { recursive: true, force: true });
    renameSync(staging, join(dist, part));
    writeFileSync(stampOf(part), print);
  } finally {
    if (NODE_ENV) process.env.NODE_ENV = NODE_ENV;
    else delete process.env.NODE_ENV;
    clear();
  }
}

/** Serves the built page until it is stopped, and opens it where there is a desktop to open it on. */
async function servePage() {
  const { preview } = await import('vite');
  const desktop = process.stdout.isTTY && !process.env.CI && !process.env.SSH_CONNECTION;
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const server = await preview({
    root,
    build: { outDir: join(dist, 'page') },
    preview: { host: '127.0.0.1', open: Boolean(desktop && display) },
  });
  say(`The lab is at ${server.resolvedUrls?.local[0]} (Ctrl-C stops it).`);
}

/** @param {string[]} args */
async function runTests(args) {
  // In this process, so that what ends it ends the tests too.
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  process.argv = [process.execPath, vitest, 'run', ...args];
  await import(pathToFileURL(vitest).href);
}

/**
 * @param {string[]} args
 * @param {boolean} [drawsFigure4]
 */
async function runLab(args, drawsFigure4) {
  const { main } = await import(pathToFileURL(join(dist, 'command-line', 'main.js')).href);
  const status = await main(args, { signals, drawsFigure4 });
  // Threads and a GPU's driver keep a process alive that has nothing left to do; once all is said it ends, whatever they do then.
  process.stderr.write('', () => process.exit(status));
}

/**
 * Runs the benchmarks from their sources: they are no part of what is built.
 * @param {string[]} args
 */
async function runBench(args) {
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    server: { middlewareMode: true, watch: null },
    logLevel: 'warn',
  });
  try {
    const { main } = await server.ssrLoadModule('/test/bench/main.ts');
    await main(args);
  } finally {
    await server.close();
  }
}

/**
 * What each mode needs built; those that are not here need no more than the packages.
 * @type {Readonly<Record<string, readonly Part[]>>}
 */
const needs = {
  lab: ['command-line'],
  ensemble: ['command-line'],
  page: ['page'],
  site: ['page'],
  bench: ['command-line', 'page'],
  package: ['package'],
  // Tests run from the sources: those that need what is built call for it by this mode.
  'set-up': ['command-line', 'page'],
};

checkNode();
await installPackages(!['lab', 'ensemble', 'page', 'build'].includes(mode));
for (const part of (needs[mode] ?? []).filter((part) => !isBuilt(part))) {
  // In a process of its own: a build takes half a gigabyte, which the run is not to hold on to.
  if (!(await succeeds(process.execPath, [fileURLToPath(import.meta.url), 'build', part])))
    fail('The build failed; its reason is above.');
}
if (mode === 'build') {
  for (const part of /** @type {Part[]} */ (args.length > 0 ? args : needs['set-up'])) await build(part);
}
if (mode === 'page') await servePage();
if (mode === 'site') {
  const { buildSite } = await import('../../docs/site/build.mjs');
  await buildSite();
  say('The site is in dist/site.');
}
if (mode === 'lab') await runLab(args);
if (mode === 'ensemble') await runLab(['trajectories', '--out', 'results', ...args], true);
if (mode === 'test') await runTests(args);
if (mode === 'bench') await runBench(args);
