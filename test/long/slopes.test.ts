/** The law by which the gap closes, to 200 atoms: some minutes on two cores without a GPU. */
import { expect, test } from 'vitest';
import { gapScaling } from '../../src/experiments/spectrum/gap-scaling';
import { gapSlopes } from '../../src/experiments/spectrum/gap-slopes';
import { systemParameters } from '../../src/parameters/system';
import reference from '../reference/gap-minimum-ratio15.5.json';
import { runExperiment } from '../unit/liouvillian/run-experiment';

test('the least gap to 200 atoms falls by less and less an atom, and not to nothing', async () => {
  const sizes = [30, 44, 54, 70, 90, 110, 140, 200];
  const system = systemParameters({ ratio: 15.5, drive: 0.73 });
  const { result } = await runExperiment(gapScaling, system, { atoms: sizes.join() });
  const { points, fits, slopes, extrapolatedRate } = result;
  const least = new Map(points.map(({ atoms, lambda1 }) => [atoms, lambda1]));
  for (const { N, lambda1_over_gammaF: value } of reference.filter(({ N }) => least.has(N)))
    expect(Math.abs(least.get(N)!.value / value - 1)).toBeLessThan(2e-5);
  for (const { lambda1 } of points) expect(lambda1.error).toBeLessThan(1.01e-5 * lambda1.value);
  // At 0.765 Omega_c it is 0.000958523 gamma, by Arnoldi on exp(L tau): the minimum lies at 0.7615, 0.65/N away, and is lower.
  const at200 = least.get(200)!.value * (1 - 15.5 / 199);
  expect(at200).toBeLessThan(0.000958524);
  expect(at200).toBeGreaterThan(0.85 * 0.000958523);
  const rates = slopes!.map(({ rate }) => rate);
  for (const [i, { value, error }] of rates.entries()) {
    expect(error).toBeLessThan(1e-5);
    if (i > 0) expect(value).toBeLessThan(rates[i - 1].value);
  }
  // Neither law holds to the bounds; beyond the paper's sizes the exponential is the nearer one.
  const { powerLaw, exponential } = fits!;
  expect(exponential.rmsDeviation).toBeLessThan(0.3 * powerLaw.rmsDeviation);
  expect(Math.min(powerLaw.reducedChiSquared!, exponential.reducedChiSquared!)).toBeGreaterThan(1000);
  // What fewer sizes tend to lies within its error, and that of all, of what all tend to.
  const limits = [4, 5, 6, 7, 8].map((count) => gapSlopes(points.slice(0, count)).extrapolatedRate!);
  expect(limits.at(-1)).toEqual(extrapolatedRate);
  for (const { value, error } of limits)
    expect(Math.abs(value - extrapolatedRate!.value)).toBeLessThan(error + extrapolatedRate!.error);
  expect(extrapolatedRate!.value).toBeGreaterThan(5 * extrapolatedRate!.error);
});
