/** The two metastable states of the bistable system, Eqs. (4), (5), (10), and the committor. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { momentsOfRho } from '../operators/moments';
import type { Eigenpair } from './jacobi-davidson';
import type { Liouvillian } from './liouvillian';
import type { SteadyState } from './steady-state';

export interface MetastableStates {
  /** rho_+ and rho_-, packed, trace 1; "+" is the one of lower <S_z> */
  readonly plus: Float64Array;
  readonly minus: Float64Array;
  /** a_+- = Tr(rho_s rho_+-) / Tr(rho_+-^2): near, not exactly, the weights of a sum of 1 */
  readonly aPlus: number;
  readonly aMinus: number;
  /** (Tr W rho_s - w_-)/(w_+ - w_-) with w_+- = Tr W rho_+-, whatever identity W holds: the chance that the steady state ends in "+" */
  readonly pPlus: number;
  /** true where that chance came out below 0 or above 1 and was cut off: off bistability the two states need not hold rho_s between them */
  readonly isBeyond: boolean;
  /** the committor (W - w_-)/(w_+ - w_-), packed: Tr of it with a state is the state's chance to end up in "+" */
  readonly committor: Float64Array;
}

/**
 * Whether a mode has populations in it. Without a drive the coherences between different m are modes by themselves, as a laser's line is: such a mode
 * splits into two states of the same populations, which are no two phases.
 */
export function movesPopulations({ pyramid }: Liouvillian, [u]: readonly Float64Array[]): boolean {
  let square = 0;
  for (const { index: b, dim } of pyramid.blocks)
    for (let r = 0; r < dim; r++) square += u[pyramid.index(b, r, r)] ** 2;
  return Math.sqrt(square) > POPULATIONS;
}

/** Of a normalised mode: more than rounding and corrections leave on the diagonals. */
const POPULATIONS = 1e-4;
/** More than rounding may leave of a weight of 0 or 1. */
const BEYOND = 1e-6;

/**
 * rho_1 is split by the sign of its eigenvalues, block by block.
 * @throws RangeError for a pair, which does not split
 */
export function metastableStates(
  liouvillian: Liouvillian,
  slowMode: Eigenpair,
  rho: Float64Array,
): MetastableStates {
  if (slowMode.right.length > 1) throw new RangeError('A pair of slow modes does not split into two states.');
  const { pyramid } = liouvillian;
  const { positive, negative } = splitBySign(liouvillian, slowMode.right[0]);
  const Sz = (x: Float64Array) => momentsOfRho(pyramid, x).Sz;
  const [plus, minus] = Sz(positive) < Sz(negative) ? [positive, negative] : [negative, positive];
  const [w] = slowMode.left;
  const [wSteady, wPlus, wMinus] = [rho, plus, minus].map((state) => liouvillian.inner(w, state));
  const weight = (wSteady - wMinus) / (wPlus - wMinus);
  return {
    plus,
    minus,
    aPlus: liouvillian.inner(rho, plus) / liouvillian.inner(plus, plus),
    aMinus: liouvillian.inner(rho, minus) / liouvillian.inner(minus, minus),
    pPlus: Math.min(1, Math.max(0, weight)),
    isBeyond: Math.abs(weight - 0.5) > 0.5 + BEYOND,
    committor: w.map((value, i) => (value - wMinus * liouvillian.identity[i]) / (wPlus - wMinus)),
  };
}

/** Bounds on what metastable states and their weights are off. */
export interface MetastableErrors {
  /** of rho_+ and rho_-, in the Hilbert-Schmidt norm */
  readonly plus: number;
  readonly minus: number;
  readonly aPlus: number;
  readonly aMinus: number;
  readonly pPlus: number;
}

/**
 * What bounds on the errors of rho_1, of its left vector W and of rho_s do to the states and weights. Taking the positive part of a Hermitian
 * operator moves it by no more than the operator moves, in the Hilbert-Schmidt norm; the trace that then divides it moves by sqrt(D)
 * times as much at most, D = Tr 1. The rest is the triangle inequality.
 */
export function metastableErrors(
  liouvillian: Liouvillian,
  { plus, minus, aPlus, aMinus, pPlus }: MetastableStates,
  slowMode: Eigenpair,
  steady: SteadyState,
): MetastableErrors {
  const [u] = slowMode.right;
  const [w] = slowMode.left;
  const dimension = Math.sqrt(liouvillian.trace(liouvillian.identity));
  // u = t (rho_+ - rho_-) up to its sign
  const apart = difference(plus, minus);
  const trace = liouvillian.norm(u) / liouvillian.norm(apart);
  const uError = slowMode.rightError * liouvillian.norm(u);
  const stateError = (state: Float64Array) =>
    quotientError(uError + liouvillian.norm(state) * dimension * uError, trace, dimension * uError);
  const errors = { plus: stateError(plus), minus: stateError(minus) };
  const rhoNorm = liouvillian.norm(steady.rho);
  const rhoError = steady.error * rhoNorm;

  const weightError = (state: Float64Array, error: number, weight: number) => {
    const size = liouvillian.norm(state);
    const square = 2 * size * error + error ** 2;
    return quotientError(
      size * rhoError + rhoNorm * error + rhoError * error + weight * square,
      size ** 2,
      square,
    );
  };
  const wNorm = liouvillian.norm(w);
  const wError = slowMode.leftError * wNorm;
  const product = (x: Float64Array, error: number) => wError * (liouvillian.norm(x) + error) + wNorm * error;
  const above = product(difference(steady.rho, minus), rhoError + errors.minus);
  const below = product(apart, errors.plus + errors.minus);
  return {
    ...errors,
    aPlus: weightError(plus, errors.plus, aPlus),
    aMinus: weightError(minus, errors.minus, aMinus),
    pPlus: quotientError(above + pPlus * below, Math.abs(liouvillian.inner(w, apart)), below),
  };
}

/** What is off of a quotient, given what is off of the numerator less the quotient times what is off of the denominator. */
function quotientError(numerator: number, denominator: number, denominatorError: number): number {
  return denominatorError < denominator
    ? numerator / (denominator - denominatorError)
    : Number.POSITIVE_INFINITY;
}

function difference(x: Float64Array, y: Float64Array): Float64Array {
  return x.map((value, i) => value - y[i]);
}

/**
 * The positive and the (sign-turned) negative part of a packed operator, each of trace 1. A complex block R + iB is taken as the real symmetric
 * one of R, -B; B, R, which has every eigenvalue twice.
 */
function splitBySign(liouvillian: Liouvillian, x: Float64Array) {
  const { pyramid } = liouvillian;
  const n = pyramid.unknowns;
  const isWhole = liouvillian.parts === 'both';
  const imaginary = x.subarray(n);
  const positive = new Float64Array(x.length);
  const negative = new Float64Array(x.length);
  for (const { index: b, dim } of pyramid.blocks) {
    const size = isWhole ? 2 * dim : dim;
    const block = Matrix.zeros(size, size);
    for (let r = 0; r < dim; r++) {
      for (let c = 0; c < dim; c++) {
        const R = pyramid.element(x, b, r, c);
        block.set(r, c, R);
        if (!isWhole) continue;
        const B = Math.sign(r - c) * pyramid.element(imaginary, b, r, c);
        block.set(dim + r, dim + c, R);
        block.set(dim + r, c, B);
        block.set(r, dim + c, -B);
      }
    }
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(block, {
      assumeSymmetric: true,
    });
    const vectors = eigenvectorMatrix.to2DArray();
    const up = realEigenvalues.map((value) => Math.max(value, 0));
    const part = (r: number, c: number) => {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += vectors[r][k] * up[k] * vectors[c][k];
      return sum;
    };
    for (let r = 0; r < dim; r++) {
      for (let c = 0; c <= r; c++) {
        const index = pyramid.index(b, r, c);
        positive[index] = part(r, c);
        if (isWhole && r !== c) positive[n + index] = part(dim + r, c);
      }
    }
  }
  for (let i = 0; i < x.length; i++) negative[i] = positive[i] - x[i];
  for (const part of [positive, negative]) {
    const trace = liouvillian.trace(part);
    for (let i = 0; i < part.length; i++) part[i] /= trace;
  }
  return { positive, negative };
}
