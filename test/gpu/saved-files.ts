/** A folder that pages save their files into. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { patience } from '../browser/chromium';

export interface SavedFiles {
  /** From now on the page saves here. */
  readonly of: (page: Page) => Promise<void>;
  /** The path of a file of that name, once the browser says that it is there whole: it may be seen while it is written. */
  readonly path: (name: string) => Promise<string>;
  readonly bytes: (name: string) => Promise<Buffer>;
  readonly text: (name: string) => Promise<string>;
  readonly remove: () => void;
}

export function savedFiles(): SavedFiles {
  const folder = mkdtempSync(join(tmpdir(), 'lab-files-'));
  const finished = new Set<string>();
  const path = async (name: string) => {
    const end = Date.now() + patience;
    while (!finished.has(name)) {
      if (Date.now() > end) throw new Error(`${name} was not saved, but ${[...finished].join(', ')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return join(folder, name);
  };
  return {
    async of(page) {
      const session = await page.createCDPSession();
      const names = new Map<string, string>();
      session.on('Browser.downloadWillBegin', ({ guid, suggestedFilename }) =>
        names.set(guid, suggestedFilename),
      );
      session.on('Browser.downloadProgress', ({ guid, state }) => {
        if (state === 'completed') finished.add(names.get(guid)!);
      });
      await session.send('Browser.setDownloadBehavior', {
        behavior: 'allow',
        downloadPath: folder,
        browserContextId: page.browserContext().id!,
        eventsEnabled: true,
      });
    },
    path,
    bytes: async (name) => readFileSync(await path(name)),
    text: async (name) => readFileSync(await path(name), 'utf8'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
