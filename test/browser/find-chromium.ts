/**
 * Finds the browser that computes; on Debian installs it where there is none. A headless shell is Chromium without its
 * windows: the same GPU code and, at N = 110's gap, 0.33 GB instead of 0.54 with all its processes.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { excerpt } from '../../src/parameters/errors';
import { installMeanwhile, installOnDebian } from './install-on-debian';

/** No browser to compute with: the message says what to install. */
export class NoChromiumError extends Error {
  override readonly name = 'NoChromiumError';
}

const headlessShells = ['chromium-headless-shell', 'chrome-headless-shell'];

/** Names on the PATH, best first; Ubuntu's chromium-browser may be no more than a hint to install a snap. */
const browsers = [
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

/** `CHROME_PATH` goes before every other place: no other browser is to start in silence. */
function chosen({ CHROME_PATH: path }: NodeJS.ProcessEnv): string | null {
  if (!path || isExecutable(path)) return path || null;
  throw new NoChromiumError(`CHROME_PATH names ${excerpt(path)}, which is not a program that can be run.`);
}

function onPath(names: readonly string[], { PATH = '' }: NodeJS.ProcessEnv): string | null {
  const places = names.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  return places.find(isExecutable) ?? null;
}

/**
 * The Chromium, Chrome or Edge of this machine, or null.
 * @throws NoChromiumError where CHROME_PATH leads nowhere
 */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): string | null {
  return (
    chosen(environment) ??
    onPath(browsers, environment) ??
    usualPlaces(environment).find(isExecutable) ??
    null
  );
}

/**
 * What computes without a window: a headless shell, else a whole browser, or null.
 * @throws NoChromiumError where CHROME_PATH leads nowhere
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | null {
  return chosen(environment) ?? onPath(headlessShells, environment) ?? findBrowser(environment);
}

/** Debian's, best first. */
const packages = ['chromium-headless-shell', 'chromium'];

/** @throws NoChromiumError */
function found(find: () => string | null): string {
  const path = find();
  if (path === null) {
    throw new NoChromiumError(
      'No Chromium, Chrome or Edge found to compute with. Install Chromium 134 or newer (on Debian: apt-get ' +
        'install chromium), or let the environment variable CHROME_PATH name its executable.',
    );
  }
  return path;
}

/**
 * The path of one of the two, after installing the first of the packages that Debian has where there is none.
 * @throws NoChromiumError
 */
function need(find: () => string | null, names: readonly string[]): string {
  for (const name of names) if (find() === null) installOnDebian(name);
  return found(find);
}

/** A whole browser. @throws NoChromiumError */
export const needBrowser = () => need(findBrowser, ['chromium']);

/** What computes without a window. @throws NoChromiumError */
export const needChromium = () => need(findChromium, packages);

/** Installs what `needChromium` would, while this process goes on. @throws NoChromiumError */
export async function prepareChromium(): Promise<void> {
  for (const name of packages) if (findChromium() === null) await installMeanwhile(name);
  found(findChromium);
}
