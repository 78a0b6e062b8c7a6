// Plain JavaScript: start.mjs needs it on a machine where nothing is installed yet.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Names on the PATH, best first. */
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];

/** @type {Partial<Record<NodeJS.Platform, (environment: NodeJS.ProcessEnv) => string[]>>} */
const places = {
  darwin: ({ HOME = '' }) =>
    ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      [join('/Applications'), join(HOME, 'Applications')].map((folder) =>
        join(folder, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    ),
  win32: ({ PROGRAMFILES, 'PROGRAMFILES(X86)': programFiles86, LOCALAPPDATA }) =>
    [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Chromium', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ].flatMap((path) =>
      [PROGRAMFILES, programFiles86, LOCALAPPDATA].flatMap((root) => (root ? [join(root, ...path)] : [])),
    ),
};

/** @param {string} path */
function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The Chromium, Chrome or Edge of this machine, or null. `CHROME_PATH` goes before every other place, and
 * is not checked: where it is wrong the launch should say so rather than silently use another browser.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | null}
 */
export function findChromium(environment = process.env) {
  if (environment.CHROME_PATH) return environment.CHROME_PATH;
  const onPath = names.flatMap((name) =>
    (environment.PATH ?? '').split(delimiter).map((folder) => join(folder, name)),
  );
  const usual = places[process.platform]?.(environment) ?? [];
  return [...onPath, ...usual].find(executable) ?? null;
}
