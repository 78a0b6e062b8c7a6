/** Arnoldi iteration on a shifted inverse: the eigenvalues nearest the shift, real or in complex pairs. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { axpy, combine, dot, norm, scale } from './vectors';

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

/**
 * @param dimensions of the Krylov space at most; some twenty give the three or four nearest
 * @param solve x <- (L - shift)^-1 x
 * @returns pairs by rising distance from the shift; those that are not converged are left out
 */
export function nearestEigenvalues(
  unknowns: number,
  shift: number,
  dimensions: number,
  solve: (x: Float64Array) => void,
): RitzPair[] {
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
    solve(next);
    const before = norm(next);
    for (let pass = 0; pass < 2; pass++) {
      basis.forEach((q, i) => {
        const overlap = dot(q, next);
        projected.set(i, size, projected.get(i, size) + overlap);
        axpy(-overlap, q, next);
      });
    }
    const rest = norm(next);
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
    .map((re, i) => ({ re, im: imaginaryEigenvalues[i], column: eigenvectorMatrix.getColumn(i) }))
    .sort((a, b) => Math.hypot(b.re, b.im) - Math.hypot(a.re, a.im));
  const pairs: RitzPair[] = [];
  for (let one = found.shift(); one !== undefined; one = found.shift()) {
    const { re, im, column } = one;
    const partner = found.findIndex((other) => isPartner(one as Eigenvector, other));
    const plane = [column, ...found.splice(partner, partner < 0 ? 0 : 1).map((other) => other.column)];
    const coordinates = plane.length > 1 ? orthonormal(plane) : plane;
    const modulus2 = re * re + im * im;
    const length = Math.hypot(...coordinates.flat());
    const missing = rest * Math.hypot(...coordinates.map((coordinate) => coordinate[size - 1]));
    if (missing > 1e-8 * length * Math.sqrt(modulus2)) continue;
    pairs.push({
      re: shift + re / modulus2,
      im: Math.abs(im) / modulus2,
      basis: coordinates.map((coordinate) => combine(basis, coordinate)),
    });
  }
  return pairs.sort((a, b) => Math.hypot(a.re - shift, a.im) - Math.hypot(b.re - shift, b.im));
}

/** An eigenvalue with its vector; of a complex pair one holds the real part of it, the other the imaginary. */
interface Eigenvector {
  readonly re: number;
  readonly im: number;
  readonly column: readonly number[];
}

/** Real eigenvalues and the angle between their vectors are a pair's below this, relative to 1. */
const COALESCED = 1e-4;

function isPartner(a: Eigenvector, b: Eigenvector): boolean {
  if (a.im !== 0) return b.re === a.re && b.im === -a.im;
  if (b.im !== 0 || Math.abs(b.re - a.re) > COALESCED * Math.abs(a.re)) return false;
  const [cosine, length] = [product(a.column, b.column), Math.sqrt(product(a.column, a.column))];
  return Math.sqrt(product(b.column, b.column)) * length * Math.sqrt(1 - COALESCED ** 2) < Math.abs(cosine);
}

/** The same space, by Gram and Schmidt from the longest vector on. */
function orthonormal(vectors: readonly (readonly number[])[]): number[][] {
  const basis: number[][] = [];
  for (const vector of [...vectors].sort((a, b) => product(b, b) - product(a, a))) {
    const rest = basis.reduce<readonly number[]>((left, q) => {
      const overlap = product(q, left);
      return left.map((value, i) => value - overlap * q[i]);
    }, vector);
    const length = Math.sqrt(product(rest, rest));
    basis.push(rest.map((value) => value / length));
  }
  return basis;
}

function product(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, i) => sum + value * y[i], 0);
}
