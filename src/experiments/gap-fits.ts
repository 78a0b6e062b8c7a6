/** The two laws of the closing gap, fitted side by side. */
import { type Fitted, fitLine, type LineFit } from '../statistics/line-fit';
import type { GapPoint } from './gap-scaling';

interface Goodness {
  /** in units of the points' error bounds: far above the degrees of freedom where the law does not hold */
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  /** root mean square of log(lambda_1 / law): how far off the law is, relative */
  readonly rmsDeviation: number;
}

/** lambda_1 = prefactor N^-exponent */
export interface PowerLaw extends Goodness {
  readonly prefactor: Fitted;
  readonly exponent: Fitted;
}

/** lambda_1 = prefactor exp(-rate N) */
export interface Exponential extends Goodness {
  readonly prefactor: Fitted;
  readonly rate: Fitted;
}

interface BothLaws {
  readonly powerLaw: PowerLaw;
  readonly exponential: Exponential;
}

export interface GapFits extends BothLaws {
  /** the same over the paper's range, N <= 54; null for fewer than two points there */
  readonly paperRange: BothLaws | null;
}

/** The largest N of the paper's figure 2(d). */
const PAPER_RANGE = 54;

/** Both laws over all points and over the paper's range; null for fewer than two points. */
export function gapFits(points: readonly GapPoint[]): GapFits | null {
  const all = bothLaws(points);
  return all && { ...all, paperRange: bothLaws(points.filter(({ atoms }) => atoms <= PAPER_RANGE)) };
}

function bothLaws(points: readonly GapPoint[]): BothLaws | null {
  const logarithms = points.map(({ lambda1 }) => Math.log(lambda1.value));
  const errors = points.map(({ lambda1 }) => lambda1.error / lambda1.value);
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

function goodness(fit: LineFit, x: readonly number[], y: readonly number[]): Goodness {
  const { chiSquared, degreesOfFreedom, intercept, slope } = fit;
  const squares = x.reduce((sum, xi, i) => sum + (y[i] - intercept.value - slope.value * xi) ** 2, 0);
  return { chiSquared, degreesOfFreedom, rmsDeviation: Math.sqrt(squares / x.length) };
}

function exponentiated({ value, error }: Fitted): Fitted {
  return { value: Math.exp(value), error: Math.exp(value) * error };
}

function negated({ value, error }: Fitted): Fitted {
  return { value: -value, error };
}
