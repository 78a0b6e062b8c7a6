/** How soon the built page answers a person: its first plot and movement, its tasks while it walks and computes, and a cancel. */
import type { Page } from 'puppeteer-core';
import { preview } from 'vite';
import { launchBrowser } from '../browser/chromium';
import type { Row } from './bench';

const small = '?atoms=5&gamma1d=2&gammaf=1&drive=0.73&count=512&time=4&burn-in=2&samples=20&seed=3';
const endless = small.replace('count=512', 'count=1000000');
const figure4 = '?atoms=18&gamma1d=10&gammaf=1&drive=0.73';
const openings = 3;
/** Steps of the drive by its handle, between frames. */
const steps = 60;
/** How long the opening scene is watched, ms, and what no task of it should take. */
const watched = 10_000;
const tooLong = 50;

export async function timePage(): Promise<Row[]> {
  const server = await preview({
    build: { outDir: 'dist/page' },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  });
  const browser = await launchBrowser();
  const newPage = async () => {
    const page = await browser.newPage();
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'no-preference' }]);
    return page;
  };
  const open = async (query: string) => {
    const page = await newPage();
    page.setDefaultTimeout(0);
    await page.goto(new URL(query, server.resolvedUrls?.local[0]).href);
    return page;
  };
  try {
    const firstPlots: number[] = [];
    for (let opening = 0; opening < openings; opening++) {
      const page = await open(small);
      await find(page, 'mean-field-panel >>> lab-plot >>> canvas');
      firstPlots.push(await page.evaluate(() => performance.now()));
      await page.close();
    }
    const moves: number[] = [];
    for (let opening = 0; opening < openings; opening++) {
      const page = await newPage();
      moves.push(await firstMove(page, new URL(figure4, server.resolvedUrls?.local[0]).href));
      await page.close();
    }
    const scene = await open(figure4);
    await quiet(scene);
    const tasks = await tasksDuring(scene, () => new Promise((resolve) => setTimeout(resolve, watched)));
    const drags = await tasksDuring(scene, () => moveDrive(scene));
    await scene.close();
    return [
      {
        what: `from first paint to the trajectory’s first move, fastest of ${openings}`,
        value: Math.min(...moves),
        unit: 'ms',
      },
      { what: 'longest task in 10 s of the opening scene', value: Math.max(...tasks), unit: 'ms' },
      { what: 'its tasks above 50 ms', value: tasks.filter((task) => task > tooLong).length, unit: '' },
      { what: `longest task in ${steps} steps of the drive`, value: Math.max(...drags), unit: 'ms' },
      { what: 'its tasks above 50 ms', value: drags.filter((task) => task > tooLong).length, unit: '' },
      { what: `first plot, fastest of ${openings}`, value: Math.min(...firstPlots), unit: 'ms' },
      { what: 'longest task of a small ensemble', value: await longestTask(await open(small)), unit: 'ms' },
      { what: 'cancel', value: await cancel(await open(endless)), unit: 'ms' },
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Waits for an element in any shadow root; a poll by mutations, puppeteer's way without `visible`, would miss it. */
const find = (page: Page, selector: string) => page.waitForSelector(`>>> ${selector}`, { visible: true });

const run = async (page: Page) => {
  const button = await find(page, 'trajectories-panel >>> button.primary:not(:disabled)');
  await button!.evaluate((element) => (element as HTMLElement).click());
};

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** processor time, us: unlike the wall's it does not count what other programs took of a busy machine */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** From the first paint until the trajectory has been drawn a second time, ms. */
async function firstMove(page: Page, address: string): Promise<number> {
  page.setDefaultTimeout(0);
  await page.evaluateOnNewDocument(() => {
    const look = () => {
      const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('mean-field-panel');
      if ((panel?.live?.samples.length ?? 0) > 1) performance.mark('moves');
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByName('moves').length > 0);
  return page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name)[0].startTime;
    return at('moves') - at('first-paint');
  });
}

/** Steps of the drive, each once the one before is drawn. */
async function moveDrive(page: Page): Promise<void> {
  const handle = await find(page, 'mean-field-panel >>> lab-plot >>> [role=slider]');
  const drive = () => handle!.evaluate((knob) => knob.getAttribute('aria-valuenow'));
  const before = await drive();
  await handle!.focus();
  for (let step = 0; step < steps; step++) {
    await page.keyboard.press(step % 30 < 15 ? 'ArrowRight' : 'ArrowLeft');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    if (step === 10 && (await drive()) === before) throw new Error('The keys do not move the drive.');
  }
}

/** Opening the page is over after three idle moments in a row. */
const quiet = (page: Page) =>
  page.evaluate(async () => {
    const idle = () => new Promise<IdleDeadline>((resolve) => requestIdleCallback(resolve));
    const pause = () => new Promise((resolve) => setTimeout(resolve, 100));
    for (let quiet = 0; quiet < 3; await pause()) quiet = (await idle()).timeRemaining() > 10 ? quiet + 1 : 0;
  });

async function longestTask(page: Page): Promise<number> {
  await find(page, '.engine');
  // What follows is the run's own.
  await quiet(page);
  const tasks = await tasksDuring(page, async () => {
    await run(page);
    await find(page, 'trajectories-panel >>> document-files >>> summary');
  });
  return Math.max(...tasks);
}

/** Those of the main thread while something is done, processor time in ms. */
async function tasksDuring(page: Page, work: () => Promise<unknown>): Promise<number[]> {
  await page.tracing.start({ categories: ['toplevel', '__metadata'] });
  await work();
  const trace = new TextDecoder().decode(await page.tracing.stop());
  const events = (JSON.parse(trace) as { traceEvents: TraceEvent[] }).traceEvents;
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const tasks = events.filter(
    ({ name, pid, tid }) =>
      name === 'ThreadControllerImpl::RunTask' && mains.some((main) => main.pid === pid && main.tid === tid),
  );
  if (tasks.length === 0) throw new Error('The trace holds no tasks.');
  return tasks.map(({ tdur = 0 }) => tdur / 1000);
}

/** From the click until the run is gone from the queue, ms. */
async function cancel(page: Page): Promise<number> {
  await run(page);
  const status = 'run-queue >>> run-status';
  await find(page, `${status} >>> progress[value]`);
  const button = await find(page, `${status} >>> button`);
  return button!.evaluate(async (element) => {
    const began = performance.now();
    (element as HTMLElement).click();
    while (element.isConnected) await new Promise((resolve) => setTimeout(resolve, 1));
    return performance.now() - began;
  });
}
