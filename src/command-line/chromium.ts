/** Starts the headless Chromium that computes for the command line and for the tests. */
import puppeteer, { type Browser } from 'puppeteer-core';
import { findChromium } from './find-chromium.mjs';

/** No browser to compute with: the message says what to install. */
export class NoChromiumError extends Error {
  override readonly name = 'NoChromiumError';
}

const flags = [
  // WebGPU on Linux is behind this flag; a hardware adapter comes first, SwiftShader where there is none.
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  // Nothing here is to be watched, so nothing may be slowed down for being out of sight.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  // A calculation talks to nobody but the page's own server.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** Chromium's sandbox refuses to run as root, as in a container. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/**
 * @throws NoChromiumError where no browser is found
 * @throws Error with the browser's own last words where it does not start
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) {
    throw new NoChromiumError(
      'No Chromium or Chrome found. Install one (134 or newer), or let CHROME_PATH name its executable.',
    );
  }
  return puppeteer.launch({
    executablePath,
    args: [...flags, ...asRoot],
    // Ctrl-C is the caller's to handle: it lets the page finish its submit.
    handleSIGINT: false,
    // A steady kernel of some hours is no reason to give up on the protocol.
    protocolTimeout: 0,
  });
}
