/**
 * Two-sided Jacobi-Davidson for one real eigenvalue of L or one complex pair: float64 quotients and residuals outside, correction solves of
 * low accuracy inside.
 *
 * With biorthonormal real bases U (right) and W (left), W^T U = 1, the quotient is Theta = W^T L U and the residuals are
 * R = L U - U Theta and R_l = L^T W - W Theta^T. Corrections T of either side, L T - T Theta = -R, alternate. The error of Theta is
 * -R_l^T T for the exact T, the product of two small things, so a rough solve on each side squares the accuracy.
 *
 * The error bound is the smaller of |R| |R_l| times the largest |T|/|R| met (the inverse separation from the rest of the spectrum, and at
 * least 1/|lambda_2 - lambda_1|), and |W| |U| |R| once W is near the left vector; with a margin for rounding. L is not normal: neither is a theorem with computed
 * vectors, both were far above the true error at all points checked.
 */
import { type CorrectionSolver, type Deflation, mostOfOneSolve, rateBeyond } from './correction';
import type { Liouvillian } from './liouvillian';
import { eigenvalueError, lengthOf, type Quotient, quotient, roundingOf } from './quotient';
import type { Direction } from './stencil';
import { scaled, sums } from './vectors';

export interface Eigenpair {
  /** lambda = -(re + i im), decay rate re > 0 and im >= 0 */
  readonly re: number;
  readonly im: number;
  /** the other one of a pair of real eigenvalues about to become complex, a decay rate too */
  readonly other: number | null;
  /** bound on |lambda - exact| */
  readonly error: number;
  /** biorthonormal: one vector each, or two for a pair; the right ones of Hilbert-Schmidt norm 1 */
  readonly right: readonly Float64Array[];
  readonly left: readonly Float64Array[];
  /** |R| with |U| = 1, and |R_l| / |W|, in the unit of the rates */
  readonly rightResidual: number;
  readonly leftResidual: number;
  /** bounds on what U and W are off, relative to their lengths */
  readonly rightError: number;
  readonly leftError: number;
  /** |W| |U| / |W^T U| */
  readonly condition: number;
  readonly matvecs: number;
}

export interface RefinementRequest {
  readonly right: readonly Float64Array[];
  readonly left: readonly Float64Array[];
  /** the steady state's estimate, of trace 1 */
  readonly steady: Float64Array;
  /** other eigenvalues to keep out of the way */
  readonly known: readonly Eigenpair[];
  /** distance to the nearest other eigenvalue, and the rate that deflated ones are moved by */
  readonly separation: number;
  /** asked error bound relative to |lambda| */
  readonly tolerance: number;
  /** asked error of U and W, relative to their lengths; Infinity when only the eigenvalue is wanted */
  readonly vectorTolerance: number;
  /** of all solves, at most */
  readonly mostMatvecs?: number;
  readonly onMatvecs?: (matvecs: number) => void;
}

/** A solve that leaves more than this of its residual makes no progress. */
const STALLED = 0.7;
/** What a solve is asked to leave of its residual, in the preconditioned norm. */
const LEAST = 0.03;
const MOST = 0.3;
const MOST_SOLVES = 16;

/** Refines a start until its bound meets the tolerance, or as far as it goes. */
export async function refineEigenpair(
  liouvillian: Liouvillian,
  solver: CorrectionSolver,
  request: RefinementRequest,
): Promise<Eigenpair> {
  const { tolerance, vectorTolerance, separation, mostMatvecs = Number.POSITIVE_INFINITY } = request;
  let amplification = 1 / separation;
  let matvecs = 0;
  let state = quotient(liouvillian, request.right, request.left, request.steady);
  const stalled: Record<Direction, boolean> = { forward: false, transposed: false };
  const failures: Record<Direction, number> = { forward: 0, transposed: 0 };
  let direction: Direction = 'transposed';
  let most = MOST;
  for (let solve = 0; solve < MOST_SOLVES && matvecs < mostMatvecs; solve++) {
    const bound = errorBound(liouvillian, state, amplification);
    const least = roundingBound(liouvillian, state);
    const wantedBound = tolerance * Math.hypot(state.re, state.im);
    // What rounding alone puts out of reach is not gone for.
    const asked = least < wantedBound ? wantedBound : 2 * least;
    const errors = vectorErrors(liouvillian, state, amplification);
    const vectors = Math.max(errors.rightError, stalled.transposed ? 0 : errors.leftError);
    if (bound <= asked && vectors <= vectorTolerance) break;
    if (stalled.forward && stalled.transposed) break;
    if (stalled[direction]) direction = other(direction);
    const forward = direction === 'forward';
    const own = forward ? errors.rightError : errors.leftError;
    const wanted = Math.min(asked / bound, vectorTolerance / own);
    const reduction = Math.min(most, Math.max(LEAST, wanted / 2));
    const { theta, right, left } = state;
    const correction = await solver.solve(
      {
        direction,
        theta: forward ? theta : transpose(theta),
        deflations: deflations(liouvillian, request, state, direction),
        deflationRate: rateBeyond(theta[0], separation),
        rhs: (forward ? state.rightResidual : state.leftResidual).map((r) => scaled(-1, r)),
        reduction,
        mostMatvecs: Math.min(mostMatvecs - matvecs, mostOfOneSolve(liouvillian.system.atoms)),
      },
      (within) => request.onMatvecs?.(matvecs + within),
    );
    matvecs += correction.matvecs;
    const next = forward
      ? quotient(liouvillian, sums(right, correction.x), left, request.steady)
      : quotient(liouvillian, right, sums(left, correction.x), request.steady);
    const [before, after] = forward ? [state.rightNorm, next.rightNorm] : [state.leftNorm, next.leftNorm];
    if (after < before) {
      amplification = Math.max(amplification, lengthOf(liouvillian, correction.x) / before);
      state = next;
    }
    const isStalled = !(after < STALLED * before);
    if (isStalled && reduction > LEAST) {
      // It may have done what it was asked for in its own norm: from now on more is asked.
      most = LEAST;
      continue;
    }
    stalled[direction] = isStalled;
    if (stalled[direction]) failures[direction]++;
    // What one side could not do may be possible from a better other side, once.
    else stalled[other(direction)] = failures[other(direction)] > 1;
    direction = other(direction);
  }
  const { re, im, other: second, right, left, rightNorm, leftNorm, condition } = state;
  return {
    re: -re,
    im,
    other: second === null ? null : -second,
    error: errorBound(liouvillian, state, amplification),
    right,
    left,
    rightResidual: rightNorm,
    leftResidual: leftNorm / condition,
    ...vectorErrors(liouvillian, state, amplification),
    condition,
    matvecs,
  };
}

/** A residual times the inverse separation from the rest of the spectrum, as far as it was met, with the margin of the eigenvalue's bound. */
function vectorErrors(
  liouvillian: Liouvillian,
  { rightNorm, leftNorm, condition }: Quotient,
  amplification: number,
): Pick<Eigenpair, 'rightError' | 'leftError'> {
  const rounding = roundingOf(liouvillian.system);
  return {
    rightError: 1.5 * amplification * (rightNorm + rounding),
    leftError: 1.5 * amplification * (leftNorm / condition + rounding),
  };
}

function errorBound(liouvillian: Liouvillian, state: Quotient, amplification: number): number {
  const { rightNorm, leftNorm, condition } = state;
  // The exact left vector is W but for this part of it: a W that is far off says nothing of the condition.
  const leftError = (amplification * leftNorm) / condition;
  const byCondition = leftError < 0.5 ? condition * rightNorm : Number.POSITIVE_INFINITY;
  const error = 1.5 * Math.min(amplification * rightNorm * leftNorm, byCondition);
  return eigenvalueError(state, error + roundingOf(liouvillian.system) * condition);
}

/** What is left of the bound where both residuals are nothing but rounding. */
function roundingBound(liouvillian: Liouvillian, state: Quotient): number {
  return eigenvalueError(state, roundingOf(liouvillian.system) * state.condition);
}

/** The pair itself by its own vectors; rho_s with the trace and the known pairs, right with left, or the other way round. */
function deflations(
  liouvillian: Liouvillian,
  { steady, known }: RefinementRequest,
  { right, left }: Quotient,
  direction: Direction,
): Deflation[] {
  const forward = direction === 'forward';
  const rights = [steady, ...known.flatMap((pair) => pair.right)];
  const lefts = [liouvillian.identity, ...known.flatMap((pair) => pair.left)];
  const own = forward ? right : left;
  return [
    ...rights.map((u, i) =>
      forward ? { image: u, functional: lefts[i] } : { image: lefts[i], functional: u },
    ),
    ...own.map((image) => ({ image, functional: scaled(1 / liouvillian.inner(image, image), image) })),
  ];
}

function transpose(a: readonly number[]): number[] {
  return a.length === 1 ? [...a] : [a[0], a[2], a[1], a[3]];
}

function other(direction: Direction): Direction {
  return direction === 'forward' ? 'transposed' : 'forward';
}
