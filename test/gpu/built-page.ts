/** The lab as a person gets it: built, served from this machine, opened in a page of its own. */
import type { Browser, BrowserContext, ElementHandle, Page, WebWorker } from 'puppeteer-core';
import { preview } from 'vite';
import { onTestFinished, TestRunner } from 'vitest';
import { patience } from '../browser/chromium';
import { sharedBrowser } from './shared-browser';

export interface BuiltPage {
  readonly address: string;
  /**
   * Opens the lab at a query such as `?atoms=5`; `before` runs in the page before its own scripts. Unless motion is asked for nothing moves by itself,
   * nor does it once other media features are emulated. What a test opens is closed at its end.
   */
  readonly open: (query: string, before?: () => void, motion?: 'motion') => Promise<LabPage>;
  readonly close: () => Promise<void>;
}

export interface LabPage {
  readonly page: Page;
  /** whatever was logged, failed to load, or was asked of another host */
  readonly complaints: string[];
}

/**
 * As the tests' set-up has built it.
 * @param launch a browser of its own, and not the process's headless shell: without windows the same page takes a fifth less of the processor,
 *   but no tab is hidden behind another
 */
export async function serveBuiltPage(launch?: () => Promise<Browser>): Promise<BuiltPage> {
  const server = await preview({
    build: { outDir: 'dist/page' },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  });
  const browser = await (launch ?? sharedBrowser)();
  const contexts = new Set<BrowserContext>();
  const closeContext = async (context: BrowserContext) => {
    contexts.delete(context);
    if (browser.connected) await context.close();
  };
  const address = server.resolvedUrls!.local[0];
  return {
    address,
    async open(query, before, motion) {
      // Of its own: what one page keeps in the browser another does not find.
      const context = await browser.createBrowserContext();
      contexts.add(context);
      // A page that plays goes on playing behind the next ones.
      if (TestRunner.getCurrentTest() !== undefined) onTestFinished(() => closeContext(context));
      const page = await context.newPage();
      // A page behind another draws no frames.
      await page.bringToFront();
      page.setDefaultTimeout(patience);
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => complaints.push(`error: ${String(error)}`));
      page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.origin !== new URL(address).origin)
          complaints.push(`another host: ${request.url()}`);
      });
      await page.setViewport({ width: 1280, height: 900 });
      if (motion)
        await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }]);
      if (before) await page.evaluateOnNewDocument(before);
      await page.goto(new URL(query, address).href);
      await find(page, '.u-wrap canvas');
      return { page, complaints };
    },
    async close() {
      await Promise.all([...contexts].map(closeContext));
      if (launch !== undefined) await browser.close();
      await server.close();
    },
  };
}

/** Follows a link on a page that is open, as Back does, without loading it anew. */
export async function follow(page: Page, query: string): Promise<void> {
  await page.bringToFront();
  await page.evaluate(async (query) => {
    history.replaceState(null, '', query);
    dispatchEvent(new PopStateEvent('popstate'));
    await document.querySelector('dicke-lab')!.updateComplete;
  }, query);
}

/** What the selector finds first in any shadow root, where `>>>` goes into an element's own, if that can be seen. Runs in the page. */
function firstInSight(selector: string): Element | null {
  const within = (root: ParentNode, part: string): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      ...(element.matches(part) ? [element] : []),
      ...(element.shadowRoot ? within(element.shadowRoot, part) : []),
    ]);
  let found: Element[] = [document.documentElement];
  for (const part of selector.split('>>>'))
    found = found.flatMap((element) => [
      ...(element.shadowRoot ? within(element.shadowRoot, part.trim()) : []),
      ...within(element, part.trim()),
    ]);
  const [first] = found;
  if (first === undefined || getComputedStyle(first).visibility !== 'visible') return null;
  const { width, height } = first.getBoundingClientRect();
  return width > 0 && height > 0 ? first : null;
}

/** Waits for it, `patience` at most. It looks twenty times a second: puppeteer's own way looks before every frame, and keeps the page drawing while it waits. */
export async function find(page: Page, selector: string): Promise<ElementHandle<HTMLElement>> {
  const handle = await page.waitForFunction(firstInSight, { polling: 50 }, selector).catch((cause: Error) => {
    throw new Error(`${selector} did not come into sight: ${cause.message}`, { cause });
  });
  return handle as ElementHandle<HTMLElement>;
}

/** Waits until there is none in any shadow root, `patience` at most. */
export async function gone(page: Page, selector: string): Promise<void> {
  const end = Date.now() + patience;
  while ((await page.$$(`>>> ${selector}`)).length > 0) {
    if (Date.now() > end) throw new Error(`${selector} did not go`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Clicks it, wherever on the page it stands. */
export async function click(page: Page, selector: string): Promise<void> {
  await (await find(page, selector)).evaluate((element) => element.click());
}

/** Presses those of a panel's buttons to run, its parts among them, whose text is so. */
export async function press(page: Page, panel: string, label: RegExp): Promise<void> {
  const buttons = await page.$$(`>>> ${panel} >>> .runs button`);
  const texts = await Promise.all(
    buttons.map((button) => button.evaluate(({ textContent }) => textContent!.trim())),
  );
  const meant = buttons.filter((_, i) => label.test(texts[i]));
  if (meant.length === 0) throw new Error(`${panel} has no button ${label}, but ${texts.join('; ')}`);
  for (const button of meant) await button.evaluate((element) => (element as HTMLElement).click());
}

/** The same, and waits until the queue is empty. */
export async function start(page: Page, panel: string, label: RegExp): Promise<void> {
  await press(page, panel, label);
  await page.waitForFunction(
    () => {
      const queue = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('run-queue');
      return queue?.shadowRoot?.querySelector('run-status') === null;
    },
    { polling: 50 },
  );
}

/**
 * The worker that runs what is asked for, of the page's several, once it has begun and holds its lock: a script that the protocol runs
 * in it before that may end it.
 */
export async function computeWorker(page: Page): Promise<WebWorker> {
  await page.waitForFunction(
    async () => (await navigator.locks.query()).held?.some(({ name }) => name?.startsWith('compute ')),
    { polling: 50 },
  );
  return page.workers().findLast((worker) => /\/worker-[^/]*$/.test(worker.url()))!;
}

/** The plots of runs that are grey, by their titles. The mean field's flow is no run's: it is grey while it is followed in slices. */
export async function greyRuns(page: Page): Promise<string[]> {
  const plots = await page.$$('>>> lab-plot[stale]');
  const titles = await Promise.all(
    plots.map((plot) =>
      plot.evaluate((element) => (element as HTMLElementTagNameMap['lab-plot']).spec.title),
    ),
  );
  return titles.filter((title) => title !== 'Mean-field flow in time');
}
