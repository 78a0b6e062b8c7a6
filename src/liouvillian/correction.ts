/**
 * The correction equation of a Jacobi-Davidson step, and who solves it.
 *
 * For p vectors x (one, or the two of a complex pair) and a p x p matrix theta,
 *
 *   L x - x theta - sigma sum_d image_d (functional_d . x) = rhs,
 *
 * L forward or transposed. Each deflation moves one known eigenvalue of L to -sigma beyond it, so that the equation stays well
 * conditioned next to it: the pair under correction itself, the steady state with the trace, the pairs found before. The solver
 * is free to stop at the asked reduction of the residual, or short of it, with the best it has.
 */
import type { Liouvillian } from './liouvillian';
import type { Direction } from './stencil';
import { axpy, dot, product } from './vectors';

export interface Deflation {
  readonly image: Float64Array;
  /** functional . x is the Hilbert-Schmidt product */
  readonly functional: Float64Array;
}

export interface CorrectionEquation {
  readonly direction: Direction;
  /** p x p, row-major */
  readonly theta: readonly number[];
  readonly deflations: readonly Deflation[];
  /** sigma, a rate */
  readonly deflationRate: number;
  readonly rhs: readonly Float64Array[];
  /** asked |residual| / |rhs| in the preconditioned norm */
  readonly reduction: number;
  readonly mostMatvecs: number;
  /** The solution is wanted to the last element, wherever it is small: no part of the pyramid is left out. */
  readonly everywhere?: boolean;
}

export interface Correction {
  readonly x: readonly Float64Array[];
  /** reached |residual| / |rhs| in the preconditioned norm */
  readonly reduction: number;
  readonly matvecs: number;
}

/**
 * Matvecs of one solve at most. Near bistability some hundreds do; strong collective decay and drives far above the bistable interval took up
 * to 15,000 at N = 40 to 110, with plateaus of thousands.
 */
export function mostOfOneSolve(atoms: number): number {
  return 12000 + 240 * atoms;
}

/** A plateau of this many matvecs is the end of an iteration: they lengthen with N. */
export const patience = (atoms: number) => 1500 + 20 * atoms;

export interface CorrectionSolver {
  /** @param onMatvecs is told now and then how many matvecs this solve has done */
  solve(equation: CorrectionEquation, onMatvecs?: (matvecs: number) => void): Promise<Correction>;
}

/**
 * How far what is deflated moves, in distances to the nearest neighbour. With 1 the solves of lambda_1 and lambda_2 took 1,770, 3,310 and 4,570
 * matvecs at N = 54, 90 and 110 (R = 15.5), with 4 1,520, 2,860 and 3,560, with 8 1,610, 2,890 and 3,670.
 */
const BEYOND = 4;

/**
 * The rate that takes deflated eigenvalues out of the way of one at `theta`: slower ones pass it too, and none ends up beside it. Where the
 * nearest neighbour is itself deflated, that distance alone would put it there: 6,100 matvecs for lambda_2 at N = 200 in place of 750.
 */
export function rateBeyond(theta: number, separation: number): number {
  return Math.abs(theta) + BEYOND * separation;
}

export type Operator = (x: Float64Array, y: Float64Array) => void;

/** y = P (L x - x theta - sigma sum_d image_d (functional_d . x)) in float64, the p vectors one after the other. */
export function preconditionedOperator(liouvillian: Liouvillian, equation: CorrectionEquation): Operator {
  const { direction, theta, deflations, deflationRate, rhs } = equation;
  const n = liouvillian.unknowns;
  const p = rhs.length;
  const preconditioned = preconditioner(liouvillian, theta[0]);
  const { weights } = liouvillian;
  const functionals = deflations.map(({ functional }) => product(functional, weights));
  return (x, y) => {
    for (let k = 0; k < p; k++) {
      const xk = x.subarray(k * n, (k + 1) * n);
      const yk = y.subarray(k * n, (k + 1) * n);
      if (direction === 'forward') liouvillian.apply(xk, yk);
      else liouvillian.applyTransposed(xk, yk);
      for (let l = 0; l < p; l++) {
        if (l !== k) axpy(-theta[l * p + k], x.subarray(l * n, (l + 1) * n), yk);
      }
      const shares = functionals.map((functional) => deflationRate * dot(functional, xk));
      // The usual two deflations in one pass with theta and P.
      const [a = yk, b = yk] = deflations.map(({ image }) => image);
      const [shareA = 0, shareB = 0] = shares;
      for (let d = 2; d < deflations.length; d++) axpy(-shares[d], deflations[d].image, yk);
      const own = theta[k * p + k];
      for (let i = 0; i < n; i++) {
        yk[i] = preconditioned[i] * (yk[i] - own * xk[i] - shareA * a[i] - shareB * b[i]);
      }
    }
  };
}

/**
 * P, the diagonal that preconditions: 1 / (d - theta - pole), d = diag L. The pole is 0.12 max |d|: the bare diagonal is too small where no-jump
 * decay is slow. Zero on the diagonals of antisymmetric operators, which are none.
 */
export function preconditioner({ diagonal, weights }: Liouvillian, theta: number): Float64Array {
  const pole = poleOf(diagonal);
  const values = new Float64Array(diagonal.length);
  for (let i = 0; i < diagonal.length; i++)
    if (weights[i] !== 0) values[i] = 1 / (diagonal[i] - theta - pole);
  return values;
}

export function poleOf(diagonal: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < diagonal.length; i++) largest = Math.max(largest, -diagonal[i]);
  return 0.12 * largest;
}
