/** What leaves the GPU of a batch, against float64, on a record of made-up numbers. */
import { Comparison } from '../../gpu/check';
import { Memory } from '../../gpu/memory';
import { systemParameters } from '../../parameters/system';
import { photonPlan } from '../../trajectories/photon-plan';
import { blockSize, histogramBins, observables, recordLayout } from '../../trajectories/record';
import { Summary } from '../../trajectories/summary';
import { philox, uniform01 } from '../../twin/philox';
import type { SelfTest } from './part';

const roundings = 2 ** -24;
const system = systemParameters({ atoms: 6 });
const { atoms } = system;
/** Of one block that is filled and one that is not. */
const count = blockSize + 44;
const capacity = 2 * blockSize;
/** Windows of 1, 2, 4, 8 and 13 intervals: some do not divide the whole. */
const lengths = { time: 16, samples: 16, burnIn: 3 };

export const checkReductions: SelfTest = async (gpu) => {
  const layout = recordLayout(system, lengths.samples + 1);
  const photons = photonPlan(layout, lengths, { g2Time: 0, g2Bins: 0, records: 0 });
  const record = new Float32Array(photons.rows * capacity);
  const row = (i: number) => record.subarray(i * capacity, i * capacity + count);
  const bins = layout.slots * histogramBins;
  const histogram = new Array<number>(bins).fill(0);
  for (let i = 0; i < photons.rows; i++) {
    const values = row(i);
    const slot = Math.floor(i / observables.length);
    values.forEach((_, trajectory) => {
      const [bits, more] = philox([i, trajectory, 0, 0], [0, 0]);
      const u = uniform01(bits);
      if (i >= photons.counts) values[trajectory] = Math.floor(8 * u);
      else if (i < layout.averages && observables[i % observables.length] === 'Sz') {
        // well inside a bin, where rounding does not decide
        const bin = Math.floor(histogramBins * (1 - u));
        values[trajectory] = atoms * ((bin + 0.25 + uniform01(more) / 2) / histogramBins - 1 / 2);
        histogram[slot * histogramBins + bin]++;
      } else values[trajectory] = 1 - 3 * u;
    });
  }
  const memory = new Memory(gpu);
  try {
    const buffer = memory.storage('record', record);
    const plan = { trajectories: capacity, walkers: 0 };
    const summary = await Summary.make(gpu, memory, atoms, layout, photons, plan, buffer);
    const read = await summary.read(count, 0, false);
    const means = new Comparison();
    const squares = new Comparison();
    read.blocks.forEach(({ mean, M2 }, block) => {
      for (let i = 0; i < layout.rows; i++) {
        const values = [...row(i).subarray(block * blockSize, (block + 1) * blockSize)];
        const truth = meanOf(values);
        means.add(mean[i], truth);
        const sum = values.reduce((total, value) => total + (value - truth) ** 2, 0);
        squares.add(M2[i], sum, sum);
      }
    });
    const counted = new Comparison();
    counted.addAll(read.histogram, histogram);
    const windows = new Comparison();
    read.photons?.perTrajectory.forEach((values, trajectory) => {
      const expected = [0, 1].flatMap((kind) =>
        photons.lengths.flatMap((length) => {
          const inWindows = Array.from({ length: Math.floor(photons.intervals / length) }, (_, w) => {
            const first = photons.counts + kind * photons.intervals + w * length;
            return Array.from({ length }, (_, i) => row(first + i)[trajectory]).reduce((a, b) => a + b, 0);
          });
          const mean = meanOf(inWindows);
          return [mean, meanOf(inWindows.map((n) => (n - mean) ** 2))];
        }),
      );
      expected.forEach((truth, i) => {
        windows.add(values[i], truth, Math.max(1, truth));
      });
    });
    return [
      means.check('block statistics: means of numbers up to 2', 32 * roundings),
      squares.check('block statistics: M2 (relative)', 32 * roundings),
      counted.check('histogram of <S_z> (trajectories in a wrong bin)', 0),
      windows.check('photon windows: mean and variance (relative)', 8 * roundings),
    ];
  } finally {
    memory.destroy();
  }
};

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
