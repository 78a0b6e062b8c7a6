/** The GPU process crashes in the middle of a run, in a browser of its own. */
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium } from '../../src/command-line/chromium';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const run = (count: number) => ({
  command: 'trajectories',
  system: { atoms: 2 },
  options: { count, time: 1, burnIn: 0.5, samples: 4 },
});

test('the run fails as a lost device, and the next one opens a new device', async () => {
  const page = await browser.newPage();
  const session = await browser.target().createCDPSession();
  let crashed = false;
  await page.exposeFunction('dickeListener', (event: string) => {
    if (event !== 'progress' || crashed) return;
    crashed = true;
    // The command's own answer is lost in the crash.
    session.send('Browser.crashGpuProcess').catch(() => {});
  });
  await page.goto(new URL('index.html#headless', inject('pageAddress')).href);
  await page.waitForFunction('globalThis.dicke');
  expect(await page.evaluate((request) => dicke.run(request), run(1e8))).toMatchObject({
    failure: { name: 'DeviceLostError', message: expect.stringContaining('lost') },
  });
  expect(await page.evaluate((request) => dicke.run(request), run(256))).toMatchObject({
    document: { result: { count: 256 } },
  });
});
