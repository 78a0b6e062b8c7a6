/** Debian's own packages, where this process may install them. */
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '../../src/command-line/outlets';

function mayInstall(): boolean {
  const release = '/etc/os-release';
  return (
    process.getuid?.() === 0 && existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'))
  );
}

/** One process of the tests at a time: apt-get waits for no other that updates its lists. */
const lock = join(tmpdir(), 'dicke-bistability-lab-apt.lock');
const script = 'apt-get update && exec apt-get install --yes --no-install-recommends "$@"';

const options: SpawnOptions = {
  // Its words go to standard error.
  stdio: ['ignore', 2, 2],
  env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
};

/** The arguments of flock. */
function installing(names: readonly string[]): string[] {
  say(`No ${names.join(' and ')} found: installing with apt-get, once.`);
  return [lock, 'sh', '-c', script, 'apt-get', ...names];
}

/** Installs them on Debian as root; elsewhere, and where that fails, does nothing: look for them after. */
export function installOnDebian(...names: string[]): void {
  if (!mayInstall()) return;
  spawnSync('flock', installing(names), options);
}

/** The same while this process goes on. */
export async function installMeanwhile(...names: string[]): Promise<void> {
  if (!mayInstall()) return;
  const child = spawn('flock', installing(names), options);
  await new Promise((resolve) => child.on('close', resolve).on('error', resolve));
}
