/** A folder that pages save their files into. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';

export interface SavedFiles {
  /** From now on the page saves here. */
  readonly of: (page: Page) => Promise<void>;
  /** The path of a file of that name, once it is there whole: a browser renames what it has finished. */
  readonly path: (name: string) => Promise<string>;
  readonly bytes: (name: string) => Promise<Buffer>;
  readonly text: (name: string) => Promise<string>;
  readonly remove: () => void;
}

export function savedFiles(): SavedFiles {
  const folder = mkdtempSync(join(tmpdir(), 'lab-files-'));
  const path = async (name: string) => {
    const found = join(folder, name);
    while (!existsSync(found)) await new Promise((resolve) => setTimeout(resolve, 20));
    return found;
  };
  return {
    async of(page) {
      const session = await page.createCDPSession();
      await session.send('Browser.setDownloadBehavior', {
        behavior: 'allow',
        downloadPath: folder,
        browserContextId: page.browserContext().id!,
      });
    },
    path,
    bytes: async (name) => readFileSync(await path(name)),
    text: async (name) => readFileSync(await path(name), 'utf8'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
