/**
 * The two-sided Rayleigh quotient of one real eigenvalue of L or one complex pair, in float64: Theta = W^T L U for biorthonormal real bases
 * U (right) and W (left), W^T U = 1, with the residuals R = L U - U Theta and R_l = L^T W - W Theta^T.
 */
import type { SystemParameters } from '../parameters/system';
import type { Liouvillian } from './liouvillian';
import { axpy, combine, scale } from './vectors';

export interface Quotient {
  /** U and W: biorthonormal, the right ones traceless and of Hilbert-Schmidt norm 1 */
  readonly right: readonly Float64Array[];
  readonly left: readonly Float64Array[];
  /** p x p, row-major */
  readonly theta: readonly number[];
  /** the slowest eigenvalue of Theta */
  readonly re: number;
  readonly im: number;
  /** the other one of two real eigenvalues */
  readonly other: number | null;
  readonly rightResidual: readonly Float64Array[];
  readonly leftResidual: readonly Float64Array[];
  /** |R| and |R_l|, in the unit of the rates */
  readonly rightNorm: number;
  readonly leftNorm: number;
  /** |W| |U| / p */
  readonly condition: number;
}

/** Quotient and residuals of both sides in float64, the bases made traceless (right) and biorthonormal. */
export function quotient(
  liouvillian: Liouvillian,
  rightBasis: readonly Float64Array[],
  leftBasis: readonly Float64Array[],
  steady: Float64Array,
): Quotient {
  const p = rightBasis.length;
  const right = rightBasis.map((u) => {
    const traceless = u.slice();
    axpy(-liouvillian.trace(u), steady, traceless);
    scale(traceless, 1 / liouvillian.norm(traceless));
    return traceless;
  });
  // L^T 1 = 0 and right vectors are traceless: the identity in W means nothing, and is taken out.
  const size = liouvillian.trace(liouvillian.identity);
  const takeIdentity = (w: Float64Array) => {
    if (size > 0) liouvillian.addIdentity(-liouvillian.trace(w) / size, w);
    return w;
  };
  const leftRest = leftBasis.map((w) => takeIdentity(w.slice()));
  const overlap = leftRest.flatMap((w) => right.map((u) => liouvillian.inner(w, u)));
  const inverse = invert(overlap);
  const left = leftRest.map((_, k) => combine(leftRest, inverse.slice(k * p, (k + 1) * p)));
  const images = right.map((u) => liouvillian.image('forward', u));
  const theta = left.flatMap((w) => images.map((lu) => liouvillian.inner(w, lu)));
  const rightResidual = images.map((lu, k) => {
    for (let l = 0; l < p; l++) axpy(-theta[l * p + k], right[l], lu);
    return lu;
  });
  const leftResidual = left.map((w, k) => {
    const lw = liouvillian.image('transposed', w);
    for (let l = 0; l < p; l++) axpy(-theta[k * p + l], left[l], lw);
    return takeIdentity(lw);
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

/** No eigenvalue of L is larger than its norm induced by the trace norm: at most 2 |H| and twice the norm of each jump's square. */
export function normBound(system: SystemParameters): number {
  const { atoms, omega, detuning, collectiveShift } = system;
  const { gamma1D, gammaF, pumping, dephasing, collectivePumping, collectiveDephasing } = system;
  const square = (atoms + 1) ** 2 / 2;
  const hamiltonian = 2 * atoms * omega + atoms * Math.abs(detuning) + square * Math.abs(collectiveShift);
  const individual = 2 * (gammaF + pumping) + dephasing / 2;
  return hamiltonian + square * (gamma1D + collectivePumping + collectiveDephasing) + individual * atoms;
}

/** What float64 may leave in L x for |x| = 1, a rate: a few ulps of the largest elements of L. */
export function roundingOf(system: SystemParameters): number {
  const { atoms, omega, detuning, collectiveShift } = system;
  const { gamma1D, gammaF, pumping, dephasing, collectivePumping, collectiveDephasing } = system;
  const collective = gamma1D + collectivePumping + collectiveDephasing + Math.abs(collectiveShift);
  const individual = gammaF + pumping + dephasing + Math.abs(detuning);
  return 4 * Number.EPSILON * atoms * (collective * atoms + individual + omega);
}

/** The slowest eigenvalue of a 1 x 1 or 2 x 2 matrix, and the other where that is real, too. */
function eigenvalue(theta: readonly number[]): { re: number; im: number; other: number | null } {
  if (theta.length === 1) return { re: theta[0], im: 0, other: null };
  const { half, discriminant } = traceless(theta);
  const root = Math.sqrt(Math.abs(discriminant));
  if (discriminant < 0) return { re: half, im: root, other: null };
  return { re: half + root, im: 0, other: half - root };
}

/**
 * Bound on what an error of Theta of norm `error` moves its eigenvalues by: error times the condition of its eigenvectors, whose cosine is
 * c, or, where they coalesce, the root of what it does to the discriminant -det(Theta - tr/2).
 */
export function eigenvalueError({ theta }: Quotient, error: number): number {
  if (theta.length === 1) return error;
  const { discriminant, size } = traceless(theta);
  // In Schur form Theta - tr/2 holds +-sqrt(discriminant) and beside them s: |.|^2 = 2 |discriminant| + s^2.
  const s2 = Math.max(0, size ** 2 - 2 * Math.abs(discriminant));
  const c = Math.sqrt(s2 / (s2 + 4 * Math.abs(discriminant)));
  const separate = error * Math.sqrt((1 + c) / (1 - c));
  const coalescing = error + Math.sqrt(Math.SQRT2 * size * error + error ** 2);
  return Number.isFinite(separate) ? Math.min(separate, coalescing) : coalescing;
}

/** Half the trace of a 2 x 2 matrix, and of what is left without it -det and the norm. */
function traceless([a, b, c, d]: readonly number[]) {
  const half = (a + d) / 2;
  const discriminant = ((a - d) / 2) ** 2 + b * c;
  return { half, discriminant, size: Math.hypot((a - d) / 2, b, c, (a - d) / 2) };
}

/** The inverse of a 1 x 1 or 2 x 2 matrix, row-major. */
function invert(a: readonly number[]): number[] {
  if (a.length === 1) return [1 / a[0]];
  const determinant = a[0] * a[3] - a[1] * a[2];
  return [a[3] / determinant, -a[1] / determinant, -a[2] / determinant, a[0] / determinant];
}

/** The Hilbert-Schmidt norm of all columns. */
export function lengthOf(liouvillian: Liouvillian, x: readonly Float64Array[]): number {
  return Math.sqrt(x.reduce((sum, vector) => sum + liouvillian.inner(vector, vector), 0));
}
