/** Runs functions of test modules inside the page, where the GPU is. */
import type { Page } from 'puppeteer-core';
import { inject } from 'vitest';
import { patience } from '../browser/chromium';
import { sharedBrowser } from './shared-browser';

declare global {
  /** Set by blank.html: Vite would rewrite an `import()` written here into something no page knows. */
  var callExport: (address: string, name: string, args: unknown[]) => unknown;
}

const opened: Page[] = [];
let blank: Page | undefined;

/**
 * A page of the test server, for tests of the lab itself.
 * @param path below the repository's root, with query and hash: `test/gpu/blank.html`; or a whole address
 */
export async function openPage(path: string): Promise<Page> {
  const page = await (await sharedBrowser()).newPage();
  opened.push(page);
  page.setDefaultTimeout(patience);
  await page.goto(new URL(path, inject('pageAddress')).href);
  return page;
}

/**
 * Calls an exported function of a module in the page and returns what it returns. Arguments and result
 * travel as JSON; an error thrown there rejects here with its stack.
 * @param module path below the repository's root, such as `test/gpu/kernels/philox.ts`
 */
export async function inPage<Result>(module: string, name: string, ...args: unknown[]): Promise<Result> {
  blank ??= await openPage('test/gpu/blank.html');
  const address = new URL(module, inject('pageAddress')).href;
  return (await blank.evaluate(
    (address: string, name: string, args: unknown[]) => globalThis.callExport(address, name, args),
    address,
    name,
    args,
  )) as Result;
}

/** After every file, for files share this module: set-up.ts calls it. */
export async function closePages(): Promise<void> {
  blank = undefined;
  await Promise.all(opened.splice(0).map((page) => (page.isClosed() ? undefined : page.close())));
}
