/** The steady state on the whole pyramid: a coarse start, corrected until its float64 residual is small. */
import { type CorrectionSolver, mostOfOneSolve, rateBeyond } from './correction';
import type { Liouvillian } from './liouvillian';
import { type Quotient, roundingOf } from './quotient';
import { axpy, scale, scaled } from './vectors';

export interface SteadyState {
  /** rho_s, packed, trace 1 */
  readonly rho: Float64Array;
  /** |L rho_s| / |rho_s| in Hilbert-Schmidt norms, in the unit of the rates */
  readonly residual: number;
  /** bound on |rho - rho_s| / |rho_s|, in the same norm */
  readonly error: number;
  readonly matvecs: number;
}

/** Whether the error is as small as moments to four digits need. Corrections may fail far from bistability. */
export const isSolved = ({ error }: SteadyState): boolean => error <= 1e-5;

export interface SteadyStateRequest {
  readonly start: Float64Array;
  /** true where the start is the solution to rounding */
  readonly exact: boolean;
  /** the slow mode, or an estimate of it: what a residual that is small may still hide */
  readonly slow: Quotient;
  /** distance of the next mode from 0 */
  readonly separation: number;
  /** asked error of rho_s relative to it */
  readonly tolerance: number;
  readonly onMatvecs?: (matvecs: number) => void;
}

/** A solve that leaves more than this of the residual makes no progress. */
const STALLED = 0.7;
const MOST_SOLVES = 14;

/**
 * Corrects rho until its error bound meets the tolerance, or as far as it goes: residual and error say how far.
 *
 * With r = L rho the error x = rho - rho_s solves L x = r. Along the slow mode it is w.r / lambda_1, at most |w| |r| / lambda_1, where w is
 * known to |R_l| / separation; the rest is taken as |r| times the largest |x| / |r| that a correction met, 1 / separation at least. Times
 * 1.5, and with a margin for rounding: as for eigenvalues no theorem, but above the true error wherever it was checked.
 */
export async function refineSteadyState(
  liouvillian: Liouvillian,
  solver: CorrectionSolver,
  request: SteadyStateRequest,
): Promise<SteadyState> {
  const { exact, slow, tolerance } = request;
  const { identity } = liouvillian;
  // A rate that is not above rounding is not known to be any larger.
  const least = roundingOf(liouvillian.system);
  const separation = Math.max(request.separation, least);
  const slowRate = slow.re < -least ? Math.hypot(slow.re, slow.im) : least;
  const leftError = slow.leftNorm / separation;
  const rounding = (least * slow.condition) / slowRate;
  const rho = request.start.slice();
  let amplification = 1 / separation;
  let before = Number.POSITIVE_INFINITY;
  let matvecs = 0;
  for (let solve = 0; ; solve++) {
    scale(rho, 1 / liouvillian.trace(rho));
    const size = liouvillian.norm(rho);
    const image = liouvillian.image('forward', rho);
    const length = liouvillian.norm(image);
    const along = Math.hypot(...slow.left.map((w) => liouvillian.inner(w, image))) + leftError * length;
    const hidden = Math.min(along, slow.condition * length) / slowRate;
    const error = (1.5 * (hidden + amplification * length)) / size + rounding;
    const stalled = !(length < STALLED * before);
    before = length;
    if (exact || error <= tolerance || stalled || solve === MOST_SOLVES) {
      return { rho, residual: length / size, error, matvecs };
    }
    const correction = await solver.solve(
      {
        direction: 'forward',
        theta: [0],
        deflations: [
          { image: rho.slice(), functional: identity },
          ...slow.right.map((u, k) => ({ image: u, functional: slow.left[k] })),
        ],
        deflationRate: rateBeyond(0, separation),
        rhs: [scaled(-1, image)],
        reduction: 0.03,
        mostMatvecs: mostOfOneSolve(liouvillian.system.atoms),
      },
      (within) => request.onMatvecs?.(matvecs + within),
    );
    matvecs += correction.matvecs;
    const [step] = correction.x;
    axpy(-liouvillian.trace(step), rho, step);
    amplification = Math.max(amplification, liouvillian.norm(step) / length);
    addLeastSquares(liouvillian, rho, image, [step, ...slow.right]);
  }
}

/** rho += sum_i c_i d_i with the c that make |L rho| least: the deflated slow direction gets its share here. */
function addLeastSquares(
  liouvillian: Liouvillian,
  rho: Float64Array,
  residual: Float64Array,
  directions: readonly Float64Array[],
): void {
  const images = directions.map((d) => liouvillian.image('forward', d));
  const done: { image: Float64Array; direction: Float64Array }[] = [];
  const rest = residual.slice();
  images.forEach((image, i) => {
    const direction = directions[i].slice();
    const before = liouvillian.norm(image);
    for (const q of done) {
      const overlap = liouvillian.inner(q.image, image);
      axpy(-overlap, q.image, image);
      axpy(-overlap, q.direction, direction);
    }
    const after = liouvillian.norm(image);
    if (!(after > 1e-12 * before)) return;
    scale(image, 1 / after);
    scale(direction, 1 / after);
    done.push({ image, direction });
    const share = -liouvillian.inner(image, rest);
    axpy(share, image, rest);
    axpy(share, direction, rho);
  });
}
