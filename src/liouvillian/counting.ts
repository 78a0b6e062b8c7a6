/**
 * Full counting statistics of the jumps of A: theta(s), the eigenvalue of largest real part of L_s = L + (exp(-s) - 1) J with J = gamma_1D A . A^+,
 * which is real, and whose eigenvectors are positive operators on both sides. <exp(-s K)> grows as exp(theta(s) t) for a count K in a time t, so that
 * theta'(0) is minus the rate and theta''(0) over the rate the Fano factor of long windows.
 */
import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix';
import type { SystemParameters } from '../parameters/system';
import { type Correction, mostOfOneSolve, rateBeyond } from './correction';
import type { CorrectionThreads } from './correction-threads';
import { CpuCorrectionSolver } from './cpu-correction';
import { Liouvillian } from './liouvillian';
import { roundingOf } from './quotient';
import type { Direction } from './stencil';
import { axpy, combine, scale } from './vectors';

export interface CountingWorkshop {
  readonly threads: CorrectionThreads | null;
  readonly pause: () => Promise<void>;
  readonly onMatvecs: (matvecs: number) => void;
}

/** Right and left vector, packed, the left one near the identity where s is small. */
export interface Vectors {
  readonly right: Float64Array;
  readonly left: Float64Array;
}

export interface ThetaPoint extends Vectors {
  readonly s: number;
  readonly theta: number;
  /** bound on |theta - exact| */
  readonly error: number;
  /** -theta'(s), the rate at which the counts that s makes likely come */
  readonly rate: number;
  /** true where both vectors are positive operators on their diagonals, as those of the largest eigenvalue alone are */
  readonly isLargest: boolean;
}

const TOLERANCE = 1e-10;
const MOST_SOLVES = 24;
const STALLED = 0.7;

/**
 * theta at one counting field.
 * @param starts vectors whose span is near those looked for: of a field beside it, of both phases
 * @param separation an estimate of the distance of the next eigenvalue
 * @param jump J x, up to gamma_1D
 */
export async function thetaAt(
  system: SystemParameters,
  parts: Liouvillian['parts'],
  s: number,
  displacement: number,
  starts: readonly Vectors[],
  separation: number,
  jump: (x: Float64Array) => Float64Array,
  { threads, pause, onMatvecs }: CountingWorkshop,
): Promise<ThetaPoint> {
  const tilted = new Liouvillian(system, parts, { field: s, displacement });
  const solver = new CpuCorrectionSolver(tilted, pause, threads);
  const rounding = roundingOf(system);
  let { right, left } = largestRitz(tilted, starts);
  let amplification = 1 / separation;
  let direction: Direction = 'forward';
  const stalled: Record<Direction, boolean> = { forward: false, transposed: false };
  try {
    for (let round = 0; ; round++) {
      right = normalised(tilted, right);
      left = normalised(tilted, left);
      const overlap = tilted.inner(left, right);
      const [image, imageOfLeft] = [tilted.image('forward', right), tilted.image('transposed', left)];
      const theta = tilted.inner(left, image) / overlap;
      axpy(-theta, right, image);
      axpy(-theta, left, imageOfLeft);
      const condition = 1 / Math.abs(overlap);
      const residuals = { forward: tilted.norm(image), transposed: tilted.norm(imageOfLeft) };
      const product = residuals.forward * residuals.transposed * condition * amplification;
      const error = 1.5 * Math.min(product, condition * residuals.forward) + rounding * condition;
      const isDone =
        product + condition * rounding <= TOLERANCE * Math.abs(theta) ||
        (stalled.forward && stalled.transposed);
      if (isDone || round === MOST_SOLVES) {
        const rate = (Math.exp(-s) * system.gamma1D * tilted.inner(left, jump(right))) / overlap;
        const isLargest = [right, left].every((x) => isPositive(tilted, x));
        return { s, theta, error, rate, isLargest, right, left };
      }
      // A small system's vector may be exact: nothing is left of it to correct.
      for (const each of ['forward', 'transposed'] as const) stalled[each] ||= residuals[each] === 0;
      if (stalled.forward && stalled.transposed) continue;
      if (stalled[direction]) direction = direction === 'forward' ? 'transposed' : 'forward';
      const own = direction === 'forward' ? right : left;
      const rhs = direction === 'forward' ? image : imageOfLeft;
      scale(rhs, -1);
      const correction: Correction = await solver.solve(
        {
          direction,
          theta: [theta],
          deflations: [{ image: own, functional: own }],
          deflationRate: rateBeyond(theta, separation),
          rhs: [rhs],
          reduction: 0.03,
          mostMatvecs: mostOfOneSolve(system.atoms),
        },
        onMatvecs,
      );
      const before = residuals[direction];
      const next = own.slice();
      axpy(1, correction.x[0], next);
      amplification = Math.max(amplification, tilted.norm(correction.x[0]) / before);
      const after = residualOf(tilted, direction, normalised(tilted, next));
      if (after < before) {
        if (direction === 'forward') right = next;
        else left = next;
      }
      stalled[direction] = !(after < STALLED * before);
      direction = direction === 'forward' ? 'transposed' : 'forward';
    }
  } finally {
    solver.close();
  }
}

/** Of the projection onto the span of the starts, the vectors of the largest eigenvalue. */
function largestRitz(tilted: Liouvillian, starts: readonly Vectors[]): Vectors {
  if (starts.length === 1) return starts[0];
  const rights = starts.map(({ right }) => normalised(tilted, right));
  const lefts = starts.map(({ left }) => normalised(tilted, left));
  const images = rights.map((u) => tilted.image('forward', u));
  const products = (of: readonly Float64Array[]) =>
    new Matrix(lefts.map((w) => of.map((u) => tilted.inner(w, u))));
  const small = solve(products(rights), products(images));
  const own = new EigenvalueDecomposition(small);
  const at = own.realEigenvalues.indexOf(Math.max(...own.realEigenvalues));
  const right = combine(rights, own.eigenvectorMatrix.getColumn(at));
  // w^T (W^T U)^-1 W^T of the transposed problem.
  const transposed = new EigenvalueDecomposition(small.transpose());
  const same = transposed.realEigenvalues.indexOf(Math.max(...transposed.realEigenvalues));
  const y = Matrix.columnVector(transposed.eigenvectorMatrix.getColumn(same));
  const left = combine(lefts, solve(products(rights).transpose(), y).getColumn(0));
  return { right, left };
}

/** |L x - q x| with the x's own quotient. */
function residualOf(tilted: Liouvillian, direction: Direction, x: Float64Array): number {
  const image = tilted.image(direction, x);
  axpy(-tilted.inner(x, image), x, image);
  return tilted.norm(image);
}

/** Of norm 1 and with a positive trace. */
function normalised(liouvillian: Liouvillian, x: Float64Array): Float64Array {
  const size = liouvillian.norm(x) * (liouvillian.trace(x) < 0 ? -1 : 1);
  return x.map((value) => value / size);
}

/** No element of the diagonal is below 0 by more than the vector is known to: others' vectors have large ones of either sign. */
function isPositive({ identity }: Liouvillian, x: Float64Array): boolean {
  const largest = x.reduce((most, value, i) => (identity[i] === 0 ? most : Math.max(most, value)), 0);
  return x.every((value, i) => identity[i] === 0 || value > -1e-3 * largest);
}
