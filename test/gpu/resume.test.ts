/** Ensembles that are interrupted and gone on with, extended and merged: bit for bit those of one long run. */
import type { Page } from 'puppeteer-core';
import { beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { EngineInUse } from '../../src/experiments/engine-choice';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { RunEvent } from '../../src/experiments/run';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';
import { openPage } from './in-page';

type Run = ResultDocument<TrajectoriesResult>;

let page: Page;
let engine: EngineInUse['engine'];

beforeAll(async () => {
  page = await openPage(inject('headlessAddress'));
  await page.waitForFunction('globalThis.dicke');
});

async function run(options: Record<string, unknown>, cancelAfter: number | null = null): Promise<Run> {
  // In the page itself: on a busy machine the run would end before a cancel from here arrives.
  await page.evaluate((batches) => {
    let patience = batches ?? Number.POSITIVE_INFINITY;
    Object.assign(globalThis, {
      dickeListener: ({ kind }: RunEvent) => {
        if (kind === 'partial' && --patience === 0) dicke.cancel();
      },
    });
  }, cancelAfter);
  const small = { time: 1, burnIn: 0.5, samples: 4 };
  const request = {
    command: 'trajectories',
    system: { atoms: 3 },
    options: { ...small, ...options },
    engine,
  };
  const outcome = await page.evaluate((request) => dicke.run(request), request);
  if ('failure' in outcome) throw new Error(outcome.failure.message);
  return outcome.document as Run;
}

const named = (document: Run) => ({ name: 'earlier.json', document });
const count = 1900;

describe.each(['gpu', 'cpu'] as const)('%s', (chosen) => {
  beforeEach(() => {
    engine = chosen;
  });

  for (const unraveling of ['photodetection', 'dark-port', 'homodyne']) {
    test(`interrupted after any batch and gone on with, or extended, is the one long run: ${unraveling}`, async () => {
      for (const batches of [1, 2, 4]) {
        const interrupted = await run({ unraveling, count: 1e6 }, batches);
        expect(interrupted.interrupted).toBe(true);
        expect(interrupted.result.stoppedBy).toBe('interruption');
        expect(interrupted.result.count).toBeGreaterThanOrEqual(256 * batches);
        const count = interrupted.result.count + 300;
        const long = await run({ unraveling, count });
        const resumed = await run({ count, resume: named(interrupted), unraveling: undefined });
        expect(resumed.result).toEqual(long.result);
        expect(resumed.parameters).toEqual(long.parameters);
      }
      const long = await run({ unraveling, count });
      // Their last blocks are not filled; the first of them is all there is.
      for (const fewer of [5, 700]) {
        const extended = await run({ count, resume: named(await run({ unraveling, count: fewer })) });
        expect(extended.result).toEqual(long.result);
      }
    });

    test(`ranges of a seed, merged in any order, are the one long run: ${unraveling}`, async () => {
      const long = await run({ unraveling, count });
      const parts = [
        await run({ unraveling, count: 512 }),
        await run({ unraveling, first: 512, count: 256 }),
        await run({ unraveling, first: 768, count: count - 768 }),
      ].map(named);
      for (const order of [parts, [2, 0, 1].map((i) => parts[i])]) {
        const merged = await run({ merge: order });
        expect(merged.result).toEqual({ ...long.result, stoppedBy: 'merge' });
        expect(merged.adapter).toBeNull();
      }
    });
  }

  test('a run that is asked for no more than there is stays as it is', async () => {
    const earlier = await run({ count: 300 });
    expect((await run({ count: 300, resume: named(earlier) })).result).toEqual(earlier.result);
  });

  test('merged seeds are as good as their trajectories together', async () => {
    const seeds = [await run({ seed: 1, count: 512 }), await run({ seed: 2, count: 300 })];
    const { result } = await run({ merge: seeds.map(named) });
    const { result: other } = await run({ merge: [...seeds].reverse().map(named) });
    expect(other).toEqual(result);
    expect(result).toMatchObject({ count: 812, seed: null, first: null });
    expect(result.ranges).toEqual([
      { seed: 1, first: 0, count: 512 },
      { seed: 2, first: 0, count: 300 },
    ]);
    const [a, b] = seeds.map(({ result }) => result.steady!.Sz.value);
    expect(result.steady!.Sz.value).toBeCloseTo((512 * a + 300 * b) / 812, 12);
  });

  test('a target error or a wall time ends a run, and the document says which', async () => {
    const open = { time: 0.5, burnIn: 0 };
    const target = await run({ ...open, targetError: 0.02, targetObservable: 'Sz', count: 100_000 });
    expect(target.result.stoppedBy).toBe('target-error');
    expect(target.interrupted).toBe(false);
    expect(target.result.count).toBeGreaterThanOrEqual(1024);
    expect(target.result.count).toBeLessThan(100_000);
    expect(target.result.steady!.Sz.error).toBeLessThanOrEqual(0.02);
    const timed = await run({ ...open, maxSeconds: 1 });
    expect(timed.result.stoppedBy).toBe('max-seconds');
    expect(timed.result.count).toBeGreaterThan(0);
    expect(timed.result.count % 256).toBe(0);
    expect((await run({ ...open, count: 256, maxSeconds: 1000 })).result.stoppedBy).toBe('count');
  });
});
