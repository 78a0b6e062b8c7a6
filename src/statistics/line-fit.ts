/** A straight line through points with errors. */
import type { Measured } from './estimate';

export interface LineFit {
  readonly intercept: Measured;
  readonly slope: Measured;
  /** sum of squared residuals in units of the points' errors */
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
}

/**
 * y = intercept + slope x by weighted least squares. Where the line misses the points by more than their errors, its own errors are enlarged by
 * sqrt(chi^2 / degrees of freedom): they then say how well the law holds, not how well the points are known.
 * @param errors one standard error of each y, all above 0
 * @returns null for fewer than two different x
 */
export function fitLine(
  x: readonly number[],
  y: readonly number[],
  errors: readonly number[],
): LineFit | null {
  const weights = errors.map((error) => 1 / error ** 2);
  const total = sum(weights);
  const xMean = sum(weights.map((w, i) => w * x[i])) / total;
  const yMean = sum(weights.map((w, i) => w * y[i])) / total;
  const xx = sum(weights.map((w, i) => w * (x[i] - xMean) ** 2));
  if (!(xx > 0)) return null;
  const slope = sum(weights.map((w, i) => w * (x[i] - xMean) * (y[i] - yMean))) / xx;
  const intercept = yMean - slope * xMean;
  const chiSquared = sum(weights.map((w, i) => w * (y[i] - intercept - slope * x[i]) ** 2));
  const degreesOfFreedom = x.length - 2;
  const scale = degreesOfFreedom > 0 ? Math.sqrt(Math.max(1, chiSquared / degreesOfFreedom)) : 1;
  return {
    intercept: { value: intercept, error: scale * Math.sqrt(1 / total + xMean ** 2 / xx) },
    slope: { value: slope, error: scale / Math.sqrt(xx) },
    chiSquared,
    degreesOfFreedom,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
