/** The browser of this process: a start takes as much of the processor as a page of the lab, and files of tests share the process. */
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../browser/chromium';

let browser: Browser | undefined;

/** It ends with the process, whatever ends that: its pipe does. What a file opens in it, it closes. */
export async function sharedBrowser(): Promise<Browser> {
  if (!browser?.connected) browser = await launchChromium({ pipe: true });
  return browser;
}
