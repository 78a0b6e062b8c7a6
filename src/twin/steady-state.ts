import { Pyramid } from '../operators/pyramid';
import { InputError } from '../parameters/errors';
import { isReal, type SystemParameters } from '../parameters/system';
import { needUniqueSteadyState } from '../parameters/unique-steady-state';
import { applyLiouvillian } from './liouvillian';
import { ShiftedInverse } from './shifted-inverse';

/** The largest N the twin takes. */
export const MAX_TWIN_ATOMS = 54;

export interface SteadyState {
  readonly pyramid: Pyramid;
  /** rho_s, packed in the symmetric sector, trace 1 */
  readonly rho: Float64Array;
  /** |L rho_s| / |rho_s| in Hilbert-Schmidt norms, in the unit of the rates */
  readonly residual: number;
}

/**
 * The steady state rho_s of Eq. (1) in float64 by inverse iteration. What rounding leaves of the slowest mode is about
 * 1e-16 N^2 gamma_1D / lambda_1. A tenth of a second at N = 18, some 5 s at 40, a minute at 54.
 * @throws InputError for more than MAX_TWIN_ATOMS atoms, and without individual decay, when every j keeps its weight
 */
export function steadyState(system: SystemParameters): SteadyState {
  refuse(system);
  const { atoms, omega, gamma1D, gammaF, pumping, dephasing, ...others } = system;
  const collective = gamma1D + others.collectivePumping + others.collectiveDephasing;
  const pyramid = new Pyramid(atoms);
  const size = atoms * (atoms * collective + gammaF + pumping + dephasing + omega);
  const inverse = new ShiftedInverse(system, pyramid, RELATIVE_SHIFT * size);
  let rho = pyramid.identity();
  for (let step = 0; step < STEPS; step++) {
    rho = inverse.solve(rho);
    const trace = pyramid.trace(rho);
    rho = rho.map((value) => value / trace);
  }
  const image = new Float64Array(pyramid.unknowns);
  applyLiouvillian(system, pyramid, rho, image);
  return { pyramid, rho, residual: norm(pyramid, image) / norm(pyramid, rho) };
}

function refuse(system: SystemParameters): void {
  const { atoms, detuning } = system;
  if (atoms > MAX_TWIN_ATOMS) {
    throw new InputError('atoms', atoms, `at most ${MAX_TWIN_ATOMS} for the exact solution on the CPU`);
  }
  if (!isReal(system))
    throw new InputError('detuning', detuning, '0, and the collective shift too, for the exact solution');
  needUniqueSteadyState(system);
}

/**
 * The shift in units of the Liouvillian's size: so small that two steps of inverse iteration leave nothing of any other mode,
 * while the errors that so small a shift magnifies lie along the steady state itself.
 */
const RELATIVE_SHIFT = 1e-14;
const STEPS = 3;

function norm(pyramid: Pyramid, x: Float64Array): number {
  return Math.sqrt(pyramid.inner(x, x));
}
