/** The two laws of the closing gap, fitted side by side. */

import type { Measured } from '../../statistics/estimate';
import { fitLine, type LineFit } from '../../statistics/line-fit';
import { type Fields, group, measured, number, optional, orNull, type ResultOf } from '../fields';
import { type LeastGap, logError } from './gap-slopes';

const goodnessFields = {
  /** in units of what the points may be off, their bounds: far above the degrees of freedom where the law does not hold */
  chiSquared: number(),
  degreesOfFreedom: number(),
  /** chi-squared over the degrees of freedom; null for two points, which fix both laws without testing them */
  reducedChiSquared: optional(orNull(number())),
  /** root mean square of log(lambda_1 / law): how far off the law is, relative */
  rmsDeviation: number(),
} as const satisfies Fields;

const lawFields = {
  /** lambda_1 = prefactor N^-exponent */
  powerLaw: group({ prefactor: measured('gammaF'), exponent: measured(), ...goodnessFields }),
  /** lambda_1 = prefactor exp(-rate N) */
  exponential: group({ prefactor: measured('gammaF'), rate: measured(), ...goodnessFields }),
} as const satisfies Fields;

export const fitFields = {
  ...lawFields,
  /** the same over the paper's range, N <= 54; null for fewer than two points there */
  paperRange: orNull(group(lawFields)),
} as const satisfies Fields;
export type GapFits = ResultOf<typeof fitFields>;

/** The largest N of the paper's figure 2(d). */
export const PAPER_RANGE = 54;

/** Both laws over all points and over the paper's range; null for fewer than two points. */
export function gapFits(points: readonly LeastGap[]): GapFits | null {
  const all = bothLaws(points);
  return all && { ...all, paperRange: bothLaws(points.filter(({ atoms }) => atoms <= PAPER_RANGE)) };
}

function bothLaws(points: readonly LeastGap[]): ResultOf<typeof lawFields> | null {
  const logarithms = points.map(({ lambda1 }) => Math.log(lambda1.value));
  const errors = points.map(logError);
  const sizes = points.map(({ atoms }) => atoms);
  const power = fitLine(sizes.map(Math.log), logarithms, errors);
  const exponential = fitLine(sizes, logarithms, errors);
  if (power === null || exponential === null) return null;
  return {
    powerLaw: {
      prefactor: exponentiated(power.intercept),
      exponent: negated(power.slope),
      ...goodness(power, sizes.map(Math.log), logarithms),
    },
    exponential: {
      prefactor: exponentiated(exponential.intercept),
      rate: negated(exponential.slope),
      ...goodness(exponential, sizes, logarithms),
    },
  };
}

function goodness(fit: LineFit, x: readonly number[], y: readonly number[]): ResultOf<typeof goodnessFields> {
  const { chiSquared, degreesOfFreedom, intercept, slope } = fit;
  const squares = x.reduce((sum, xi, i) => sum + (y[i] - intercept.value - slope.value * xi) ** 2, 0);
  return {
    chiSquared,
    degreesOfFreedom,
    reducedChiSquared: degreesOfFreedom > 0 ? chiSquared / degreesOfFreedom : null,
    rmsDeviation: Math.sqrt(squares / x.length),
  };
}

function exponentiated({ value, error }: Measured): Measured {
  return { value: Math.exp(value), error: Math.exp(value) * error };
}

function negated({ value, error }: Measured): Measured {
  return { value: -value, error };
}
