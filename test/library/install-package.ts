/** Packs the package and installs it in an empty project, once for all tests that use it there. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly link?: boolean;
}

const root = join(import.meta.dirname, '..', '..');

async function npm(folder: string, ...args: string[]): Promise<void> {
  const own = process.env.npm_execpath;
  const [program, ...first] = own?.endsWith('.js') ? [process.execPath, own] : ['npm'];
  const shell = program === 'npm' && process.platform === 'win32';
  const child = spawn(program, [...first, ...args], {
    ...{ cwd: folder, shell, stdio: ['ignore', 'ignore', 'pipe'] },
    // What has been installed here once is not asked for again.
    env: { ...process.env, npm_config_prefer_offline: 'true', npm_config_loglevel: 'error' },
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const status = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${said}`);
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

function install(folder: string, tarball: string): Promise<void> {
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
  const write = (name: string, of: object) => writeFileSync(join(folder, name), JSON.stringify(of));
  write('package.json', { ...project, ...wanted });
  write('package-lock.json', { name: project.name, lockfileVersion: 3, requires: true, packages: locked });
  return npm(folder, 'ci', '--no-audit', '--no-fund');
}

/** Where it is installed. */
export const consumerIn = (folder: string) => join(folder, 'consumer');

export async function installPackage(folder: string): Promise<void> {
  const consumer = consumerIn(folder);
  mkdirSync(consumer);
  await npm(root, 'pack', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  await install(consumer, join(folder, tarball));
}
