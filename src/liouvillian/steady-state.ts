/** The steady state on the whole pyramid: a coarse start, corrected until its float64 residual is small. */
import { type CorrectionSolver, mostMatvecs } from './correction';
import type { Liouvillian } from './liouvillian';
import { axpy, scale } from './vectors';

/** A slow mode, or an estimate of one: what a residual that is small may still hide. */
export interface SlowDirection {
  readonly right: readonly Float64Array[];
  readonly left: readonly Float64Array[];
}

export interface SteadyState {
  /** rho_s, packed, trace 1 */
  readonly rho: Float64Array;
  /** |L rho_s| / |rho_s| in Hilbert-Schmidt norms, in the unit of the rates */
  readonly residual: number;
  readonly matvecs: number;
}

export interface SteadyStateRequest {
  readonly start: Float64Array;
  /** null where the start is exact */
  readonly slow: SlowDirection | null;
  /** decay rate of the slow mode, and distance of the next mode from 0 */
  readonly slowRate: number;
  readonly separation: number;
  /** asked error of rho_s relative to it, about: residual over separation, and the slow part over the slow rate */
  readonly tolerance: number;
  readonly onMatvecs?: (matvecs: number) => void;
}

const MOST_SOLVES = 14;

/** Corrects rho until its residual meets the tolerance, or as far as it goes: the residual says how far. */
export async function refineSteadyState(
  liouvillian: Liouvillian,
  solver: CorrectionSolver,
  request: SteadyStateRequest,
): Promise<SteadyState> {
  const { slow, slowRate, separation, tolerance } = request;
  const { identity } = liouvillian;
  const rho = request.start.slice();
  let matvecs = 0;
  for (let solve = 0; ; solve++) {
    scale(rho, 1 / liouvillian.inner(identity, rho));
    const size = liouvillian.norm(rho);
    const image = liouvillian.image('forward', rho);
    const residual = liouvillian.norm(image) / size;
    const hidden = slow
      ? Math.hypot(...slow.left.map((w) => liouvillian.inner(w, image))) / slowRate / size
      : 0;
    const enough = residual <= tolerance * separation && hidden <= tolerance;
    if (slow === null || enough || solve === MOST_SOLVES) return { rho, residual, matvecs };
    const correction = await solver.solve(
      {
        direction: 'forward',
        theta: [0],
        deflations: [
          { image: rho.slice(), functional: identity },
          ...slow.right.map((u, k) => ({ image: u, functional: slow.left[k] })),
        ],
        deflationRate: separation,
        rhs: [image.map((value) => -value)],
        reduction: 0.03,
        mostMatvecs: mostMatvecs(liouvillian.system.atoms),
      },
      (within) => request.onMatvecs?.(matvecs + within),
    );
    matvecs += correction.matvecs;
    const [step] = correction.x;
    axpy(-liouvillian.inner(identity, step), rho, step);
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
