/**
 * The no-jump evolution of photodetection, Eq. (S16), block by block: between jumps d psi/dt = D psi with
 *
 *     D = -Omega (S_+ - S_-) - (gamma_1D/2) S_+ S_- - (gamma_F/2)(N/2 + S_z)        (real gauge)
 *
 * in spin j. With the row r = j + m = 0 ... 2j and dim = 2j + 1, (j+m)(j-m+1) = r (dim - r), so all amplitudes are
 * polynomials in r with a few numbers to a block.
 */
import type { SystemParameters } from '../parameters/system';

export interface DriftBlock {
  readonly dim: number;
  /** largest jump rate of any state of the block: the candidates' rate in thinning */
  readonly bound: number;
  /** longest time over which one twelfth-order Taylor sweep is exact to float32's rounding */
  readonly longest: number;
  /** a bound of the numerical radius of D */
  readonly radius: number;
  /** minus the middle of the diagonal of D; taking it off halves the norm and only changes that of psi */
  readonly shift: number;
  /** jump rates of |j, m> by an individual emission: same r (dim - r), down r (r - 1), up (dim - r)(dim - r + 1) */
  readonly same: number;
  readonly down: number;
  readonly up: number;
}

/**
 * h w of one sweep, w a bound of the numerical radius of D. Since |D^k| <= 2 w^k (Berger), what the Taylor series leaves
 * out is below 2 reach^13/13! (1 + ...) = 1.1e-7, float32's rounding; the next factor in cost would buy nothing that a
 * float32 amplitude can hold.
 */
export const taylorReach = 1.55;

export function driftTable(system: SystemParameters): DriftBlock[] {
  const blocks = Math.floor(system.atoms / 2) + 1;
  return Array.from({ length: blocks }, (_, b) => driftBlock(system, system.atoms / 2 - b));
}

function driftBlock({ atoms, gamma1D, gammaF, omega }: SystemParameters, j: number): DriftBlock {
  const dim = 2 * j + 1;
  const same = j === 0 ? 0 : (gammaF * (atoms / 2 + 1)) / (2 * j * (j + 1));
  const down = j === 0 ? 0 : (gammaF * (atoms / 2 + j + 1)) / (2 * j * dim);
  const up = (gammaF * (atoms / 2 - j)) / (2 * (j + 1) * dim);
  const rates = Array.from({ length: dim }, (_, r) => gamma1D * r * (dim - r) + gammaF * (atoms / 2 - j + r));
  const bound = Math.max(...rates);
  const least = Math.min(...rates);
  // psi^* D psi has an imaginary part from Omega (S_+ - S_-) alone, at most 2 Omega j, and a real one from the diagonal, minus
  // half the jump rate.
  const radius = Math.hypot(2 * omega * j, (bound - least) / 4);
  return { dim, bound, longest: taylorReach / radius, radius, shift: (bound + least) / 4, same, down, up };
}
