/** Runs functions of test modules inside the page, where the GPU is. */
import type { Browser, Page } from 'puppeteer-core';
import { inject } from 'vitest';
import { launchChromium, patience } from '../browser/chromium';

declare global {
  /** Set by blank.html: Vite would rewrite an `import()` written here into something no page knows. */
  var callExport: (address: string, name: string, args: unknown[]) => unknown;
}

let browser: Browser | undefined;
const pages = new Map<string, Page>();

/**
 * A page of the test server, for tests of the lab itself.
 * @param path below the repository's root, with query and hash: `test/gpu/headless.html`
 */
export async function openPage(path: string): Promise<Page> {
  browser ??= await launchChromium();
  const page = await browser.newPage();
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
  let page = pages.get('blank');
  if (page === undefined) {
    page = await openPage('test/gpu/blank.html');
    pages.set('blank', page);
  }
  const address = new URL(module, inject('pageAddress')).href;
  return (await page.evaluate(
    (address: string, name: string, args: unknown[]) => globalThis.callExport(address, name, args),
    address,
    name,
    args,
  )) as Result;
}

/** After every file, for files share this module: set-up.ts calls it. */
export async function closePages(): Promise<void> {
  await browser?.close();
  pages.clear();
  browser = undefined;
}
