/** Builds the site to dist/site: the guide and the API by TypeDoc, its live examples, and the lab beside them. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const here = import.meta.dirname;
const dist = join(here, '..', '..', 'dist');

/** @param {string} command @param {string[]} args */
function must(command, args) {
  const { status } = spawnSync(command, args, { cwd: here, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed; its reason is above.`);
}

/** Whether TypeDoc is there in the version that the lock file says. */
function isInstalled() {
  const [lock, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map((name) =>
    join(here, name),
  );
  if (!existsSync(installed)) return false;
  const versionIn = (/** @type {string} */ file) =>
    JSON.parse(readFileSync(file, 'utf8')).packages['node_modules/typedoc']?.version;
  return versionIn(installed) === versionIn(lock);
}

export async function buildSite() {
  if (!isInstalled()) must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error']);
  // Built beside, then moved: a build cut short leaves no half of it.
  const staging = join(dist, `building-site-${process.pid}`);
  try {
    must(process.execPath, [join('node_modules', 'typedoc', 'bin', 'typedoc'), '--out', staging]);
    await build({
      configFile: join(here, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: join(staging, 'live') },
    });
    cpSync(join(dist, 'page'), join(staging, 'lab'), { recursive: true });
    rmSync(join(dist, 'site'), { recursive: true, force: true });
    renameSync(staging, join(dist, 'site'));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
