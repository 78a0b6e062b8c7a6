/** Local slopes of the closing gap, of laws that are known and of the reference's least gaps. */
import { expect, test } from 'vitest';
import { gapFits } from '../../../src/experiments/spectrum/gap-fits';
import { gapSlopes } from '../../../src/experiments/spectrum/gap-slopes';
import reference from '../../reference/gap-minimum-ratio15.5.json';

const pointsOf = (sizes: readonly number[], law: (atoms: number) => number, relative = 1e-6) =>
  sizes.map((atoms) => ({
    ...{ atoms, driveError: 1e-3 / atoms },
    lambda1: { value: law(atoms), error: relative * law(atoms) },
  }));

test('an exponential with a power before it: each slope is its, and the rate is found to the bounds', () => {
  const [rate, power] = [0.02, 0.4];
  const points = pointsOf([24, 36, 54, 90, 100], (n) => 3 * n ** -power * Math.exp(-rate * n));
  const { slopes, extrapolatedRate } = gapSlopes(points);
  expect(slopes.map(({ from, to }) => [from, to])).toEqual([
    [24, 36],
    [36, 54],
    [54, 90],
    [90, 100],
  ]);
  for (const { from, to, rate: slope } of slopes)
    expect(slope.value).toBeCloseTo(rate + (power * Math.log(to / from)) / (to - from), 12);
  // 2 (1e-6 + 1e-6) of each logarithm, over ten atoms.
  expect(slopes[3].rate.error).toBeCloseTo(4e-7, 12);
  expect(extrapolatedRate!.value).toBeCloseTo(rate, 12);
  // Half the way from the last slope, and the bounds.
  const way = (slopes[3].rate.value - rate) / 2;
  expect(extrapolatedRate!.error).toBeGreaterThan(way + 4e-7);
  expect(extrapolatedRate!.error).toBeLessThan(way + 4e-6);
});

test('a power law has one power, a slope that tends to 0, and a reduced chi-squared of nothing', () => {
  const points = pointsOf([20, 30, 50, 80], (n) => 1.7 * n ** -0.9);
  const { slopes, extrapolatedRate } = gapSlopes(points);
  for (const { power } of slopes) expect(power.value).toBeCloseTo(0.9, 12);
  expect(Math.abs(extrapolatedRate!.value)).toBeLessThan(extrapolatedRate!.error);
  const { powerLaw, exponential } = gapFits(points)!;
  expect(powerLaw.reducedChiSquared).toBeLessThan(1e-9);
  expect(exponential.reducedChiSquared).toBe(exponential.chiSquared / 2);
  expect(gapFits(points.slice(0, 2))!.powerLaw.reducedChiSquared).toBeNull();
});

test('what the next correction takes away is in the error of the extrapolation', () => {
  const sizes = [30, 36, 44, 54, 70];
  const points = pointsOf(sizes, (n) => Math.exp(-0.02 * n + 3 / n) / n);
  const { extrapolatedRate } = gapSlopes(points);
  expect(Math.abs(extrapolatedRate!.value - 0.02)).toBeGreaterThan(1e-4);
  expect(Math.abs(extrapolatedRate!.value - 0.02)).toBeLessThan(extrapolatedRate!.error);
  expect(extrapolatedRate!.error).toBeLessThan(0.01);
});

test('the reference’s least gaps fall by less and less an atom, and not to nothing', () => {
  const points = reference.map(({ N, lambda1_over_gammaF: value }) => ({
    ...{ atoms: N, driveError: 0 },
    lambda1: { value, error: 1e-9 * value },
  }));
  const { slopes, extrapolatedRate } = gapSlopes(points);
  const rates = slopes.map(({ rate }) => rate.value);
  expect(rates).toEqual(rates.toSorted((a, b) => b - a));
  expect(extrapolatedRate!.value - extrapolatedRate!.error).toBeGreaterThan(0.01);
});

test('two sizes have a slope and no limit, one has none', () => {
  const points = pointsOf([20, 30, 50], (n) => 1 / n);
  expect(gapSlopes(points).extrapolatedRate).toBeNull();
  expect(gapSlopes(points.slice(0, 1))).toEqual({ slopes: [], extrapolatedRate: null });
});
