import { expect, test } from 'vitest';
import { systemParameters } from '../../src/parameters/system';
import type { JumpRecord } from '../../src/trajectories/jump-records';
import { exactCorrelation } from '../photon-correlation';
import { photodetectionTwin } from '../twin/photodetection';
import { FIGURE_4, SMALL } from '../unit/reference';
import { inPage } from './in-page';

const kernels = 'test/gpu/kernels/ensemble.ts';

interface Estimate {
  value: number;
  error: number;
}

interface Counted {
  fano: { window: number; collective: Estimate | null; individual: Estimate | null }[];
  g2: Estimate[] | null;
  jumpRecords: JumpRecord[];
}

function expectWithin({ value, error }: Estimate, truth: number, what: string) {
  expect(Math.abs(value - truth), `${what}: ${value} +- ${error} for ${truth}`).toBeLessThanOrEqual(
    4 * error,
  );
}

test.each([
  {
    name: 'N = 5',
    system: SMALL.system,
    count: 1024,
    time: 40,
    burnIn: 20,
    samples: 160,
    bins: 40,
    width: 0.05,
  },
  {
    name: 'N = 18',
    system: FIGURE_4.system,
    count: 256,
    time: 44,
    burnIn: 36,
    samples: 220,
    bins: 20,
    width: 0.02,
  },
])('g2 and Fano factors agree with the quantum regression theorem: $name', async (run) => {
  const { system, bins, width, ...walk } = run;
  const photons = { g2Time: bins * width, g2Bins: bins, records: 0 };
  const request = { ...walk, system, seed: 5, first: 0, traces: 0, photons };
  const { g2, fano } = await inPage<Counted>(kernels, 'walkPhotons', request);
  const exact = exactCorrelation(system, bins, width);
  if (g2 === null) throw new Error('no g2');
  expectWithin(g2[0], exact.atZero, 'g2(0)');
  exact.g2.forEach((truth, k) => {
    expectWithin(g2[k + 1], truth, `g2 of delay bin ${k}`);
  });
  let compared = 0;
  for (const { window, collective } of fano) {
    const k = Math.round(window / width);
    if (k > bins || collective === null) continue;
    expectWithin(collective, exact.fano[k - 1], `Fano factor in windows of ${window}`);
    compared++;
  }
  expect(compared).toBeGreaterThan(1);
});

test('every jump of the first trajectories is kept, as its float64 twin makes it', async () => {
  const system = systemParameters({ atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6 });
  const photons = { g2Time: 0, g2Bins: 0, records: 4 };
  const request = {
    system,
    seed: 7,
    first: 256,
    count: 300,
    time: 6,
    samples: 12,
    burnIn: 3,
    traces: 0,
    photons,
  };
  const plan = { trajectories: 256, walkers: 64 };
  const { jumpRecords } = await inPage<Counted>(kernels, 'walkPhotons', request, plan);
  expect(jumpRecords.map(({ trajectory }) => trajectory)).toEqual([256, 257, 258, 259]);
  for (const { trajectory, t, channel, missed } of jumpRecords) {
    const { jumps } = photodetectionTwin(system, request.seed, trajectory, request.time, request.samples);
    expect(missed).toBe(0);
    expect(channel).toEqual(jumps.map(({ channel }) => channel));
    jumps.forEach((jump, i) => {
      expect(Math.abs(t[i] - jump.t)).toBeLessThan(1e-5);
    });
  }
});

test('jumps beyond the room for a record are counted as missed', async () => {
  // 2^21 jumps shared out to 256 records: 8192 each, and some 600 jumps per unit of time.
  const system = systemParameters({ atoms: 5, gamma1d: 200, gammaf: 1, drive: 0.9 });
  const photons = { g2Time: 0, g2Bins: 0, records: 256 };
  const request = {
    system,
    seed: 7,
    first: 0,
    count: 2,
    time: 40,
    samples: 2,
    burnIn: 0,
    traces: 0,
    photons,
  };
  const { jumpRecords, fano } = await inPage<Counted>(kernels, 'walkPhotons', request);
  expect(jumpRecords).toHaveLength(2);
  for (const { t, channel, missed } of jumpRecords) {
    expect(t).toHaveLength(8192);
    expect(channel).toHaveLength(8192);
    expect(t).toEqual([...t].sort((a, b) => a - b));
    expect(missed).toBeGreaterThan(0);
  }
  expect(fano.at(-1)?.window).toBe(40);
});
