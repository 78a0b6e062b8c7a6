/** The browser of this process: a start takes as much of the processor as a page of the lab, and files of tests share the process. */
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../browser/chromium';

let browser: Browser | undefined;

/**
 * It ends with the process, whatever ends that; what a file opens in it, it closes. Its software adapter has no guards of indices: with them
 * lost-device.test.ts runs the kernels, and library/in-page.test.ts the lab.
 */
export async function sharedBrowser(): Promise<Browser> {
  if (!browser?.connected) browser = await launchChromium({ pipe: true, isGuarded: false });
  return browser;
}
