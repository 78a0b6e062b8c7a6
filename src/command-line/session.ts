/** One headless browser with the built page in it, for one run. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';
import sirv from 'sirv';
import type { DocumentOf } from '../experiments/registry';
import type { RunListeners, RunRequest } from '../experiments/run';
import { toError } from '../page/failure';
import type { Outcome } from '../page/messages';
import { launchChromium } from './chromium';

/** The signal stops the run at its next submit. */
type SessionListeners = Omit<RunListeners, 'gpu'>;

async function servePage(folder: string) {
  const server = createServer(sirv(folder));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/index.html#headless`, close: () => server.close() };
}

/** Rejects when the page can no longer answer. */
function breakdown(page: Page): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (what: string) => (cause?: unknown) =>
      reject(new Error(cause instanceof Error ? `${what}: ${cause.message}` : what, { cause }));
    page.browser().once('disconnected', fail('The browser ended in the middle of the run'));
    page.once('error', fail('The browser page crashed'));
    page.once('pageerror', fail('The page failed'));
  });
}

async function runInPage(
  page: Page,
  address: string,
  request: RunRequest,
  { signal, tell }: SessionListeners,
): Promise<Outcome> {
  await page.exposeFunction('dickeListener', tell);
  await page.goto(address);
  await page.waitForFunction('globalThis.dicke', { polling: 20 });
  signal.throwIfAborted();
  signal.addEventListener('abort', () => {
    // Where the page is gone the run has already failed, and says why.
    page.evaluate(() => dicke.cancel()).catch(() => {});
  });
  return page.evaluate((request) => dicke.run(request), request);
}

/**
 * Runs a request in a browser of its own, and ends that browser whatever happens.
 * @param pageFolder where the built page lies
 * @throws what the run threw; Error where the browser did not start or did not survive
 */
export async function runInBrowser(
  pageFolder: string,
  request: RunRequest,
  listeners: SessionListeners,
): Promise<DocumentOf> {
  const server = await servePage(pageFolder);
  try {
    // Over a pipe: should this process be killed, the browser ends too.
    const browser = await launchChromium({ pipe: true });
    try {
      // The one that the browser opens with: another would be another process.
      const [page] = await browser.pages();
      const outcome = await Promise.race([
        breakdown(page),
        runInPage(page, server.address, request, listeners),
      ]);
      if ('failure' in outcome) throw toError(outcome.failure);
      return outcome.document;
    } finally {
      await browser.close();
    }
  } finally {
    server.close();
  }
}
