/** The GPU's programs and the CPU's walk the same trajectories, draw by draw, and keep the same of them. */
import { expect, test } from 'vitest';
import { systemParameters } from '../../src/parameters/system';
import { factsOf, observables } from '../../src/trajectories/observables';
import { channels } from '../../src/trajectories/record';
import { someCommittor } from '../some-committor';
import { inPage } from './in-page';
import type { Told } from './kernels/engines';

const photons = { g2Time: 0.5, g2Bins: 4, records: 2 };

/** Largest difference of a moment, in units of (N/2)^order: float32's, on the way to it in two orders of operations. */
const allowed = 1e-4;

test.each([
  { unraveling: 'dark-port', system: { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 }, time: 1 },
  { unraveling: 'dark-port', system: { atoms: 54, ratio: 15.5, drive: 0.75 }, time: 3 },
  { unraveling: 'photodetection', system: { atoms: 7, gamma1d: 1, gammaf: 1, drive: 0.9 }, time: 2, photons },
])('both engines walk the same trajectories: $unraveling, $system', async ({ system: input, ...asked }) => {
  const system = systemParameters(input);
  const [samples, count] = [8, 40];
  const request = {
    ...asked,
    system,
    seed: 11,
    first: 2 ** 32,
    count,
    samples,
    burnIn: asked.time / 2,
    traces: count,
    committor: [...someCommittor(system.atoms)],
  };
  const { gpu, cpu } = await inPage<{ gpu: Told[]; cpu: Told[] }>(
    'test/gpu/kernels/engines.ts',
    'walkOnBoth',
    request,
  );
  expect([gpu.length, cpu.length]).toEqual([1, 1]);
  const [[one], [other]] = [gpu, cpu];
  const scaleOf = (i: number) => (system.atoms / 2) ** factsOf(observables[i % observables.length]).power;
  one.traces.forEach((trace, trajectory) => {
    trace.forEach((value, i) => {
      const where = `${observables[i % observables.length]} of trajectory ${trajectory}`;
      expect(Math.abs(value - other.traces[trajectory][i]), where).toBeLessThan(allowed * scaleOf(i));
    });
    const jumps = (told: Told) => told.perTrajectory[trajectory].slice(observables.length);
    expect(jumps(other)).toEqual(jumps(one));
  });
  const all = one.perTrajectory.flatMap((row) => row.slice(observables.length));
  expect(all).toHaveLength(count * channels.length);
  expect(all.reduce((sum, jumps) => sum + jumps, 0)).toBeGreaterThan(count);
  // Means, and least and most, of every row; M2 is a sum of squares of differences that may nearly vanish.
  const rows = (told: Told) => [0, 2, 3].map((kind) => told.blocks[0].rows[kind]);
  rows(one).forEach((row, kind) => {
    row.forEach((value, i) => {
      const scale = Math.max(1, Math.abs(value), (system.atoms / 2) ** 2);
      expect(Math.abs(value - rows(other)[kind][i]), `row ${i}`).toBeLessThan(allowed * scale);
    });
  });
  // A trajectory on the edge of a bin may fall to either side.
  const moved = one.histogram.reduce((sum, counted, i) => sum + Math.abs(counted - other.histogram[i]), 0);
  expect(moved).toBeLessThan(0.1 * count * (samples + 1));
  one.switching?.forEach((samplesOf, which) => {
    samplesOf.forEach((value, i) => {
      expect(Math.abs(value - (other.switching?.[which][i] ?? Number.NaN))).toBeLessThan(
        allowed * system.atoms,
      );
    });
  });
  one.photons?.forEach((row, trajectory) => {
    row.forEach((value, i) => {
      const difference = Math.abs(value - (other.photons?.[trajectory][i] ?? Number.NaN));
      expect(difference, `photons, row ${i}`).toBeLessThan(1e-3 * Math.max(1, Math.abs(value)));
    });
  });
  expect(other.jumpRecords.map(({ channel }) => channel)).toEqual(
    one.jumpRecords.map(({ channel }) => channel),
  );
  one.jumpRecords.forEach(({ t }, i) => {
    t.forEach((time, jump) => {
      expect(other.jumpRecords[i].t[jump]).toBeCloseTo(time, 4);
    });
  });
});
