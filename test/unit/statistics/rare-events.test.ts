/** Floors of errors: what they cover, exactly, and that they do not bind where plenty was seen. */
import { expect, test } from 'vitest';
import { Covariance } from '../../../src/statistics/covariance';
import {
  floorOfCounts,
  floorOfProbability,
  floorOfScatter,
  missed,
  momentsOf,
  partMissed,
} from '../../../src/statistics/rare-events';
import { philox, uniform01 } from '../../../src/twin/philox';

const resolution = 2 ** -20;

/** What k of n trajectories at `size`, and the rest at 0, give: mean, and error with its floor. */
function found(n: number, k: number, size: number, range: number) {
  const mean = (k * size) / n;
  const M2 = k * (size - mean) ** 2 + (n - k) * mean ** 2;
  const scatter = { count: n, mean, M2, least: k === n ? size : 0, most: k === 0 ? 0 : size };
  const floor = floorOfScatter(scatter, range, resolution);
  return { mean, scattered: Math.sqrt(M2 / (n - 1) / n), floor };
}

/** Chance that 1.96 errors hold the mean, where each of n is at `size` with probability p. */
function coverage(n: number, p: number, covers: (k: number) => boolean): number {
  let chance = (1 - p) ** n;
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    if (covers(k)) sum += chance;
    chance *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return sum;
}

const probabilities = Array.from({ length: 160 }, (_, i) => 10 ** (-5 + i / 34));

test.each([64, 256, 1024])('%i trajectories cover however rarely they do something', (n) => {
  const [size, range] = [0.3, 1];
  const withFloor = probabilities.map((p) =>
    coverage(n, p, (k) => {
      const { mean, scattered, floor } = found(n, k, size, range);
      return Math.abs(mean - p * size) < 1.96 * Math.max(scattered, floor);
    }),
  );
  const without = probabilities.map((p) =>
    coverage(n, p, (k) => {
      const { mean, scattered } = found(n, k, size, range);
      return Math.abs(mean - p * size) < 1.96 * scattered;
    }),
  );
  expect(Math.min(...withFloor)).toBeGreaterThan(0.9);
  expect(Math.min(...without)).toBeLessThan(0.02);
});

test('nothing seen is known to 3.66 trajectories of the whole range, not fewer than the rule of three has', () => {
  expect(1.96 * missed(256, 0, 1)).toBeCloseTo(3.657 / 256, 5);
  expect(1.96 * missed(256, 0, 1)).toBeGreaterThan(-Math.log(0.05) / 256);
  expect(found(256, 0, 1, 10).floor).toBe(missed(256, 0, 10));
  // scatter of rounding alone
  const rounded = { count: 256, mean: 5, M2: 1e-9, least: 5 - 1e-6, most: 5 + 1e-6 };
  expect(floorOfScatter(rounded, 10, resolution)).toBe(missed(256, 0, 10));
  expect(floorOfScatter({ ...rounded, most: 5.1 }, 10, resolution)).toBeLessThan(missed(256, 1, 0.1001));
  expect(floorOfScatter(rounded, 0, resolution)).not.toBe(missed(256, 0, 10));
});

test('what many trajectories make up has no floor, in any unit and from any zero', () => {
  for (const [shift, unit] of [
    [0, 1],
    [-50, 1e-3],
    [3, 1e4],
  ]) {
    const x = Array.from(
      { length: 256 },
      (_, i) => shift + unit * uniform01(philox([i, 0, 0, 0], [1, 2])[0]),
    );
    const mean = x.reduce((sum, value) => sum + value, 0) / 256;
    const M2 = x.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const scatter = { count: 256, mean, M2, least: Math.min(...x), most: Math.max(...x) };
    expect(floorOfScatter(scatter, 100 * unit, resolution)).toBe(0);
  }
});

test('a probability that no look is likely to have found may be all of a trajectory', () => {
  expect(floorOfProbability(256, 1000, 1e-9)).toBe(missed(256, 0, 1));
  expect(floorOfProbability(256, 1000, 1 - 1e-9)).toBe(missed(256, 0, 1));
  expect(floorOfProbability(256, 1000, 0.006)).toBe(0);
});

/** Poisson counts of each of n trajectories; by inversion. */
function counts(n: number, mean: number, seed: number): Covariance {
  const sum = new Covariance(2);
  for (let i = 0; i < n; i++) {
    let u = uniform01(philox([i, 0, 0, 0], [seed, 3])[0]);
    let k = 0;
    for (let chance = Math.exp(-mean); u > chance; chance *= mean / k) {
      u -= chance;
      k++;
    }
    sum.add([k, 7]);
  }
  return sum;
}

test.each([0.001, 0.004, 0.01, 0.03, 0.1])('the mean of counts of %f a trajectory is covered', (mean) => {
  const [n, ensembles] = [256, 200];
  let covering = 0;
  for (let seed = 0; seed < ensembles; seed++) {
    const sum = counts(n, mean, seed);
    const { value, error } = sum.propagate((of) => of[0]);
    const floor = floorOfCounts(n, momentsOf(sum, [1, 0]), 1);
    if (Math.abs(value - mean) < 1.96 * Math.max(error, floor)) covering++;
  }
  expect(covering).toBeGreaterThan(0.92 * ensembles);
});

test('counts that every trajectory has many of have no floor, however few trajectories', () => {
  for (const n of [2, 5, 40]) {
    const sum = counts(n, 50, 1);
    expect(floorOfCounts(n, momentsOf(sum, [1, 0]), 1)).toBe(0);
    expect(partMissed(sum, [0, 1])).toBe(0);
  }
  expect(partMissed(counts(256, 0.01, 1), [0, 1])).toBeGreaterThan(0.5);
});

test('a floor of each mean is to a function of them what an independent error is', () => {
  const sum = counts(100, 3, 1);
  const [value] = sum.mean;
  const error = sum.propagateErrors((of) => of[0] ** 2 - 2 * of[1], [0.1, 0.2]);
  expect(error).toBeCloseTo(Math.hypot(2 * value * 0.1, 2 * 0.2), 10);
  expect(sum.propagateErrors((of) => of[0], [0, 0])).toBe(0);
});
