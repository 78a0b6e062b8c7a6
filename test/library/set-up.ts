/** Packs the package and installs it in an empty project, once for all tests that use it there. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** a folder with the package installed in it */
    consumer: string;
    /** the tarball that it was installed from */
    tarball: string;
  }
}

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly link?: boolean;
}

const root = join(import.meta.dirname, '..', '..');

export function npm(folder: string, ...args: string[]): string {
  const own = process.env.npm_execpath;
  const [program, ...first] = own?.endsWith('.js') ? [process.execPath, own] : ['npm'];
  const shell = program === 'npm' && process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync(program, [...first, ...args], {
    ...{ cwd: folder, encoding: 'utf8', shell },
    // What has been installed here once is not asked for again.
    env: { ...process.env, npm_config_prefer_offline: 'true', npm_config_loglevel: 'error' },
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** The packages that the package depends on, as this repository's lock file has them: the registry need not be asked which there are. */
function dependenciesOf(packages: Readonly<Record<string, Locked>>): Record<string, Locked> {
  const found: Record<string, Locked> = {};
  const add = ({ dependencies = {} }: Locked, from: string): void => {
    for (const name of Object.keys(dependencies)) {
      const nested = `${from}/node_modules/${name}`;
      const path = nested in packages ? nested : `node_modules/${name}`;
      if (path in found) continue;
      found[path] = packages[path];
      add(packages[path], path);
    }
  };
  add(packages[''], '');
  return found;
}

function install(folder: string, tarball: string): void {
  const { version, dependencies, bin, peerDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const project = { name: 'consumer', version: '1.0.0', private: true, type: 'module' };
  const wanted = { dependencies: { 'dicke-bistability-lab': `file:${tarball}` } };
  const own = {
    version,
    resolved: `file:${tarball}`,
    dependencies,
    bin,
    peerDependencies,
    peerDependenciesMeta,
  };
  const locked = {
    '': { ...project, ...wanted },
    'node_modules/dicke-bistability-lab': own,
    ...dependenciesOf(packages),
  };
  mkdirSync(folder);
  const write = (name: string, of: object) => writeFileSync(join(folder, name), JSON.stringify(of));
  write('package.json', { ...project, ...wanted });
  write('package-lock.json', { name: project.name, lockfileVersion: 3, requires: true, packages: locked });
  npm(folder, 'ci', '--no-audit', '--no-fund');
}

export default function setUp(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'dicke-bistability-lab-'));
  npm(root, 'pack', '--pack-destination', folder);
  const tarball = join(folder, readdirSync(folder)[0]);
  const consumer = join(folder, 'consumer');
  install(consumer, tarball);
  project.provide('consumer', consumer);
  project.provide('tarball', tarball);
  return () => rmSync(folder, { recursive: true, force: true });
}
