/** The browser of this worker: tests of two files at once close each other's pages, or bring theirs to the front, in one. */
import puppeteer, { type Browser } from 'puppeteer-core';
import { inject } from 'vitest';

export function connectBrowser(): Promise<Browser> {
  const place = Number(process.env.VITEST_POOL_ID) - 1;
  return puppeteer.connect({ browserWSEndpoint: inject('browserEndpoints')[place], protocolTimeout: 0 });
}
