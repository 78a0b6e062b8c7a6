/** Starts the headless Chromium that computes for the command line, and the one that shows pages to the tests. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { browserFolder } from './browser-folder';
import { needBrowser, needChromium } from './find-chromium';

/** WebGPU on Linux is behind these; SwiftShader, in software, where no hardware adapter is found. */
const webgpu = ['--enable-unsafe-webgpu', '--enable-features=Vulkan'];

/** A Linux server's card without a display is found through Vulkan alone; SwiftShader is not found then. */
const displayless = ['--use-angle=vulkan', '--disable-vulkan-surface'];

/** As src/command-line/dawn.ts has it: what clears a workgroup's memory is compiled in a fifth of the time. */
const inSoftware = ['--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension'];

/** As there too: what holds indices within buffers takes a sixth of the time of what computes, most of it compiling. */
const withoutGuards = '--enable-dawn-features=disable_robustness';

const flags = [
  // Nobody watches this page; it must not be slowed down for that.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  // A GPU that crashed gets another chance; the run says when to give up.
  '--disable-domain-blocking-for-3d-apis',
  '--disable-gpu-process-crash-limit',
  // A calculation talks to nobody but the page's own server.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  // Nothing moves by itself: a software adapter that draws sixty frames a second leaves little for what is tested.
  '--force-prefers-reduced-motion',
  // The address bar's menus are pages in a process of their own, which every new window loads before anybody types.
  '--disable-features=WebUIOmniboxAimPopup,WebUIOmniboxPopup',
];

/** Chromium's sandbox refuses to run as root, as in a container. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** What a page is waited for at most, ms: against one that hangs. How long it may take is the machine's affair. */
export const patience = 600_000;

interface Options {
  /** whether it ends with this process, whatever ends that */
  readonly pipe: boolean;
  /** whether a software adapter holds indices within buffers, as the browsers of people do */
  readonly isGuarded: boolean;
}

const asPeopleHaveIt: Options = { pipe: false, isGuarded: true };

async function launch(executablePath: string, args: string[], { pipe }: Options): Promise<Browser> {
  const folder = browserFolder();
  try {
    const browser = await puppeteer.launch({
      executablePath,
      args: [...args, ...flags, ...asRoot],
      userDataDir: join(folder.path, 'profile'),
      env: { ...process.env, TMPDIR: folder.path },
      // Ctrl-C is the caller's to handle: it lets the page finish its submit.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // A run of some hours is no reason to give up on the protocol.
      protocolTimeout: 0,
      pipe,
    });
    // After the library's own listener, which ends the browser.
    process.on('exit', folder.remove);
    browser.process()?.once('exit', () => {
      process.off('exit', folder.remove);
      folder.remove();
    });
    return browser;
  } catch (error) {
    folder.remove();
    throw error;
  }
}

/** Whether a Linux machine has a graphics card: a render node, or NVIDIA's own device. */
function hasCard(): boolean {
  const nodes = existsSync('/dev/dri') ? readdirSync('/dev/dri') : [];
  return nodes.some((name) => name.startsWith('renderD')) || existsSync('/dev/nvidia0');
}

async function hasAdapter(browser: Browser): Promise<boolean> {
  const page = await browser.newPage();
  // Any page in a secure context will do; this one needs no server, and headless shells have it too.
  await page.goto('file:///dev/null');
  const found = await page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
  await page.close();
  return found;
}

async function launchWithAdapter(executable: string, options: Options): Promise<Browser> {
  if (process.platform === 'linux' && hasCard()) {
    const browser = await launch(executable, [...webgpu, ...displayless], options);
    if (await hasAdapter(browser)) return browser;
    await browser.close();
  }
  const software = options.isGuarded ? inSoftware : [...inSoftware, withoutGuards];
  return launch(executable, [...webgpu, ...software], options);
}

/**
 * What computes, and need not show anything.
 * @throws NoChromiumError where none is found
 * @throws Error with the browser's own last words where it does not start
 */
export const launchChromium = (options = asPeopleHaveIt) => launchWithAdapter(needChromium(), options);

/** A whole browser, which has windows and hides one tab behind another. @throws as `launchChromium` */
export const launchBrowser = () => launchWithAdapter(needBrowser(), asPeopleHaveIt);
