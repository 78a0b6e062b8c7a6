import type { Page } from 'puppeteer-core';
import { expect, inject, test } from 'vitest';
import type { DocumentOf } from '../../src/experiments/registry';
import type { GapResult } from '../../src/experiments/spectrum/gap';
import { runWithoutGpu } from '../unit/run-without-gpu';
import { inPage, openPage } from './in-page';

const client = 'test/gpu/kernels/client.ts';
const meanField = { command: 'mean-field', system: {}, options: {} };

test('a run in the worker gives the document', async () => {
  expect(await inPage(client, 'run', meanField)).toMatchObject({
    schema: 'dicke-bistability/1',
    command: 'mean-field',
    parameters: { atoms: 18, gamma1D: 10, gammaF: 1, driveOverCritical: 0.73 },
    adapter: null,
    interrupted: false,
    result: { branches: [{ stable: true }, { stable: false }, { stable: true }] },
  });
});

test('an error keeps its class and what it names on the way out of the worker', async () => {
  expect(await inPage(client, 'failing', { ...meanField, system: { drive: -1 } })).toMatchObject({
    kind: 'InputError',
    argument: 'drive',
    got: -1,
    message: expect.stringContaining('--drive must be'),
  });
  expect(await inPage(client, 'failing', { ...meanField, command: 'dance' })).toMatchObject({
    kind: 'InputError',
    argument: 'command',
    takes: expect.stringContaining('mean-field'),
  });
});

test('a page without shared memory corrects as Node does', async () => {
  // Large enough for two threads.
  const system = { atoms: 74, ratio: 15.5, drive: 0.755 };
  const [there, here] = await Promise.all([
    inPage<DocumentOf>(client, 'run', { command: 'gap', system, options: {}, engine: 'cpu' }),
    runWithoutGpu('gap', system),
  ]);
  const [a, b] = [there, here].map(({ result }) => result as GapResult);
  expect([a.certified, b.certified]).toEqual([true, true]);
  // Not to the last bit: browsers have sines and hypotenuses of their own.
  expect(Math.abs(a.lambda1.value - b.lambda1.value)).toBeLessThan(a.lambda1.error + b.lambda1.error);
});

test('runs take turns', async () => {
  expect(await inPage(client, 'turns')).toEqual(['steady-state', 'mean-field']);
});

test('a run cancelled in the queue never starts, and need not wait for those before it', async () => {
  const steady = { ...meanField, command: 'steady-state' };
  expect(await inPage(client, 'cancelledInTheQueue', steady, meanField)).toEqual({
    outcome: 'AbortError',
    endedBefore: false,
  });
  expect(await inPage(client, 'cancelledInTheQueue', meanField, steady)).toMatchObject({
    outcome: 'AbortError',
  });
});

test('a run cancelled before it is asked for never starts', async () => {
  expect(await inPage(client, 'cancelledBefore', meanField)).toBe('AbortError');
  // The queue goes on behind it.
  expect(await inPage(client, 'run', meanField)).toMatchObject({ command: 'mean-field' });
});

let hurtPage: Page | undefined;
async function openHurtPage(): Promise<Page> {
  hurtPage ??= await openPage(inject('headlessAddress'));
  await hurtPage.waitForFunction('globalThis.dicke', { polling: 20 });
  await hurtPage.evaluate((request) => dicke.run(request), meanField);
  return hurtPage;
}

/** What is under way when the worker is hurt: longer than any test waits, and soon heard of. */
const endless = { command: 'time-evolution', system: { atoms: 20 }, options: { time: 1e5, samples: 10_000 } };

/** When the next run is under way in the worker: one that is hurt before gets a new worker, and lives. */
const underWay = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        globalThis.dickeListener = () => resolve();
      }),
  );

test.each([
  ['ends', () => close(), /^The compute worker ended\.$/],
  [
    'throws outside of a run',
    () => {
      setTimeout(() => {
        throw new Error('a defect');
      });
    },
    /^The compute worker failed: .*a defect/,
  ],
  [
    'is sent what it cannot read',
    () => {
      dispatchEvent(new MessageEvent('messageerror'));
    },
    /^The compute worker failed: .*it was sent what it cannot read/,
  ],
])('a run whose worker %s fails at once, and the next has a new one', async (_, hurt, why) => {
  const page = await openHurtPage();
  const begun = underWay(page);
  const running = page.evaluate((request) => dicke.run(request), endless);
  await begun;
  // What ends it leaves this without an answer.
  page
    .workers()
    .at(-1)!
    .evaluate(hurt)
    .catch(() => {});
  expect(await running).toMatchObject({ failure: { message: expect.stringMatching(why) } });
  const next = await page.evaluate((request) => dicke.run(request), meanField);
  expect(next).toMatchObject({ document: { command: 'mean-field' } });
});

test('a thread that ends in an error costs its run nothing: another walks its block', async () => {
  const page = await openHurtPage();
  const options = { count: 512, time: 1, burnIn: 0.5, samples: 4 };
  const request = { command: 'trajectories', system: { atoms: 3 }, options, engine: 'cpu' } as const;
  const walk = () => page.evaluate((request) => dicke.run(request), request);
  const whole = await walk();
  // Its threads are listed too, as long as they last.
  const compute = page
    .workers()
    .filter((worker) => /\/worker-[^/]*$/.test(worker.url()))
    .at(-1)!;
  await compute.evaluate(() => {
    const { Worker } = globalThis;
    globalThis.Worker = class extends Worker {
      constructor(...[address, options]: ConstructorParameters<typeof Worker>) {
        globalThis.Worker = Worker;
        const defect = new Blob(['onmessage = () => { throw new Error("a defect") }']);
        super(options?.name === 'trajectories' ? URL.createObjectURL(defect) : address);
      }
    };
  });
  const again = await walk();
  expect(again).toMatchObject({ document: { result: { count: 512 } } });
  expect('document' in again && again.document.result).toEqual('document' in whole && whole.document.result);
  expect(await compute.evaluate(() => String(globalThis.Worker).includes('native code'))).toBe(true);
});

test('a run whose worker says what cannot be read fails at once', async () => {
  expect(await inPage(client, 'unreadable', endless)).toBe('The compute worker said what cannot be read.');
});
