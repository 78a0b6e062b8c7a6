/** Arnoldi iteration on a shifted inverse: the eigenvalues nearest the shift, real or in complex pairs. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { axpy, combine, dot, norm, scale } from './vectors';

/** An eigenvalue, re + i im with im >= 0, and a real basis of its invariant subspace: one vector, or two for a pair. */
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
  const pairs: RitzPair[] = [];
  for (let i = 0; i < size; i++) {
    const [re, im] = [realEigenvalues[i], imaginaryEigenvalues[i]];
    const columns = im === 0 ? [i] : [i, i + 1];
    if (im !== 0) i++;
    const modulus2 = re * re + im * im;
    const coordinates = columns.map((column) => eigenvectorMatrix.getColumn(column));
    const length = Math.hypot(...coordinates.flat());
    const missing = rest * Math.hypot(...coordinates.map((column) => column[size - 1]));
    if (missing > 1e-8 * length * Math.sqrt(modulus2)) continue;
    pairs.push({
      re: shift + re / modulus2,
      im: Math.abs(im) / modulus2,
      basis: coordinates.map((column) => combine(basis, column)),
    });
  }
  return pairs.sort((a, b) => Math.hypot(a.re - shift, a.im) - Math.hypot(b.re - shift, b.im));
}
