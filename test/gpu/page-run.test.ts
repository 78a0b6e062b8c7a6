/** The lab's page while it computes: a small ensemble runs, draws in small pieces, and is cancelled. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patience } from '../browser/chromium';
import {
  type BuiltPage,
  click,
  computeWorker,
  find,
  follow,
  gone,
  serveBuiltPage,
  start,
} from './built-page';

const small = '?atoms=5&gamma1d=2&gammaf=1&drive=0.73&count=512&time=4&burn-in=2&samples=20&seed=3';

declare global {
  /** in turn, the frames in which something was drawn: the plots that were, and how many calls of canvases they and the scene took */
  var drawnFrames: {
    readonly time: number;
    readonly plots: Set<HTMLCanvasElement>;
    calls: number;
    ofScene: number;
  }[];
}

/** The largest plot of a small ensemble takes 1,567 of its canvas's calls, some milliseconds at most. */
const STROKES = 2500;

/** Runs in the page before its own scripts. */
function countDrawing(): void {
  globalThis.drawnFrames = [];
  let time = Number.NaN;
  const request = requestAnimationFrame;
  globalThis.requestAnimationFrame = (callback) =>
    request((now) => {
      time = now;
      callback(now);
    });
  // What is out of sight is drawn between frames, by itself.
  const idle = requestIdleCallback;
  globalThis.requestIdleCallback = (callback, options) =>
    idle((deadline) => {
      time = performance.now();
      callback(deadline);
    }, options);
  const methods = CanvasRenderingContext2D.prototype as unknown as Record<string, unknown>;
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(methods))) {
    if (typeof value !== 'function') continue;
    methods[name] = function (this: CanvasRenderingContext2D, ...args: unknown[]) {
      let frame = drawnFrames[drawnFrames.length - 1];
      if (frame?.time !== time) {
        frame = { time, plots: new Set(), calls: 0, ofScene: 0 };
        drawnFrames.push(frame);
      }
      // The scene keeps its own time: which of its frames is also a plot's is chance.
      if (this.canvas.isConnected && !this.canvas.closest('.u-wrap')) frame.ofScene += 1;
      else frame.calls += 1;
      // A heat map is made of cells on a canvas of its own, off the page.
      if (this.canvas.isConnected && this.canvas.closest('.u-wrap')) frame.plots.add(this.canvas);
      return value.apply(this, args);
    };
  }
}

let lab: BuiltPage;

beforeAll(async () => {
  lab = await serveBuiltPage();
});

afterAll(() => lab.close());

const run = (page: Page) => click(page, 'trajectories-panel >>> button.primary');
/** The panel offers its files when the run is over. */
const finished = (page: Page) => find(page, 'trajectories-panel >>> document-files >>> summary');

test('a small ensemble runs without a word on the console, and draws one plot a frame, in strokes that are few', async () => {
  const { page, complaints } = await lab.open(small, countDrawing);
  await find(page, '.engine');
  // What is far from sight is not drawn.
  await (await find(page, 'trajectories-panel')).evaluate((panel) => panel.scrollIntoView());
  await run(page);
  await finished(page);
  // One plot is drawn a frame: the last of them some frames after the panel offers its files.
  // Looked for anew each time: a panel that is drawn again may have another legend in its place.
  const areTrajectoriesNamed = async () => {
    const legends = await page.$$('>>> trajectories-panel >>> .legend');
    const words = await Promise.all(
      legends.map((legend) => legend.evaluate((element) => element.textContent)),
    );
    return words.some((text) => text!.includes('trajectory 1'));
  };
  await expect.poll(areTrajectoriesNamed, { timeout: patience, interval: 50 }).toBe(true);
  const frames = await page.evaluate(() =>
    globalThis.drawnFrames.map(({ plots, calls, ofScene }) => ({ plots: plots.size, calls, ofScene })),
  );
  expect(frames.filter(({ plots }) => plots === 1).length).toBeGreaterThan(5);
  for (const { plots, calls, ofScene } of frames) {
    expect(plots).toBeLessThan(2);
    expect(calls).toBeLessThan(STROKES);
    expect(ofScene).toBeLessThan(STROKES);
  }
  expect(complaints).toEqual([]);
});

test('a run says beforehand how long it will take, and better once one was timed', async () => {
  const { page } = await lab.open(small);
  const estimate = async () => {
    const small = await find(page, 'trajectories-panel >>> .estimate');
    return small.evaluate(({ textContent, title }) => ({
      ends: [...textContent!.matchAll(/(\d+) s/g)].map(([, seconds]) => Number(seconds)),
      title,
    }));
  };
  expect((await estimate()).title).toMatch(/^A first guess: /);
  const slow = 3;
  await (await computeWorker(page)).evaluate((slow) => {
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, ...given) {
      await new Promise((resolve) => setTimeout(resolve, 1000 * slow));
      return requestDevice.apply(this, given);
    };
  }, slow);
  await run(page);
  await finished(page);
  const { ends, title } = await estimate();
  expect(title).toBe('An estimate from earlier runs of its kind here.');
  const measured = await page.evaluate(() => {
    const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
    return panel?.runs.of('ensemble')?.documents[0].seconds ?? Number.NaN;
  });
  // What the first run waited for is no measure of the next.
  const own = measured - slow;
  expect(ends[0]).toBeLessThanOrEqual(Math.ceil(own));
  expect(ends[ends.length - 1]).toBeGreaterThanOrEqual(Math.floor(own));
  expect(ends[ends.length - 1]).toBeLessThanOrEqual(Math.ceil(2 * own));
});

test('what waits says for whom, and what starts or has yet to stop says so', async () => {
  const { page } = await lab.open(small);
  // No run of this worker is ever told to have ended.
  await (await computeWorker(page)).evaluate(() => {
    const post = globalThis.postMessage;
    globalThis.postMessage = (message: { kind: string }) => {
      if (message.kind !== 'end') post(message);
    };
  });
  const said = await page.evaluate(async () => {
    const root = document.querySelector('dicke-lab')?.shadowRoot;
    const { runs } = root!.querySelector('trajectories-panel')!;
    const words = async () => {
      await new Promise((resolve) => setTimeout(resolve));
      const queue = root!.querySelector('run-queue')!;
      await queue.updateComplete;
      const all = [...queue.shadowRoot!.querySelectorAll('run-status')];
      for (const status of all) await status.updateComplete;
      return all.map(({ shadowRoot }) => shadowRoot!.querySelector('.words')!.textContent);
    };
    const system = { atoms: 2 };
    const ensemble = [{ command: 'trajectories', system, options: {} }];
    void runs.start('ensemble', ensemble);
    void runs.start('gap', [{ command: 'gap', system, options: {} }]);
    void runs.start('steady state', [{ command: 'steady-state', system, options: {} }]);
    const first = await words();
    runs.stop('ensemble');
    const stopping = await words();
    runs.stop('gap');
    runs.stop('steady state');
    void runs.start('ensemble', ensemble);
    return [first, stopping, await words()];
  });
  expect(said).toEqual([
    [
      'ensemble, starting',
      'gap, waits for its turn after the ensemble',
      'steady state, waits for its turn after the gap',
    ],
    ['gap, waits until the ensemble has stopped', 'steady state, waits for its turn after the gap'],
    ['ensemble, waits until the one before it has stopped'],
  ]);
});

test('the engine is chosen and stays so, tells its name, and passes its self-test', async () => {
  const { page, complaints } = await lab.open(small);
  const badge = await find(page, 'engine-badge >>> summary');
  const words = () => badge.evaluate((summary) => summary.textContent);
  // The adapter of the tests is in software.
  expect(await words()).toMatch(/^CPU, \d+ threads$/);
  await badge.evaluate((summary) => summary.click());
  const choice = await find(page, '#engine');
  await choice.evaluate((select) => {
    (select as HTMLSelectElement).value = 'gpu';
    select.dispatchEvent(new Event('change'));
  });
  expect(await words()).toMatch(/^software adapter: slow \S/);
  await click(page, 'engine-badge >>> button');
  await find(page, 'engine-badge >>> tbody');
  expect(await words()).toContain('self-test passed');
  // The fields that scripts rely on.
  const tested = await page.evaluate(() => {
    const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
    return panel?.runs.of('self-test')?.documents[0];
  });
  const number = expect.any(Number);
  expect(tested).toMatchObject({
    command: 'adapter',
    result: {
      info: { fallback: true },
      limits: { maxBufferSize: number },
      features: expect.arrayContaining([expect.any(String)]),
      checks: expect.arrayContaining([
        { name: expect.any(String), passed: true, worst: number, allowed: number },
      ]),
    },
  });
  await run(page);
  await finished(page);
  const note = await find(page, 'trajectories-panel >>> .note');
  expect(await note.evaluate((element) => element.textContent)).toMatch(/ on .*swiftshader.*, version\s/i);
  await page.reload();
  const again = await find(page, 'engine-badge >>> summary');
  expect(await again.evaluate((summary) => summary.textContent)).toMatch(/^software adapter: slow \S/);
  expect(complaints).toEqual([]);
});

describe('on one page, in turn', () => {
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    ({ page, complaints } = await lab.open(small));
  });

  test('cancel shows at once, before the page does anything else, and the next run starts afresh', async () => {
    await follow(page, small.replace('count=512', 'count=200000'));
    await run(page);
    const button = await find(page, 'run-queue >>> run-status >>> button');
    await page.waitForFunction(() => {
      const queue = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('run-queue');
      const status = queue?.shadowRoot?.querySelector('run-status')?.shadowRoot;
      return status?.querySelector('.words')?.textContent?.includes('trajectories');
    });
    const waits = await button.evaluate(async (element) => {
      element.click();
      // What is rendered at once is rendered within the click's own task.
      await new Promise((resolve) => setTimeout(resolve, 0));
      return element.isConnected;
    });
    expect(waits).toBe(false);
    const count = await find(page, '#count');
    await count.evaluate((input) => {
      (input as HTMLInputElement).value = '256';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await run(page);
    await finished(page);
    expect(complaints).toEqual([]);
  });

  test('results of earlier parameters are marked as such', async () => {
    await follow(page, small);
    await run(page);
    await finished(page);
    await gone(page, 'trajectories-panel >>> lab-plot[stale]');
    const knob = await find(page, '[role=slider]');
    await knob.focus();
    await page.keyboard.press('ArrowLeft');
    await find(page, 'trajectories-panel >>> lab-plot[stale]');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => new URLSearchParams(location.search).get('drive') === '0.73');
    await gone(page, 'trajectories-panel >>> lab-plot[stale]');
  });

  test('a long ensemble is seen before its first block is full; stopped there it has nothing to save, and says so', async () => {
    await follow(page, '?atoms=18&count=5000&time=1000&burn-in=100&samples=400');
    await run(page);
    await page.waitForFunction(
      () => {
        const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
        const player = panel?.shadowRoot?.querySelector('trajectory-player')?.shadowRoot;
        const plots = [...(player?.querySelectorAll('lab-plot') ?? [])];
        return plots.some(({ shadowRoot }) =>
          shadowRoot?.querySelector('.legend')?.textContent?.includes('trajectory 1'),
        );
      },
      { polling: 50 },
    );
    const ensemble = () =>
      page.evaluate(() => {
        const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
        const state = panel?.runs.of('ensemble');
        const glimpsed = state?.glimpse?.result as { count: number } | undefined;
        const files = panel?.runs.finished('ensemble').length;
        return { phase: state?.phase, files, glimpsed: glimpsed?.count };
      });
    expect(await ensemble()).toEqual({ phase: 'running', files: 0, glimpsed: 16 });
    // While exact values are computed there is no ensemble that could end early.
    await page.waitForFunction(() => {
      const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
      return panel?.runs.of('ensemble')?.progress?.phase === 'trajectories';
    });
    await click(page, 'run-queue >>> run-status >>> button');
    // It begins when the worker has answered the run that was stopped.
    await start(page, 'gap-panel', /This drive/);
    expect(await ensemble()).toEqual({ phase: 'stopped', files: 0, glimpsed: 16 });
    expect(complaints).toEqual([]);
  });
});
