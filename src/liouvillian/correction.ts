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
import type { Direction } from './stencil';

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
}

export interface Correction {
  readonly x: readonly Float64Array[];
  /** reached |residual| / |rhs| in the preconditioned norm */
  readonly reduction: number;
  readonly matvecs: number;
}

export interface CorrectionSolver {
  solve(equation: CorrectionEquation): Promise<Correction>;
}

/** The diagonal that preconditions: 1 / (d - theta - 0.12 max |d|), d = diag L. Shifted, for the bare diagonal is too small where d is. */
export function preconditioner(diagonal: Float64Array, theta: number): Float64Array {
  let largest = 0;
  for (const d of diagonal) largest = Math.max(largest, -d);
  return diagonal.map((d) => 1 / (d - theta - 0.12 * largest));
}
