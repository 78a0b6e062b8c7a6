/** Debian's own packages, where this process may install them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { say } from '../../src/command-line/outlets';

function mayInstall(): boolean {
  const release = '/etc/os-release';
  return (
    process.getuid?.() === 0 && existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'))
  );
}

/** Installs them on Debian as root, with apt-get's words on standard error; elsewhere does nothing: look for them after. */
export function installOnDebian(...names: string[]): void {
  if (!mayInstall()) return;
  say(`No ${names.join(' and ')} found: installing with apt-get, once.`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...names]]) {
    const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: environment });
    if (status !== 0) return;
  }
}
