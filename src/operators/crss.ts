import { InputError } from '../parameters/errors';
import type { SystemParameters } from '../parameters/system';
import type { Pyramid } from './pyramid';

/**
 * The coherently radiating spin state (CRSS): the asymptotic eigenstate of S_- with eigenvalue -2i Omega/gamma_1D, which in
 * the real gauge is s = -2 Omega/gamma_1D. It solves the problem without individual decay below Omega_c.
 */

/**
 * s = -2 Omega / gamma_1D, the CRSS's eigenvalue of S_- in the real gauge.
 * @throws InputError without collective decay
 */
export function crssEigenvalue(system: Pick<SystemParameters, 'omega' | 'gamma1D'>): number {
  if (system.gamma1D === 0) {
    throw new InputError(
      'gamma1d',
      0,
      'a positive rate for a CRSS to exist (it is the state of collective decay)',
    );
  }
  return (-2 * system.omega) / system.gamma1D;
}

/**
 * The CRSS of spin j: 2j+1 normalised real amplitudes from m = -j up, c_{m+1} = c_m s / sqrt((j-m)(j+m+1)). Taken in
 * logarithms, for the product over- and underflows from some hundred atoms on.
 */
export function crssAmplitudes(j: number, s: number): Float64Array {
  const dim = 2 * j + 1;
  const amplitudes = new Float64Array(dim);
  if (s === 0) {
    amplitudes[0] = 1;
    return amplitudes;
  }
  let largest = 0;
  for (let r = 1; r < dim; r++) {
    amplitudes[r] = amplitudes[r - 1] + Math.log(Math.abs(s)) - Math.log(r * (dim - r)) / 2;
    largest = Math.max(largest, amplitudes[r]);
  }
  let norm = 0;
  for (let r = 0; r < dim; r++) {
    amplitudes[r] = (s < 0 && r % 2 === 1 ? -1 : 1) * Math.exp(amplitudes[r] - largest);
    norm += amplitudes[r] ** 2;
  }
  return amplitudes.map((amplitude) => amplitude / Math.sqrt(norm));
}

/** The CRSS of every j, from j = N/2 down; null without collective decay, when there is none. */
export function crssOfEveryJ(system: SystemParameters): Float64Array[] | null {
  if (system.gamma1D === 0) return null;
  const blocks = Math.floor(system.atoms / 2) + 1;
  const s = crssEigenvalue(system);
  return Array.from({ length: blocks }, (_, b) => crssAmplitudes(system.atoms / 2 - b, s));
}

/** The fidelities of a state psi of spin j: |<CRSS|psi>|^2. */
export interface CrssFidelities {
  /** with the CRSS of j = N/2: 0 in every other j, and without collective decay */
  readonly crssFidelity: number;
  /** with the CRSS of the state's own j */
  readonly crssFidelityAllJ: number;
}

export function crssFidelitiesOfPsi(
  system: SystemParameters,
  j: number,
  psi: ArrayLike<number>,
): CrssFidelities {
  if (system.gamma1D === 0) return { crssFidelity: 0, crssFidelityAllJ: 0 };
  const crss = crssAmplitudes(j, crssEigenvalue(system));
  const overlap = crss.reduce((sum, value, r) => sum + value * psi[r], 0);
  return { crssFidelity: j === system.atoms / 2 ? overlap ** 2 : 0, crssFidelityAllJ: overlap ** 2 };
}

/** <CRSS| rho |CRSS> with the CRSS of j = N/2, the paper's (its square root is QuTiP's fidelity). */
export function crssFidelity(pyramid: Pyramid, rho: ArrayLike<number>, s: number): number {
  return blockFidelity(pyramid, rho, s, 0);
}

/** The same with a CRSS in every j: sum_j <CRSS_j| rho |CRSS_j>. */
export function crssFidelityAllJ(pyramid: Pyramid, rho: ArrayLike<number>, s: number): number {
  return pyramid.blocks.reduce((sum, { index }) => sum + blockFidelity(pyramid, rho, s, index), 0);
}

function blockFidelity(pyramid: Pyramid, rho: ArrayLike<number>, s: number, b: number): number {
  const { j, dim } = pyramid.blocks[b];
  const crss = crssAmplitudes(j, s);
  let sum = 0;
  for (let r = 0; r < dim; r++) {
    for (let c = 0; c < dim; c++) sum += crss[r] * crss[c] * pyramid.element(rho, b, r, c);
  }
  return sum;
}
