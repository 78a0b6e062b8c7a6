/** Photon statistics of made-up records whose Fano factor and g2 are known by hand. */
import { expect, test } from 'vitest';
import { PhotonStatistics } from '../../../src/statistics/photons';
import type { PhotonPlan } from '../../../src/trajectories/photon-plan';

/** Two seconds in four intervals, counted in windows of one and of all; delays of 0 to 0.4 in two bins, of ten in all. */
const plan: PhotonPlan = {
  lengths: [1, 4],
  intervals: 4,
  interval: 0.5,
  delayBins: 2,
  delayBin: 0.2,
  windowBins: 10,
  ...{ records: 0, jumpsKept: 0, counts: 0, windows: 0, intensity: 0, rows: 0 },
};

/** Mean and variance in windows by kind and length; the sums of the rate over the bins, and of that at each delay. */
const trajectory = (collective: number[], individual: number[], sums: number[]) => [
  ...collective,
  ...individual,
  ...sums,
];

test('the Fano factor is that of all windows of all trajectories together, g2 a ratio of means by delay', () => {
  const statistics = new PhotonStatistics(plan);
  statistics.add(trajectory([2, 1, 8, 0], [1, 0, 4, 0], [40, 30, 20, 9]));
  statistics.add(trajectory([4, 3, 16, 0], [1, 2, 4, 0], [60, 50, 40, 27]));
  // <n> = 3, <n^2> = (1 + 4 + 3 + 16) / 2 = 12
  expect(statistics.fano('collective', 1)!.value).toBeCloseTo(12 / 3 - 3, 12);
  expect(statistics.fano('collective', 4)!.value).toBeCloseTo((64 + 256) / 2 / 12 - 12, 12);
  expect(statistics.fano('individual', 1)!.value).toBeCloseTo(2 / 1 - 1, 12);
  // 12 photons in 2 units of time; a rate of 5. Of the second bin there is one place less.
  const unit = 6 * 5;
  const [zero, first, second] = statistics.g2()!.map(({ value }) => value);
  expect(zero).toBeCloseTo(40 / (10 * 0.2) / unit, 12);
  expect(first).toBeCloseTo(30 / (10 * 0.2) / unit, 12);
  expect(second).toBeCloseTo(18 / (9 * 0.2) / unit, 12);
});

test('where no photon was counted there is neither', () => {
  const statistics = new PhotonStatistics(plan);
  statistics.add(Array(12).fill(0));
  expect(statistics.fano('collective', 1)).toBeNull();
  expect(statistics.g2()).toBeNull();
});
