import { InputError } from '../parameters/errors';
import type { SystemParameters } from '../parameters/system';
import type { Pyramid } from './pyramid';

/**
 * The coherently radiating spin state (CRSS): the asymptotic eigenstate of S_- with eigenvalue -i Omega/(gamma_1D/2 + i Delta), which in
 * the real gauge is -2 Omega/(gamma_1D + 2i Delta) = s exp(i angle). It solves the problem without individual decay below Omega_c on
 * resonance. A collective shift only turns it about z: its amplitudes are those of the real s, times exp(i angle r) in the row r = j + m.
 */

type Drive = Pick<SystemParameters, 'omega' | 'gamma1D' | 'collectiveShift'>;

/**
 * s = -2 Omega / |gamma_1D + 2i Delta|, the CRSS's eigenvalue of S_- in the real gauge but for its angle.
 * @throws InputError without collective decay
 */
export function crssEigenvalue(system: Drive): number {
  if (system.gamma1D === 0) {
    throw new InputError(
      'gamma1d',
      0,
      'a positive rate for a CRSS to exist (it is the state of collective decay)',
    );
  }
  return (-2 * system.omega) / Math.hypot(system.gamma1D, 2 * system.collectiveShift);
}

/** The angle by which a collective shift turns the CRSS about z, 0 without one. */
export const crssAngle = ({ gamma1D, collectiveShift }: Drive) =>
  collectiveShift === 0 ? 0 : -Math.atan2(2 * collectiveShift, gamma1D);

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

/** The CRSS of every j, from j = N/2 down, but for `crssAngle`; null without collective decay, when there is none. */
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

/**
 * @param psi its 2j+1 amplitudes from m = -j up
 * @param imaginary their imaginary parts, where they have any
 */
export function crssFidelitiesOfPsi(
  system: SystemParameters,
  j: number,
  psi: ArrayLike<number>,
  imaginary?: ArrayLike<number>,
): CrssFidelities {
  if (system.gamma1D === 0) return { crssFidelity: 0, crssFidelityAllJ: 0 };
  const angle = crssAngle(system);
  let [re, im] = [0, 0];
  crssAmplitudes(j, crssEigenvalue(system)).forEach((value, r) => {
    const [cos, sin, y] = [Math.cos(angle * r), Math.sin(angle * r), imaginary?.[r] ?? 0];
    re += value * (cos * psi[r] + sin * y);
    im += value * (cos * y - sin * psi[r]);
  });
  const fidelity = re ** 2 + im ** 2;
  return { crssFidelity: j === system.atoms / 2 ? fidelity : 0, crssFidelityAllJ: fidelity };
}

/**
 * <CRSS| rho |CRSS> with the CRSS of j = N/2, the paper's (its square root is QuTiP's fidelity).
 * @param rho packed; where the angle is not 0 its symmetric part and then its antisymmetric one
 */
export function crssFidelity(pyramid: Pyramid, rho: ArrayLike<number>, s: number, angle = 0): number {
  return blockFidelity(pyramid, rho, s, angle, 0);
}

/** The same with a CRSS in every j: sum_j <CRSS_j| rho |CRSS_j>. */
export function crssFidelityAllJ(pyramid: Pyramid, rho: ArrayLike<number>, s: number, angle = 0): number {
  return pyramid.blocks.reduce((sum, { index }) => sum + blockFidelity(pyramid, rho, s, angle, index), 0);
}

function blockFidelity(
  pyramid: Pyramid,
  rho: ArrayLike<number>,
  s: number,
  angle: number,
  b: number,
): number {
  const { j, dim } = pyramid.blocks[b];
  const crss = crssAmplitudes(j, s);
  let sum = 0;
  for (let r = 0; r < dim; r++) {
    for (let c = 0; c < dim; c++) sum += crss[r] * crss[c] * turned(pyramid, rho, angle, b, r, c);
  }
  return sum;
}

/** The real part of exp(-i angle r) rho_rc exp(i angle c). */
function turned(pyramid: Pyramid, rho: ArrayLike<number>, angle: number, b: number, r: number, c: number) {
  const real = pyramid.element(rho, b, r, c);
  if (angle === 0) return real;
  // Both the sine and the antisymmetric part change sign with r and c.
  const antisymmetric = rho[pyramid.unknowns + pyramid.index(b, Math.max(r, c), Math.min(r, c))];
  return Math.cos(angle * (r - c)) * real + Math.sin(angle * Math.abs(r - c)) * antisymmetric;
}
