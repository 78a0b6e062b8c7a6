/**
 * A second eigenvalue to a few digits from right vectors alone. Its left vector costs more than it is worth: inverse iteration at the coarse
 * model's eigenvalue, and the bound |lambda - exact| <= 1.5 kappa |R| with the condition number kappa of the coarse vectors.
 */
import { type CorrectionSolver, mostOfOneSolve, rateBeyond } from './correction';
import type { Eigenpair } from './jacobi-davidson';
import type { Liouvillian } from './liouvillian';
import { axpy, scale, scaled } from './vectors';

export interface RightEigenvalue {
  /** lambda = -(re + i im) */
  readonly re: number;
  readonly im: number;
  /** bound on |lambda - exact| */
  readonly error: number;
  readonly matvecs: number;
}

export interface RightEigenvalueRequest {
  /** a real eigenvalue of L, and its right and left vector, all approximate */
  readonly shift: number;
  readonly right: Float64Array;
  readonly left: Float64Array;
  readonly steady: Float64Array;
  /** a slower real mode, which is kept out of the way; null for a pair, which is far from it */
  readonly slower: Eigenpair | null;
  readonly separation: number;
  /** asked error bound relative to the eigenvalue */
  readonly tolerance: number;
  /** of all solves, at most */
  readonly mostMatvecs: number;
  readonly onMatvecs?: (matvecs: number) => void;
}

const MOST_SOLVES = 4;

export async function rightEigenvalue(
  liouvillian: Liouvillian,
  solver: CorrectionSolver,
  request: RightEigenvalueRequest,
): Promise<RightEigenvalue> {
  const { shift, left, steady, slower, separation, tolerance, mostMatvecs } = request;
  const { identity } = liouvillian;
  const u = request.right.slice();
  let matvecs = 0;
  for (let solve = 0; ; solve++) {
    if (slower) removeSlower(liouvillian, u, slower);
    axpy(-liouvillian.trace(u), steady, u);
    const { theta, image } = quotientOf(liouvillian, u);
    const residual = liouvillian.norm(image);
    const condition = liouvillian.norm(left) / Math.abs(liouvillian.inner(left, u));
    const error = 1.5 * condition * residual;
    const isEnd = error <= -tolerance * theta || solve === MOST_SOLVES || matvecs >= mostMatvecs;
    if (isEnd) return { re: -theta, im: 0, error, matvecs };
    // (L - shift)(u + t) ~ u: with the residual at the shift on the right
    axpy(theta - shift, u, image);
    const correction = await solver.solve(
      {
        direction: 'forward',
        theta: [shift],
        deflations: [
          { image: steady, functional: identity },
          ...(slower ? [{ image: slower.right[0], functional: slower.left[0] }] : []),
          { image: u, functional: u },
        ],
        deflationRate: rateBeyond(shift, separation),
        rhs: [scaled(-1, image)],
        reduction: 0.03,
        mostMatvecs: Math.min(mostMatvecs - matvecs, mostOfOneSolve(liouvillian.system.atoms)),
      },
      (within) => request.onMatvecs?.(matvecs + within),
    );
    matvecs += correction.matvecs;
    axpy(1, correction.x[0], u);
  }
}

/** Normalises u; its quotient, and the residual L u - theta u. */
function quotientOf(liouvillian: Liouvillian, u: Float64Array) {
  scale(u, 1 / liouvillian.norm(u));
  const image = liouvillian.image('forward', u);
  const theta = liouvillian.inner(u, image);
  axpy(-theta, u, image);
  return { theta, image };
}

/** Takes of a slower mode what makes the residual least: its left vector may be known too little to say how much of it there is. */
function removeSlower(liouvillian: Liouvillian, u: Float64Array, { re, right: [mode] }: Eigenpair): void {
  const { theta, image } = quotientOf(liouvillian, u);
  axpy(liouvillian.inner(mode, image) / (re + theta), mode, u);
}
