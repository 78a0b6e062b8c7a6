import { expect, test } from 'vitest';
import { linearLimits, logLimits } from '../../../src/drawing/limits';
import { philox, uniform01 } from '../../../src/twin/philox';

test('limits are round and hold the values', () => {
  expect(logLimits([0.13, 0.9])).toEqual({ min: 0.1, max: 1 });
  expect(logLimits([0.012, null, 3, 0, -1])).toEqual({ min: 0.01, max: 5 });
  expect(logLimits([null, 0])).toEqual({});
  const squeezing = { from: 0.6, to: 1.2, step: 0.2, most: 2.6 };
  expect(linearLimits([0.7, 0.9], squeezing)).toEqual({ min: 0.6, max: 1.2 });
  expect(linearLimits([0.47, null, 1.9, Number.NaN], squeezing)).toEqual({ min: 0.4, max: 2 });
  expect(linearLimits([0.7, 1000], squeezing).max).toBe(2.6);
});

test('as values come in limits move outward alone', () => {
  for (let n = 0; n < 300; n++) {
    const values = Array.from({ length: 12 }, (_, i) => {
      const [a, b] = philox([n, i, 0, 0], [31, 0]).map(uniform01);
      return a * 10 ** (6 * b - 3);
    });
    let before: { min?: number; max?: number }[] = [];
    for (let count = 1; count <= values.length; count++) {
      const known = values.slice(0, count);
      const now = [logLimits(known), linearLimits(known, { from: 0.5, to: 1, step: 0.1 })];
      for (const [i, { min, max }] of now.entries()) {
        expect(min).toBeLessThanOrEqual(Math.min(...known, before[i]?.min ?? 1e9));
        expect(max).toBeGreaterThanOrEqual(Math.max(...known, before[i]?.max ?? 0));
      }
      before = now;
    }
  }
});
