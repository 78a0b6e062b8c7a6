/** The GPU process crashes in the middle of a run, in a browser of its own. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium } from '../../src/command-line/chromium';
import type { Progress, ResultDocument } from '../../src/experiments/experiment';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const run = (unraveling: string, count: number, time: number) => ({
  command: 'trajectories',
  system: { atoms: 2 },
  options: { unraveling, count, time, burnIn: 0.5, samples: 4 },
});

/** The lab without a face; `crashes` says at which progress the GPU process is to crash. */
async function openLab(crashes: (progress: Progress) => boolean): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  const session = await browser.target().createCDPSession();
  await page.exposeFunction('dickeListener', (event: string, news: unknown) => {
    // The command's own answer is lost in the crash.
    if (event === 'progress' && crashes(news as Progress))
      session.send('Browser.crashGpuProcess').catch(() => {});
  });
  await page.goto(new URL('index.html#headless', inject('pageAddress')).href);
  await page.waitForFunction('globalThis.dicke');
  return page;
}

const ask = (page: Page, unraveling: string, count: number, time = 1) =>
  page.evaluate((request) => dicke.run(request), run(unraveling, count, time)) as Promise<{
    document: ResultDocument<TrajectoriesResult>;
  }>;

test.each(['dark-port', 'photodetection'])(
  'a run whose device is lost goes on with a new one from its last batch, to the same bits: %s',
  async (unraveling) => {
    const undisturbed = await ask(await openLab(() => false), unraveling, 4096);
    let crashed = false;
    const page = await openLab(({ done }) => {
      if (crashed || done < 512) return false;
      crashed = true;
      return true;
    });
    const { document } = await ask(page, unraveling, 4096);
    expect(document.result).toEqual(undisturbed.document.result);
    const told = document.warnings.filter((warning) => warning.includes('device was lost'));
    expect(told).toEqual([
      expect.stringMatching(
        /^The GPU device was lost after \d+ trajectories; the run goes on from there with a new one\.$/,
      ),
    ]);
    expect(crashed).toBe(true);
  },
);

test('a run that loses its device again and again gives up, and the next one opens a new device', async () => {
  let last = Number.NEGATIVE_INFINITY;
  let crashes = 0;
  const page = await openLab(({ seconds }) => {
    // Once on every device: a new one begins a new stretch of reports.
    if (seconds - last < 0.8) return false;
    last = seconds;
    crashes += 1;
    return true;
  });
  // No batch comes to its end.
  expect(await ask(page, 'dark-port', 256, 1e6)).toMatchObject({
    failure: { name: 'DeviceLostError', message: expect.stringContaining('lost') },
  });
  expect(crashes).toBe(3);
  expect(await ask(page, 'dark-port', 256)).toMatchObject({ document: { result: { count: 256 } } });
});
