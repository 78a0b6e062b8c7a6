import {
  isEquation1,
  type MeanFieldRates,
  meanFieldRates,
  type SystemParameters,
} from '../parameters/system';
import { type Branch, meanFieldCaveat } from './branches';

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
 * xi^2 on the lower branch, Eq. (7); null elsewhere, in the general model, and where the mean field does not hold. The linearised fluctuations behind it
 * are those of a long mean spin: past the fold at N = 18 it is 0.9 where the steady state has 35.
 */
export function lowerBranchSqueezing(
  system: SystemParameters,
  branch: Pick<Branch, 'sy' | 'sz' | 'stable'>,
): number | null {
  const rates = meanFieldRates(system);
  if (!isEquation1(system) || meanFieldCaveat(system) !== null || !isLower(rates, branch)) return null;
  return meanFieldSqueezing(rates, branch);
}

/**
 * Where there is bistability the cubic (2) has its inflection, s_z = -(1 - 2 q)/3 with q = gamma/Gamma, between the stable branches. Where
 * there is none the only branch counts as lower down to half the inversion, s_z = -1/2, where that of Gamma >> gamma has its fold; without
 * collective decay none does.
 */
function isLower({ gamma, Gamma }: MeanFieldRates, { sz, stable }: Pick<Branch, 'sz' | 'stable'>): boolean {
  if (Gamma === 0) return false;
  return stable && sz < (Gamma > 8 * gamma ? -(1 - (2 * gamma) / Gamma) / 3 : -1 / 2);
}

/**
 * xi^2 = 1 + 2 (<a+ a> - |<a a>|), Eq. (7) with (S42), as a formula in any mean spin.
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
