/**
 * Two-sided Jacobi-Davidson for one real eigenvalue of L or one complex pair: float64 quotients and residuals outside, correction solves of
 * low accuracy inside.
 *
 * With biorthonormal real bases U (right) and W (left), W^T U = 1, the quotient is Theta = W^T L U and the residuals are
 * R = L U - U Theta and R_l = L^T W - W Theta^T. Corrections T of either side, L T - T Theta = -R, alternate. The error of Theta is
 * -R_l^T T for the exact T, the product of two small things, so a rough solve on each side squares the accuracy.
 *
 * The error bound is the smaller of |R| |R_l| times the largest |T|/|R| met (the inverse separation from the rest of the spectrum, and at
 * least 1/|lambda_2 - lambda_1|), and |W| |U| |R|; with a margin for rounding. L is not normal: neither is a theorem with computed
 * vectors, both were far above the true error at all points checked.
 */
import { type CorrectionSolver, type Deflation, mostMatvecs } from './correction';
import type { Liouvillian } from './liouvillian';
import type { Direction } from './stencil';
import { axpy, combine } from './vectors';

export interface Eigenpair {
  /** lambda = -(re + i im), decay rate re > 0 and im >= 0 */
  readonly re: number;
  readonly im: number;
  /** bound on |lambda - exact| */
  readonly error: number;
  /** biorthonormal: one vector each, or two for a pair; the right ones of Hilbert-Schmidt norm 1 */
  readonly right: readonly Float64Array[];
  readonly left: readonly Float64Array[];
  /** |R| with |U| = 1, and |R_l| / |W|, in the unit of the rates */
  readonly rightResidual: number;
  readonly leftResidual: number;
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
  /** asked |R| and |R_l|/|W| in units of the separation; Infinity when only the eigenvalue is wanted */
  readonly vectorTolerance: number;
  /** correction solves at most */
  readonly mostSolves?: number;
  readonly onMatvecs?: (matvecs: number) => void;
}

const ROUNDING = 4 * Number.EPSILON;
/** A solve that leaves more than this of its residual makes no progress. */
const STALLED = 0.7;
const MOST_SOLVES = 16;

/** Refines a start until its bound meets the tolerance, or as far as it goes. */
export async function refineEigenpair(
  liouvillian: Liouvillian,
  solver: CorrectionSolver,
  request: RefinementRequest,
): Promise<Eigenpair> {
  const { tolerance, vectorTolerance, separation, mostSolves = MOST_SOLVES } = request;
  let amplification = 1 / separation;
  let matvecs = 0;
  let state = evaluate(liouvillian, request.right, request.left, request.steady);
  const stalled: Record<Direction, boolean> = { forward: false, transposed: false };
  const failures: Record<Direction, number> = { forward: 0, transposed: 0 };
  let direction: Direction = 'transposed';
  for (let solve = 0; solve < mostSolves; solve++) {
    const bound = errorBound(liouvillian, state, amplification);
    const asked = tolerance * Math.hypot(state.re, state.im);
    const vectors = Math.max(state.rightNorm, stalled.transposed ? 0 : state.leftNorm / state.condition);
    if (bound <= asked && vectors <= vectorTolerance * separation) break;
    if (stalled.forward && stalled.transposed) break;
    if (stalled[direction]) direction = other(direction);
    const wanted = Math.max(asked / bound, bound <= asked ? (vectorTolerance * separation) / vectors : 0);
    const forward = direction === 'forward';
    const { theta, right, left } = state;
    const correction = await solver.solve(
      {
        direction,
        theta: forward ? theta : transpose(theta),
        deflations: deflations(liouvillian, request, state, direction),
        deflationRate: separation,
        rhs: (forward ? state.rightResidual : state.leftResidual).map((r) => r.map((value) => -value)),
        reduction: Math.min(0.3, Math.max(0.03, wanted / 2)),
        mostMatvecs: mostMatvecs(liouvillian.system.atoms),
      },
      (within) => request.onMatvecs?.(matvecs + within),
    );
    matvecs += correction.matvecs;
    const next = forward
      ? evaluate(liouvillian, add(right, correction.x), left, request.steady)
      : evaluate(liouvillian, right, add(left, correction.x), request.steady);
    const [before, after] = forward ? [state.rightNorm, next.rightNorm] : [state.leftNorm, next.leftNorm];
    if (after < before) {
      amplification = Math.max(amplification, lengthOf(liouvillian, correction.x) / before);
      state = next;
    }
    stalled[direction] = !(after < STALLED * before);
    if (stalled[direction]) failures[direction]++;
    // What one side could not do may be possible from a better other side, once.
    else stalled[other(direction)] = failures[other(direction)] > 1;
    direction = other(direction);
  }
  const { re, im, right, left, rightNorm, leftNorm, condition } = state;
  return {
    re: -re,
    im,
    error: errorBound(liouvillian, state, amplification),
    right,
    left,
    rightResidual: rightNorm,
    leftResidual: leftNorm / condition,
    condition,
    matvecs,
  };
}

interface State {
  readonly right: readonly Float64Array[];
  readonly left: readonly Float64Array[];
  /** p x p, row-major */
  readonly theta: readonly number[];
  readonly re: number;
  readonly im: number;
  readonly rightResidual: readonly Float64Array[];
  readonly leftResidual: readonly Float64Array[];
  readonly rightNorm: number;
  readonly leftNorm: number;
  readonly condition: number;
}

/** Quotient and residuals of both sides in float64, the bases made traceless (right) and biorthonormal. */
function evaluate(
  liouvillian: Liouvillian,
  rightBasis: readonly Float64Array[],
  leftBasis: readonly Float64Array[],
  steady: Float64Array,
): State {
  const { identity } = liouvillian;
  const p = rightBasis.length;
  const right = rightBasis.map((u) => {
    const traceless = u.slice();
    axpy(-liouvillian.inner(identity, u), steady, traceless);
    const length = Math.sqrt(liouvillian.inner(traceless, traceless));
    return traceless.map((value) => value / length);
  });
  // L^T 1 = 0 and right vectors are traceless: the identity in W means nothing, and is taken out.
  const size = liouvillian.inner(identity, identity);
  const withoutIdentity = (w: Float64Array) => {
    const rest = w.slice();
    axpy(-liouvillian.inner(identity, w) / size, identity, rest);
    return rest;
  };
  const leftRest = leftBasis.map(withoutIdentity);
  const overlap = leftRest.flatMap((w) => right.map((u) => liouvillian.inner(w, u)));
  const inverse = invert(overlap);
  const left = leftRest.map((_, k) => combine(leftRest, inverse.slice(k * p, (k + 1) * p)));
  const images = right.map((u) => image(liouvillian, 'forward', u));
  const theta = left.flatMap((w) => images.map((lu) => liouvillian.inner(w, lu)));
  const rightResidual = images.map((lu, k) => {
    for (let l = 0; l < p; l++) axpy(-theta[l * p + k], right[l], lu);
    return lu;
  });
  const leftResidual = left.map((w, k) => {
    const lw = image(liouvillian, 'transposed', w);
    for (let l = 0; l < p; l++) axpy(-theta[k * p + l], left[l], lw);
    return withoutIdentity(lw);
  });
  const rightNorm = lengthOf(liouvillian, rightResidual);
  const leftNorm = lengthOf(liouvillian, leftResidual);
  const condition = (lengthOf(liouvillian, left) * lengthOf(liouvillian, right)) / p;
  return {
    right,
    left,
    theta,
    ...eigenvalue(theta),
    rightResidual,
    leftResidual,
    rightNorm,
    leftNorm,
    condition,
  };
}

function errorBound(liouvillian: Liouvillian, state: State, amplification: number): number {
  const { rightNorm, leftNorm, condition } = state;
  const { gamma1D, gammaF, omega, atoms } = liouvillian.system;
  const rounding = ROUNDING * condition * atoms * (gamma1D * atoms + gammaF + omega);
  return 1.5 * Math.min(amplification * rightNorm * leftNorm, condition * rightNorm) + rounding;
}

/** The pair itself by its own vectors; rho_s with the trace and the known pairs, right with left, or the other way round. */
function deflations(
  liouvillian: Liouvillian,
  { steady, known }: RefinementRequest,
  { right, left }: State,
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
    ...own.map((image) => {
      const square = liouvillian.inner(image, image);
      return { image, functional: image.map((value) => value / square) };
    }),
  ];
}

/** The slowest eigenvalue of a 1 x 1 or 2 x 2 matrix. */
function eigenvalue(theta: readonly number[]): { re: number; im: number } {
  if (theta.length === 1) return { re: theta[0], im: 0 };
  const half = (theta[0] + theta[3]) / 2;
  const discriminant = half ** 2 - (theta[0] * theta[3] - theta[1] * theta[2]);
  if (discriminant < 0) return { re: half, im: Math.sqrt(-discriminant) };
  return { re: half + Math.sqrt(discriminant), im: 0 };
}

/** The inverse of a 1 x 1 or 2 x 2 matrix, row-major. */
function invert(a: readonly number[]): number[] {
  if (a.length === 1) return [1 / a[0]];
  const determinant = a[0] * a[3] - a[1] * a[2];
  return [a[3] / determinant, -a[1] / determinant, -a[2] / determinant, a[0] / determinant];
}

function transpose(a: readonly number[]): number[] {
  return a.length === 1 ? [...a] : [a[0], a[2], a[1], a[3]];
}

function image(liouvillian: Liouvillian, direction: Direction, x: Float64Array): Float64Array {
  const y = new Float64Array(x.length);
  if (direction === 'forward') liouvillian.apply(x, y);
  else liouvillian.applyTransposed(x, y);
  return y;
}

function add(x: readonly Float64Array[], t: readonly Float64Array[]): Float64Array[] {
  return x.map((vector, k) => {
    const sum = vector.slice();
    axpy(1, t[k], sum);
    return sum;
  });
}

function lengthOf(liouvillian: Liouvillian, x: readonly Float64Array[]): number {
  return Math.sqrt(x.reduce((sum, vector) => sum + liouvillian.inner(vector, vector), 0));
}

function other(direction: Direction): Direction {
  return direction === 'forward' ? 'transposed' : 'forward';
}
