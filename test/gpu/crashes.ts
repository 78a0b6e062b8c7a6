/** The lab without a face in a browser of its own, whose GPU process crashes. */
import type { Browser, Page } from 'puppeteer-core';
import { expect, inject } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { RunEvent, RunRequest } from '../../src/experiments/run';
import type { GapResult } from '../../src/experiments/spectrum/gap';
import type { Outcome } from '../../src/page/messages';
import type { SystemInput } from '../../src/parameters/system-options';
import { patience } from '../browser/chromium';

export const ensembleRequest = (
  unraveling: string,
  count: number,
  time: number,
  system: SystemInput = {},
): RunRequest => ({
  command: 'trajectories',
  system: { atoms: 2, ...system },
  options: { unraveling, count, time, burnIn: 0.5, samples: 4 },
  engine: 'gpu',
});

export const crashedRequests: readonly RunRequest[] = [
  ensembleRequest('dark-port', 2048, 4),
  ensembleRequest('photodetection', 512, 4),
  { command: 'adapter', system: {}, options: {} },
  { command: 'gap', system: { atoms: 24, ratio: 15.5, drive: 0.75 }, options: {}, engine: 'gpu' },
];

/**
 * @param crashes says at which events of a run the GPU process is to crash
 * @param address of the page: of its sources, where a test looks into its modules
 */
export async function openHeadless(
  browser: Browser,
  crashes: (event: RunEvent) => boolean = () => false,
  address = inject('headlessAddress'),
): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  const session = await browser.target().createCDPSession();
  await page.exposeFunction('dickeListener', (event: RunEvent) => {
    // The command's own answer is lost in the crash.
    if (crashes(event)) session.send('Browser.crashGpuProcess').catch(() => {});
  });
  await page.goto(address);
  await page.waitForFunction('globalThis.dicke', { polling: 20 });
  return page;
}

/** How many cycles of a correction go into a submit depends on the time they take, and with it all digits beyond the bound. */
function expectSame(outcome: Outcome, result: unknown, when: string): void {
  if (!('document' in outcome)) throw new Error(`${when}: ${outcome.failure.message}`);
  const { document } = outcome;
  if (document.command !== 'gap') {
    expect(document.result, when).toEqual(result);
    return;
  }
  const [here, there] = [document.result.lambda1, (result as GapResult).lambda1];
  expect(document.result.certified, when).toBe(true);
  expect(Math.abs(here.value - there.value), when).toBeLessThan(here.error + there.error);
}

/**
 * @param moments of the crashes, one a run, in parts of an undisturbed run
 * @param open a page for each run
 */
export async function expectCrashesCostNothing(
  browser: Browser,
  request: RunRequest,
  moments: readonly number[],
  open = () => openHeadless(browser),
): Promise<void> {
  const whole = await open();
  const began = performance.now();
  const { document } = (await whole.evaluate((request) => dicke.run(request), request)) as {
    document: ResultDocument;
  };
  const milliseconds = performance.now() - began;
  await whole.close();
  for (const moment of moments) {
    const page = await open();
    const session = await browser.target().createCDPSession();
    const running = page.evaluate((request) => dicke.run(request), request);
    const timer = setTimeout(
      () => session.send('Browser.crashGpuProcess').catch(() => {}),
      milliseconds * moment,
    );
    expectSame(await running, document.result, `crashed at ${moment}`);
    clearTimeout(timer);
    await page.close();
  }
}
