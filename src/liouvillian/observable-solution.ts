/** X of L^+ X = <A> - A for an observable A: what proves its mean in the steady state (docs/guide/proofs.md). */
import { type CorrectionSolver, mostOfOneSolve, rateBeyond } from './correction';
import type { Liouvillian } from './liouvillian';
import { roundingOf } from './quotient';
import { axpy } from './vectors';

export interface ObservableRequest {
  /** A, packed */
  readonly observable: Float64Array;
  /** rho_s, or nearly */
  readonly steady: Float64Array;
  /** distance of modes, but for the slowest, from 0 */
  readonly separation: number;
  readonly onMatvecs?: (matvecs: number) => void;
}

/** A solve that leaves more than this of the residual makes no progress. */
const STALLED = 0.5;
const MOST_SOLVES = 14;
/** of one solve: what float32 can do */
const REDUCTION = 1e-4;
/** Rounding of L^+ X leaves about this part of its bound. */
const ROUNDING = 0.1;
/** Who stalls before that is not at the end. */
const FAR = 1e-6;

/**
 * Corrects X until its residual no longer falls. What the residual has of the identity moves all eigenvalues of A + L^+ X alike: it is <A>, and
 * is found there. The slow mode is not deflated: its left vector is not known well enough for that, and it took no more matvecs so. A solve may break
 * down in the few dimensions that A reaches in a small system; then X is shaken, once.
 */
export async function solveObservable(
  liouvillian: Liouvillian,
  solver: CorrectionSolver,
  { observable, steady, separation, onMatvecs }: ObservableRequest,
): Promise<{ readonly X: Float64Array; readonly matvecs: number }> {
  const { identity } = liouvillian;
  const rounding = ROUNDING * roundingOf(liouvillian.system);
  const X = new Float64Array(observable.length);
  let best = { X, length: Number.POSITIVE_INFINITY };
  let matvecs = 0;
  let first = 0;
  let shaken = false;
  for (let solve = 0; ; solve++) {
    // A + L^+ X without its mean
    const residual = liouvillian.image('transposed', X);
    axpy(1, observable, residual);
    liouvillian.addIdentity(-liouvillian.inner(steady, residual), residual);
    const length = liouvillian.norm(residual);
    if (solve === 0) first = length;
    let stalled = !(length < STALLED * best.length);
    if (length < best.length) best = { X: X.slice(), length };
    if (stalled && !shaken && length > FAR * first) {
      shaken = true;
      stalled = false;
      shake(liouvillian, X, residual, length);
    }
    if (stalled || length <= rounding * liouvillian.norm(X) || solve === MOST_SOLVES)
      return { X: best.X, matvecs };
    const { x, matvecs: spent } = await solver.solve(
      {
        direction: 'transposed',
        theta: [0],
        deflations: [{ image: identity, functional: steady }],
        deflationRate: rateBeyond(0, separation),
        rhs: [residual],
        reduction: REDUCTION,
        mostMatvecs: mostOfOneSolve(liouvillian.system.atoms),
        // Every row of the residual bounds the enclosure.
        everywhere: true,
      },
      (within) => onMatvecs?.(matvecs + within),
    );
    matvecs += spent;
    axpy(-1, x[0], X);
  }
}

/** Adds something of all to X, and what that does to the residual, which is about as long, to the residual. */
function shake(liouvillian: Liouvillian, X: Float64Array, residual: Float64Array, length: number): void {
  const { weights } = liouvillian;
  const any = X.map((_, i) => (weights[i] === 0 ? 0 : Math.sin(1 + 1.7 * i * i)));
  const image = liouvillian.image('transposed', any);
  const share = length / liouvillian.norm(image);
  axpy(share, any, X);
  axpy(share, image, residual);
}
