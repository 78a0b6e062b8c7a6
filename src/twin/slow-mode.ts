import { momentsOfRho } from '../operators/moments';
import type { Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';
import { arnoldi, type RitzPair } from './arnoldi';
import { applyLiouvillian } from './liouvillian';
import { ShiftedInverse } from './shifted-inverse';
import { type SteadyState, steadyState } from './steady-state';

/** A decay rate: L rho_i = -(re + i im) rho_i. */
export interface DecayRate {
  readonly re: number;
  readonly im: number;
}

/** The mode of the decay rate nearest to 0, where that is real. */
export interface SlowMode {
  /** lambda_1, in the unit of the rates */
  readonly lambda1: number;
  /** rho_1, packed: Hilbert-Schmidt norm 1, and <S_z> < 0, so that its positive part is the lower branch */
  readonly right: Float64Array;
  /** W, packed: inner(W, rho_1) = 1 */
  readonly left: Float64Array;
  /** |W| |rho_1| / inner(W, rho_1) in Hilbert-Schmidt norms */
  readonly conditionNumber: number;
}

export interface SlowSpectrum {
  readonly steady: SteadyState;
  /** the symmetric sector's decay rates nearest to 0, at most four, by rising modulus, conjugates both */
  readonly rates: readonly DecayRate[];
  /** null where the first rate is complex */
  readonly slowMode: SlowMode | null;
}

/** Krylov vectors: inverse iteration with so many converges the slowest modes to rounding. */
const KRYLOV = 40;
/** The shift off the deflated eigenvalue 0 in units of gamma: what it magnifies stays far above rounding. */
const RELATIVE_SHIFT = 0.01;
/** Arnoldi's own misfit below which a rate is worth reporting; a Ritz value is far closer than its vector. */
const CONVERGED = 1e-8;
/** As many rates are worth reporting. */
const RATES = 4;

/**
 * The steady state, the decay rates nearest to 0 and the slowest mode, right and left, of Eq. (1) in float64: Arnoldi on the
 * inverse of L, its eigenvalue 0 deflated. The rate nearest to 0 is the paper's lambda_1, the one with the smallest real part, in
 * and around the bistable region, where the spectrum is a wedge about the real axis; far above Omega_c, or with little
 * collective decay, ringing modes at multiples of 2 Omega can decay more slowly and are not looked for.
 * @throws InputError as steadyState does
 */
export function slowSpectrum(system: SystemParameters): SlowSpectrum {
  const steady = steadyState(system);
  const { pyramid } = steady;
  const inverse = new ShiftedInverse(system, pyramid, RELATIVE_SHIFT * (system.gamma1D + system.gammaF));
  const identity = pyramid.identity();
  const inner = (x: Float64Array, y: Float64Array) => pyramid.inner(x, y);
  // Without the steady state there is one dimension less to fill.
  const size = Math.min(KRYLOV, pyramid.unknowns - 1);
  const problem = { inner, start: scattered(pyramid.unknowns), size };

  const right = arnoldi({
    ...problem,
    apply: (x) => inverse.solve(x),
    deflate: (x) => subtract(x, pyramid.trace(x), steady.rho),
  });
  const rate = ({ theta }: RitzPair) => decayRate(theta, inverse.shift);
  const modulus = ({ re, im }: DecayRate) => Math.hypot(re, im);
  const nearest = right.filter(({ misfit }) => misfit < CONVERGED);
  nearest.sort((p, q) => modulus(rate(p)) - modulus(rate(q)));
  const rates = nearest.slice(0, RATES).map(rate);
  const [slowest] = nearest;
  if (slowest === undefined) throw new Error(`no decay rate converged in ${size} Krylov vectors`);
  if (slowest.vector === null) return { steady, rates, slowMode: null };

  const left = arnoldi({
    ...problem,
    apply: (x) => inverse.solveTransposed(x),
    deflate: (x) => subtract(x, inner(x, steady.rho), identity),
  });
  const distance = ({ theta }: RitzPair) => Math.hypot(theta.re - slowest.theta.re, theta.im);
  const partner = left.reduce((best, pair) => (distance(pair) < distance(best) ? pair : best));
  return { steady, rates, slowMode: slowMode(system, pyramid, slowest.vector, partner.vector!) };
}

/** Signs and scales the two vectors, and takes lambda_1 from both: the error is the product of theirs. */
function slowMode(system: SystemParameters, pyramid: Pyramid, v: Float64Array, w: Float64Array): SlowMode {
  const sign = momentsOfRho(pyramid, v).Sz > 0 ? -1 : 1;
  const length = sign * Math.sqrt(pyramid.inner(v, v));
  const right = v.map((value) => value / length);
  const overlap = pyramid.inner(w, right);
  const left = w.map((value) => value / overlap);
  const image = new Float64Array(pyramid.unknowns);
  applyLiouvillian(system, pyramid, right, image);
  return {
    lambda1: -pyramid.inner(left, image),
    right,
    left,
    conditionNumber: Math.sqrt(pyramid.inner(left, left)),
  };
}

/** An eigenvalue theta of (L - shift)^-1 as a decay rate. */
function decayRate({ re, im }: DecayRate, shift: number): DecayRate {
  const square = re ** 2 + im ** 2;
  return { re: -re / square - shift, im: im / square };
}

/** A start with a part in every mode, the same each time: the fractional parts of multiples of the golden ratio. */
function scattered(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => ((i + 1) * 0.6180339887498949) % 1).map(
    (value) => value - 0.5,
  );
}

function subtract(x: Float64Array, amount: number, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] -= amount * y[i];
}
