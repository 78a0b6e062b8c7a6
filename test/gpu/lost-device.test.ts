/** The GPU process crashes, or the device is lost in another way, at any moment of a run, in a browser of its own. */
import type { Browser, Page, WebWorker } from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { RunEvent } from '../../src/experiments/run';
import type { GapResult } from '../../src/experiments/spectrum/gap';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';
import type { FromWorker } from '../../src/page/messages';
import type { SystemInput } from '../../src/parameters/system-options';
import { launchChromium } from '../browser/chromium';
import N24 from '../reference/point-N24-ratio15.5.json';
import { random } from '../unit/scaling';
import { crashedRequests, ensembleRequest, expectCrashesCostNothing, openHeadless } from './crashes';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** The lab without a face; `crashes` says at which events of a run the GPU process is to crash. */
const openLab = (crashes: (event: RunEvent) => boolean) => openHeadless(browser, crashes);

interface Success {
  document: ResultDocument<TrajectoriesResult>;
}

const ask = (page: Page, unraveling: string, count: number, time = 1, system: SystemInput = {}) =>
  page.evaluate(
    (request) => dicke.run(request),
    ensembleRequest(unraveling, count, time, system),
  ) as Promise<Success>;

/** Once a run has told of 512 trajectories its worker reads nothing more of the GPU until it opens a new device: the crash comes in time. */
async function holdAfterFirstBatch(page: Page): Promise<void> {
  const [worker] = page.workers();
  await worker.evaluate(() => {
    let isHeld = false;
    const post = globalThis.postMessage;
    globalThis.postMessage = (message: FromWorker) => {
      if (message.kind === 'event' && message.event.kind === 'progress')
        isHeld ||= message.event.progress.done >= 512 && message.event.progress.done < 4096;
      post(message);
    };
    const { mapAsync } = GPUBuffer.prototype;
    GPUBuffer.prototype.mapAsync = function (this: GPUBuffer, ...given) {
      return isHeld ? new Promise(() => {}) : mapAsync.apply(this, given);
    };
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = function (this: GPUAdapter, ...given) {
      globalThis.postMessage = post;
      isHeld = false;
      return requestDevice.apply(this, given);
    };
  });
}

const detuned = { detuning: 0.4, collectiveShift: 0.2, pumping: 0.3, dephasing: 0.7 };

test.each([
  ['dark-port', {}],
  ['photodetection', {}],
  ['dark-port', detuned],
  ['photodetection', detuned],
] as const)(
  'a run whose device is lost goes on with a new one from its last batch, to the same bits: %s, %o',
  async (unraveling, system) => {
    let isDisturbed = false;
    let crashed = false;
    const page = await openLab((event) => {
      if (!isDisturbed || crashed || event.kind !== 'progress' || event.progress.done < 512) return false;
      crashed = true;
      return true;
    });
    const undisturbed = await ask(page, unraveling, 4096, 1, system);
    isDisturbed = true;
    await holdAfterFirstBatch(page);
    const { document } = await ask(page, unraveling, 4096, 1, system);
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
  let crashes = 0;
  let isWhole = true;
  const page = await openLab((event) => {
    // Once on every device: the run warns of a loss before it goes on with a new one.
    if (event.kind === 'warning' && event.sentence.includes('device was lost')) isWhole = true;
    if (event.kind !== 'progress' || !isWhole) return false;
    isWhole = false;
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

const next = random(1);

/** The page's worker, once it has answered: a script that the protocol runs in it before its own has begun may end it. Of 210 it ended 3. */
async function begunWorker(page: Page): Promise<WebWorker> {
  await page.evaluate(() => dicke.run({ command: 'mean-field', system: {}, options: {} }));
  return page.workers()[0];
}

/**
 * The lab, whose self-test has of each kind of part one, with all its kernels, and two walks: the others are of other systems, and most of its time
 * is what a software adapter takes to compile them. test/long has them all.
 */
async function openTesting(): Promise<Page> {
  const sources = new URL('test/gpu/headless.html', inject('pageAddress')).href;
  const page = await openHeadless(browser, () => false, sources);
  const tested = ['arithmetic', 'photodetection', 'darkPort', 'reductions', 'matvecs', 'solves'];
  const worker = await begunWorker(page);
  const left = await worker.evaluate(async (tested) => {
    // Vite would rewrite an import() written here.
    const load = Function('return import("/src/experiments/self-test/self-test.ts")');
    const { parts } = (await load()) as { parts: Record<string, unknown> };
    for (const part of Object.keys(parts)) if (!tested.includes(part)) delete parts[part];
    return Object.keys(parts);
  }, tested);
  expect(left).toEqual(tested);
  return page;
}

test.each(crashedRequests)(
  'a GPU process that crashes at a moment of the start, and at any, costs nothing: $command',
  (request) =>
    expectCrashesCostNothing(
      browser,
      request,
      [0.3, 1].map((last) => last * next()),
      request.command === 'adapter' ? openTesting : undefined,
    ),
);

/** A lab whose worker loses its device in the ways that a page can bring about. */
async function openLosing(lose: () => void): Promise<Page> {
  const page = await openLab(() => false);
  const worker = await begunWorker(page);
  await worker.evaluate(lose);
  return page;
}

/** Takes the adapter for a card, which then solves the corrections, and destroys each device at its third submit. */
function destroyCards(): void {
  for (const [name, value] of Object.entries({
    ...{ isFallbackAdapter: false, architecture: 'card', description: 'card' },
  }))
    Object.defineProperty(GPUAdapterInfo.prototype, name, { get: () => value });
  const submits = new WeakMap<GPUQueue, number>();
  const { requestDevice } = GPUAdapter.prototype;
  const { submit } = GPUQueue.prototype;
  let destroyed = 0;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, ...given) {
    const device = await requestDevice.apply(this, given);
    GPUQueue.prototype.submit = function (this: GPUQueue, ...given) {
      const count = (submits.get(this) ?? 0) + 1;
      submits.set(this, count);
      if (this === device.queue && count === 3 && destroyed < (globalThis as unknown as Losses).losses) {
        destroyed += 1;
        device.destroy();
      }
      return submit.apply(this, given);
    };
    return device;
  };
}

interface Losses {
  losses: number;
}

test.each([
  [1, /^The GPU device was lost while a correction was solved; that one is solved again\.$/],
  [3, /^The GPU device was lost 3 times in a row, the last time so: .* The CPU engine goes on\.$/],
])('a correction whose device is lost %i times is solved all the same', async (losses, warning) => {
  const page = await openLosing(destroyCards);
  await page.workers()[0].evaluate((losses) => Object.assign(globalThis, { losses }), losses);
  const system = { atoms: N24.N, gamma1d: N24.gamma1D, gammaf: N24.gammaF, omega: N24.Omega };
  const request = { command: 'gap', system, options: {} };
  const { document } = (await page.evaluate((request) => dicke.run(request), request)) as {
    document: ResultDocument<GapResult>;
  };
  const { lambda1, certified } = document.result;
  expect(certified).toBe(true);
  expect(Math.abs(lambda1.value - N24.lambda1)).toBeLessThan(lambda1.error);
  expect(document.warnings).toContainEqual(expect.stringMatching(warning));
});

test('a device that is lost while its adapter is asked for, and while it opens, is asked for again', async () => {
  // How a crash of the GPU process answers.
  const page = await openLosing(() => {
    const { requestDevice } = GPUAdapter.prototype;
    const { requestAdapter } = GPU.prototype;
    GPU.prototype.requestAdapter = async () => {
      GPU.prototype.requestAdapter = requestAdapter;
      return null;
    };
    GPUAdapter.prototype.requestDevice = async () => {
      GPUAdapter.prototype.requestDevice = requestDevice;
      throw new DOMException('A valid external Instance reference no longer exists.', 'OperationError');
    };
  });
  expect(await ask(page, 'dark-port', 256)).toMatchObject({ document: { result: { count: 256 } } });
});

test('a run that is left without an adapter says so, and why', async () => {
  const page = await openLosing(() => {
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, ...given) {
      const device = await requestDevice.apply(this, given);
      GPU.prototype.requestAdapter = async () => null;
      device.destroy();
      return device;
    };
  });
  expect(await ask(page, 'dark-port', 256)).toMatchObject({
    failure: {
      kind: 'DeviceLostError',
      message: expect.stringMatching(
        /^The GPU device was lost 3 times in a row, .*no new one is to be had\.$/,
      ),
      cause: { cause: { kind: 'NoAdapterError' } },
    },
  });
});
