import type { MeanFieldRates } from '../parameters/system';
import type { Branch } from './branches';

/** <a+ a> and <a a> of the collective spin's fluctuation about a branch, in the steady state of Eq. (6). */
export interface Fluctuations {
  readonly number: number;
  /** real: negative where the squeezed direction is the one in the y-z plane */
  readonly anomalous: number;
}

/** Eq. (S42). */
export function fluctuations(
  { gamma, Gamma }: MeanFieldRates,
  { sy, sz }: Pick<Branch, 'sy' | 'sz'>,
): Fluctuations {
  const length = Math.hypot(sy, sz);
  const cos = sz / length;
  const sin2 = (sy / length) ** 2;
  const noise = ((gamma + Gamma) * length) / 4;
  // Relaxation rates of the quadratures across the mean spin, in the plane and along x, and their mean.
  const inPlane = gamma * (1 + sin2) - Gamma * length * cos;
  const alongX = gamma - Gamma * length * cos;
  const mixed = gamma * (1 + sin2 / 2) - Gamma * length * cos;
  return {
    number: noise * (1 / inPlane + (2 * cos) / mixed + cos ** 2 / alongX),
    anomalous: noise * (cos ** 2 / alongX - 1 / inPlane),
  };
}

/**
 * xi^2 = 1 + 2 (<a+ a> - |<a a>|), Eq. (7) with (S42), about any branch. It rests on a long mean spin, so it means
 * something on the lower branch only.
 */
export function meanFieldSqueezing(rates: MeanFieldRates, branch: Pick<Branch, 'sy' | 'sz'>): number {
  const { number, anomalous } = fluctuations(rates, branch);
  return 1 + 2 * (number - Math.abs(anomalous));
}

/**
 * The limit Gamma >> gamma, Eqs. (8) and (S45): xi^2 = (1 + w) / (sqrt 2 sqrt(1 + x^2 + w)) with x = Omega/Omega_c and
 * w = sqrt(1 - 2 x^2), down to 1/sqrt 3 at x = 1/sqrt 2. Null beyond, where the lower branch has ended. (In the text's print
 * the inner root has slipped out of the denominator's outer one.)
 */
export function squeezingLimit(driveOverCritical: number): number | null {
  const square = 1 - 2 * driveOverCritical ** 2;
  if (square < 0) return null;
  const w = Math.sqrt(square);
  return (1 + w) / Math.sqrt(2 * (1 + driveOverCritical ** 2 + w));
}

/**
 * The Dicke problem's squeezing for N -> infinity, Eq. (S44): xi^2 = -cos theta = sqrt(1 - (Omega/Omega_c)^2), which is
 * Eq. (7) about its branch (S21) at gamma = 0. Null above Omega_c, where that branch has ended.
 */
export function dickeSqueezing(driveOverCritical: number): number | null {
  return driveOverCritical > 1 ? null : Math.sqrt(1 - driveOverCritical ** 2);
}
