import { expect, test } from 'vitest';
import { momentsOfRho } from '../../src/operators/moments';
import { Pyramid } from '../../src/operators/pyramid';
import { histogramBins, sampleRow } from '../../src/trajectories/record';
import { applyLiouvillian } from '../../src/twin/liouvillian';
import { FIGURE_4, SMALL } from '../unit/reference';
import { inPage } from './in-page';

const kernels = 'test/gpu/kernels/ensemble.ts';

interface Walked {
  count: number;
  mean: number[];
  errors: number[];
  least: number[];
  most: number[];
  traces: number[][];
  histogram: number[];
  peakBytes: number;
}

/** Fails where a mean misses its truth by more than 4 of its own standard errors. */
function expectWithin(walked: Walked, row: number, truth: number, what: string) {
  const { mean, errors } = walked;
  // float32 rounds what hardly varies to its own last digits
  const allowed = 4 * errors[row] + 1e-6 * Math.abs(truth);
  expect(Math.abs(mean[row] - truth), `${what}: ${mean[row]} for ${truth}`).toBeLessThanOrEqual(allowed);
}

test('the ensemble follows the master equation in time, from the ground state', async () => {
  const { system } = SMALL;
  const [time, samples, count] = [4, 16, 4096];
  const request = { system, seed: 11, first: 0, count, time, samples, burnIn: 0, traces: 0 };
  const walked = await inPage<Walked>(kernels, 'walk', request);
  const pyramid = new Pyramid(system.atoms);
  let rho = new Float64Array(pyramid.unknowns);
  rho[pyramid.index(0, 0, 0)] = 1;
  for (let slot = 0; slot <= samples; slot++) {
    const moments = momentsOfRho(pyramid, rho);
    for (const observable of ['Sy', 'Sz', 'Sz2'] as const) {
      expectWithin(
        walked,
        sampleRow(slot, observable),
        moments[observable],
        `${observable} at sample ${slot}`,
      );
    }
    rho = evolve(pyramid, rho, time / samples);
  }

  /** exp(L h) x by its Taylor series in steps short enough for rounding to be all that is left. */
  function evolve(pyramid: Pyramid, x: Float64Array<ArrayBuffer>, h: number) {
    const steps = 8;
    let y = x;
    for (let step = 0; step < steps; step++) {
      let term = y;
      for (let k = 1; k <= 30; k++) {
        const next = new Float64Array(y.length);
        applyLiouvillian(system, pyramid, term, next);
        term = next.map((value) => (value * h) / steps / k);
        y = y.map((value, i) => value + term[i]);
      }
    }
    return y;
  }
});

test('the histogram counts every trajectory at every sample time in the bin of its <S_z>', async () => {
  const { system } = SMALL;
  const [count, samples] = [300, 8];
  const request = { system, seed: 4, first: 0, count, time: 3, samples, burnIn: 0, traces: count };
  const expected = new Array<number>((samples + 1) * histogramBins).fill(0);
  const whole = await inPage<Walked>(kernels, 'walk', request, { trajectories: 512, walkers: 64 });
  for (const trace of whole.traces) {
    for (let slot = 0; slot <= samples; slot++) {
      const Sz = trace[sampleRow(slot, 'Sz')];
      const place = Math.floor((Sz / system.atoms + 1 / 2) * histogramBins);
      expected[slot * histogramBins + Math.min(Math.max(place, 0), histogramBins - 1)]++;
    }
  }
  expect(whole.traces).toHaveLength(count);
  expect(whole.histogram).toEqual(expected);
  const cut = await inPage<Walked>(kernels, 'walk', request, { trajectories: 256, walkers: 64 });
  expect(cut.histogram).toEqual(expected);
});

test('the extremes of every sample are those of the trajectories, whose last block is not filled', async () => {
  const request = { system: SMALL.system, seed: 4, first: 0, count: 300, time: 3, samples: 8 };
  const whole = { ...request, burnIn: 0, traces: 300 };
  const { traces, least, most } = await inPage<Walked>(kernels, 'walk', whole, {
    trajectories: 512,
    walkers: 64,
  });
  expect(traces).toHaveLength(300);
  traces[0].forEach((_, row) => {
    const samples = traces.map((trace) => trace[row]);
    expect(least[row], `least of row ${row}`).toBe(Math.min(...samples));
    expect(most[row], `most of row ${row}`).toBe(Math.max(...samples));
  });
});

test.each([
  { unraveling: 'photodetection', system: SMALL.system, time: 5 },
  { unraveling: 'dark-port', system: FIGURE_4.system, time: 2 },
  { unraveling: 'homodyne', system: SMALL.system, time: 2 },
])(
  'the same seed gives the same numbers, bit for bit, however the ensemble is cut: $unraveling',
  async (walked) => {
    const request = { ...walked, seed: 5, first: 0, count: 700, samples: 8, burnIn: 1, traces: 0 };
    const plans = [
      { trajectories: 256, walkers: 64 },
      { trajectories: 512, walkers: 19 },
      { trajectories: 1024, walkers: 1024 },
    ];
    const [first, ...others] = await Promise.all(
      plans.map((plan) => inPage<Walked>(kernels, 'walk', request, plan)),
    );
    for (const other of others) {
      expect(other.mean).toEqual(first.mean);
      expect(other.errors).toEqual(first.errors);
    }
    const another = await inPage<Walked>(kernels, 'walk', { ...request, seed: 6 });
    expect(another.mean).not.toEqual(first.mean);
  },
);

test('100,000 trajectories need the memory of a batch', async () => {
  const { system } = SMALL;
  const request = { system, seed: 1, first: 0, count: 100_000, time: 0.1, samples: 2, burnIn: 0, traces: 0 };
  const { count, peakBytes } = await inPage<Walked>(kernels, 'walk', request);
  const few = await inPage<Walked>(kernels, 'walk', { ...request, count: 256 });
  expect(count).toBe(100_000);
  expect(peakBytes).toBeLessThanOrEqual(1.5 * few.peakBytes);
});

// So long that no submit, of some 40 ms, holds a whole batch: there is a middle to cancel in.
test.each([
  { unraveling: 'photodetection', time: 50 },
  { unraveling: 'dark-port', time: 2000 },
])(
  'a cancelled ensemble submits nothing more and keeps whole batches: $unraveling',
  async ({ unraveling, time }) => {
    const { system } = SMALL;
    const request = {
      unraveling,
      system,
      seed: 1,
      first: 0,
      count: 1_000_000,
      time,
      samples: 2,
      burnIn: 0,
      traces: 0,
    };
    const { count, first, submits } = await inPage<Record<'count' | 'first' | 'submits', number>>(
      kernels,
      'walkAndCancel',
      request,
      { trajectories: 256, walkers: 64 },
    );
    expect(first).toBe(256);
    expect(count).toBe(first);
    expect(submits).toBe(0);
  },
);
