/** Finds the browser that computes; on Debian installs it where there is none. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installOnDebian } from './install-on-debian';

/** No browser to compute with: the message says what to install. */
export class NoChromiumError extends Error {
  override readonly name = 'NoChromiumError';
}

/** Names on the PATH, best first; Ubuntu's chromium-browser may be no more than a hint to install a snap. */
const names = [
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
  'chromium-browser',
];

/** Where installers put it on systems that keep programs off the PATH. */
function usualPlaces({ HOME = '', ...environment }: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      ['/Applications', join(HOME, 'Applications')].map((folder) =>
        join(folder, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    );
  }
  if (process.platform === 'win32') {
    const { PROGRAMFILES, 'PROGRAMFILES(X86)': programFiles86, LOCALAPPDATA } = environment;
    return [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Chromium', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ].flatMap((path) =>
      [PROGRAMFILES, programFiles86, LOCALAPPDATA].flatMap((root) => (root ? [join(root, ...path)] : [])),
    );
  }
  return [];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The Chromium, Chrome or Edge of this machine, or null. `CHROME_PATH` goes before every other place.
 * @throws NoChromiumError where CHROME_PATH leads nowhere: no other browser is to start in silence
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | null {
  const { CHROME_PATH: chosen } = environment;
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new NoChromiumError(`CHROME_PATH names ${chosen}, which is not a program that can be run.`);
  }
  const onPath = names.flatMap((name) =>
    (environment.PATH ?? '').split(delimiter).map((folder) => join(folder, name)),
  );
  return [...onPath, ...usualPlaces(environment)].find(isExecutable) ?? null;
}

/**
 * The browser's path, after installing it where that is possible (Debian, as root).
 * @throws NoChromiumError
 */
export function needChromium(): string {
  if (findChromium() === null) installOnDebian('chromium');
  const path = findChromium();
  if (path === null) {
    throw new NoChromiumError(
      'No Chromium, Chrome or Edge found to compute with. Install Chromium 134 or newer (on Debian: apt-get ' +
        'install chromium), or let the environment variable CHROME_PATH name its executable.',
    );
  }
  return path;
}
