import { expect, test } from 'vitest';
import { Covariance } from '../../src/statistics/covariance';
import { Tally } from '../../src/statistics/tally';
import { philox, uniform01 } from '../../src/twin/philox';

/** 1000 correlated pairs far from zero, where sums of squares would cancel. */
const pairs = Array.from({ length: 1000 }, (_, i) => {
  const [a, b] = philox([i, 0, 0, 0], [1, 2]).map(uniform01);
  return [1e3 + a, 3 * a - b];
});

function plain(values: number[]) {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return { mean, M2: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) };
}

test('merged blocks of any size have the mean and M2 of the whole', () => {
  for (const size of [1, 7, 256, 1000]) {
    const tally = new Tally(2);
    for (let first = 0; first < pairs.length; first += size) {
      const block = pairs.slice(first, first + size);
      const parts = [0, 1].map((q) => plain(block.map((pair) => pair[q])));
      tally.merge(
        block.length,
        parts.map(({ mean }) => mean),
        parts.map(({ M2 }) => M2),
      );
    }
    for (const q of [0, 1]) {
      const { mean, M2 } = plain(pairs.map((pair) => pair[q]));
      expect(tally.mean[q]).toBeCloseTo(mean, 9);
      expect(tally.M2[q] / M2).toBeCloseTo(1, 8);
      expect(tally.standardError(q)).toBeCloseTo(Math.sqrt(M2 / 999 / 1000), 10);
    }
  }
});

test('the delta method gives a linear function the error of its values', () => {
  const covariance = new Covariance(2);
  for (const pair of pairs) covariance.add(pair);
  const f = ([a, b]: ArrayLike<number> & Iterable<number>) => 2 * a - 5 * b;
  const direct = plain(pairs.map(f));
  const { value, error } = covariance.propagate(f as (mean: ArrayLike<number>) => number);
  expect(value).toBeCloseTo(direct.mean, 6);
  expect(error / Math.sqrt(direct.M2 / 999 / 1000)).toBeCloseTo(1, 6);
});
