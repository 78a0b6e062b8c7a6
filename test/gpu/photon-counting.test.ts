import { expect, test } from 'vitest';
import { systemParameters } from '../../src/parameters/system';
import { photodetectionTwin } from '../twin/photodetection';
import { SMALL } from '../unit/reference';
import { type Counted, expectPhotonsOnGpu } from './expect-photons';
import { inPage } from './in-page';

const kernels = 'test/gpu/kernels/ensemble.ts';

/** At N = 18 `photons.slow.test.ts` has the CPU engine, and `npm run test:long` the GPU. */
test('g2 and Fano factors agree with the quantum regression theorem', async () => {
  const walk = { count: 1024, time: 40, burnIn: 20, samples: 160 };
  await expectPhotonsOnGpu({ ...walk, system: SMALL.system, bins: 40, width: 0.05 });
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
