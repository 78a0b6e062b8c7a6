/** Arnoldi iteration on a shifted inverse: the eigenvalues nearest the shift, real or in complex pairs. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Shift, ShiftedInverse } from './block-elimination';
import { axpy, combine, dot, norm, scale, takeOut } from './vectors';

/**
 * An eigenvalue, re + i im with im >= 0, and a real basis of its invariant subspace: one vector, or two for a pair, orthonormal. Two real
 * eigenvalues about to become a complex pair are a pair, too, the one nearer the shift in its name: near that exceptional point their
 * eigenvectors are parallel, but the plane that they span is not lost.
 */
export interface RitzPair {
  readonly re: number;
  readonly im: number;
  readonly basis: readonly Float64Array[];
}

/** The eigenvalues nearest a shift, by rising distance, and the distance up to which every one was seen: Infinity where that is all of them. */
export interface Neighbourhood {
  readonly pairs: readonly RitzPair[];
  readonly radius: number;
}

export type Side = 'right' | 'left';

/** Ritz pairs are converged below this residual, relative to them. */
const CONVERGED = 1e-8;

/**
 * The eigenvalues of L nearest the shift of its inverse.
 * @param dimensions of the real Krylov space at most: some twenty give the three or four nearest of a real shift, half as many of a complex one
 */
export function nearestEigenvalues(inverse: ShiftedInverse, side: Side, dimensions: number): Neighbourhood {
  const { shift, width, unknowns } = inverse;
  const solve = (x: Float64Array) => (side === 'right' ? inverse.solve(x) : inverse.solveTransposed(x));
  const planes = largestPlanes(width * unknowns, dimensions, solve);
  const pairs: RitzPair[] = [];
  let nearestLost = Number.POSITIVE_INFINITY;
  for (const { re, im, basis, missing } of planes) {
    const modulus = Math.hypot(re, im);
    const pair =
      basis === null
        ? null
        : width === 1
          ? { re: shift.re + re / modulus ** 2, im: Math.abs(im) / modulus ** 2, basis }
          : complexPair(basis[0], shift, solve);
    if (pair === null) nearestLost = Math.min(nearestLost, 1 / (modulus + missing));
    else pairs.push(pair);
  }
  const distance = (pair: RitzPair) => Math.hypot(pair.re - shift.re, pair.im - shift.im);
  pairs.sort((a, b) => distance(a) - distance(b));
  const farthest = pairs.length > 0 ? distance(pairs[pairs.length - 1]) : 0;
  const isWhole = planes.reduce((sum, { dimensions }) => sum + dimensions, 0) === width * unknowns;
  if (isWhole && nearestLost === Number.POSITIVE_INFINITY) return { pairs, radius: nearestLost };
  // What is not converged may be on its way to an eigenvalue nearer than it seems.
  const radius = pairs.length > 0 ? Math.min(farthest, nearestLost) : nearestLost / 2;
  return { pairs, radius };
}

/**
 * An invariant plane of a complex operator in real coordinates is one complex direction z: its eigenvalue by the quotient with z, and the real
 * plane of Re z and Im z that L keeps. Null where the plane holds two eigenvalues, which are not told apart.
 */
function complexPair(
  coordinates: Float64Array,
  shift: Shift,
  solve: (x: Float64Array) => void,
): RitzPair | null {
  const image = coordinates.slice();
  solve(image);
  const n = coordinates.length / 2;
  let [re, im, norm2, image2] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y, u, v] = [coordinates[2 * i], coordinates[2 * i + 1], image[2 * i], image[2 * i + 1]];
    re += x * u + y * v;
    im += x * v - y * u;
    norm2 += x * x + y * y;
    image2 += u * u + v * v;
  }
  const [a, b] = [re / norm2, im / norm2];
  const modulus2 = a * a + b * b;
  if (Math.sqrt(Math.max(0, image2 / norm2 - modulus2)) > 10 * CONVERGED ** 0.75 * Math.sqrt(modulus2))
    return null;
  const eigenvalue = { re: shift.re + a / modulus2, im: shift.im - b / modulus2 };
  const parts = [0, 1].map((part) => Float64Array.from({ length: n }, (_, i) => coordinates[2 * i + part]));
  const size = Math.hypot(eigenvalue.re, eigenvalue.im);
  const isReal = Math.abs(eigenvalue.im) < CONVERGED * size;
  const longest = parts.reduce((a, b) => (norm(b) > norm(a) ? b : a));
  return {
    re: eigenvalue.re,
    im: isReal ? 0 : Math.abs(eigenvalue.im),
    basis: isReal ? orthonormal([longest]) : orthonormal(parts),
  };
}

/** An eigenvalue of largest modulus with an orthonormal basis of its invariant space, null where that is not converged, and what is missing of its image. */
interface Plane {
  readonly re: number;
  readonly im: number;
  readonly dimensions: number;
  readonly basis: readonly Float64Array[] | null;
  readonly missing: number;
}

/** Arnoldi iteration for a real operator x <- A x: its eigenvalues of largest modulus, real or in complex pairs. */
function largestPlanes(unknowns: number, dimensions: number, operate: (x: Float64Array) => void): Plane[] {
  const most = Math.min(dimensions, unknowns);
  const basis: Float64Array[] = [];
  const projected = Matrix.zeros(most + 1, most);
  // a start with a part along every eigenvector
  let vector = Float64Array.from({ length: unknowns }, (_, i) => 1 + 0.5 * Math.sin(1 + 7 * i * i));
  scale(vector, 1 / norm(vector));
  let size = 0;
  while (size < most) {
    basis.push(vector);
    const next = vector.slice();
    operate(next);
    const before = norm(next);
    // Twice is enough: what rounding leaves of the first time is taken out by the second.
    for (let pass = 0; pass < 2; pass++) {
      takeOut(basis, next).forEach((overlap, i) => {
        projected.set(i, size, projected.get(i, size) + overlap);
      });
    }
    const rest = norm(next);
    // The eigenvalue solver would look for ever for the eigenvalues of what are no numbers.
    if (!Number.isFinite(rest)) throw new Error('The model among dark-port modes could not be inverted.');
    size++;
    projected.set(size, size - 1, rest);
    if (rest <= 1e-13 * before) break;
    scale(next, 1 / rest);
    vector = next;
  }
  const rest = projected.get(size, size - 1);
  const { realEigenvalues, imaginaryEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    projected.subMatrix(0, size - 1, 0, size - 1),
  );
  const found = realEigenvalues
    .map((re, i) => ({
      re,
      im: imaginaryEigenvalues[i],
      column: Float64Array.from(eigenvectorMatrix.getColumn(i)),
    }))
    .sort((a, b) => Math.hypot(b.re, b.im) - Math.hypot(a.re, a.im));
  const planes: Plane[] = [];
  for (let one = found.shift(); one !== undefined; one = found.shift()) {
    const { re, im, column } = one;
    const partner = found.findIndex((other) => isPartner(one as Eigenvector, other));
    const plane = [column, ...found.splice(partner, partner < 0 ? 0 : 1).map((other) => other.column)];
    const coordinates = plane.length > 1 ? orthonormal(plane) : plane;
    const length = Math.hypot(...coordinates.map(norm));
    const missing = (rest * Math.hypot(...coordinates.map((coordinate) => coordinate[size - 1]))) / length;
    const isConverged = missing <= CONVERGED * Math.hypot(re, im);
    planes.push({
      ...{ re, im, missing, dimensions: plane.length },
      basis: isConverged ? coordinates.map((coordinate) => combine(basis, coordinate)) : null,
    });
  }
  return planes;
}

/** An eigenvalue with its vector; of a complex pair one holds the real part of it, the other the imaginary. */
interface Eigenvector {
  readonly re: number;
  readonly im: number;
  readonly column: Float64Array;
}

/** Real eigenvalues and the angle between their vectors are a pair's below this, relative to 1. */
const COALESCED = 1e-4;

function isPartner(a: Eigenvector, b: Eigenvector): boolean {
  if (a.im !== 0) return b.re === a.re && b.im === -a.im;
  if (b.im !== 0 || Math.abs(b.re - a.re) > COALESCED * Math.abs(a.re)) return false;
  const lengths = norm(a.column) * norm(b.column);
  return lengths * Math.sqrt(1 - COALESCED ** 2) < Math.abs(dot(a.column, b.column));
}

/** The same space, by Gram and Schmidt from the longest vector on. */
export function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of [...vectors].sort((a, b) => norm(b) - norm(a))) {
    const rest = vector.slice();
    for (const q of basis) axpy(-dot(q, rest), q, rest);
    scale(rest, 1 / norm(rest));
    basis.push(rest);
  }
  return basis;
}
