/** Arnoldi iteration for x <- A x: its eigenvalues of largest modulus, real or in complex pairs. */
import type { ShiftedInverse } from './block-elimination';
import { KrylovBasis } from './krylov-basis';
import { realEigen } from './real-eigen';
import { axpy, dot, norm, scale } from './vectors';

/** Ritz pairs are converged below this residual, relative to them. */
export const CONVERGED = 1e-8;

/** An eigenvalue of largest modulus with an orthonormal basis of its invariant space, null where that is not converged, and what is missing of its image. */
export interface Plane {
  readonly re: number;
  readonly im: number;
  /** over the real numbers */
  readonly dimensions: number;
  readonly basis: readonly Float64Array[] | null;
  readonly missing: number;
}

/**
 * The span of x, A x, A^2 x, ... over the real or the complex numbers. Complex vectors hold real and imaginary part one after the other for each element;
 * their basis holds v and i v, for one application of A gives both images, and an eigenvalue with its vector z is a pair with its conjugate, of the plane
 * of z and i z.
 */
export class KrylovSpace {
  /** V, orthonormal over the real numbers */
  readonly #basis: KrylovBasis;
  /** of H: A V = V H, but for what the next vector adds to the last */
  readonly #columns: Float64Array[] = [];
  /** the next vector of the basis; none where A leads no farther */
  #next: Float64Array | null;
  #rest = 0;

  /** @param inverse A, or its transpose, where `operate` is; the basis stands in its memory, behind it */
  constructor(
    private readonly inverse: ShiftedInverse,
    private readonly operate: (x: Float64Array) => void,
  ) {
    const { width, unknowns, memory, end } = inverse;
    // with a part along every eigenvector
    const start = Float64Array.from(
      { length: width * unknowns },
      (_, i) => 1 + 0.5 * Math.sin(1 + 7 * i * i),
    );
    scale(start, 1 / norm(start));
    this.#basis = new KrylovBasis(memory, end, start.length);
    this.#next = start;
  }

  /** @param dimensions over the real numbers; never more than there are */
  growTo(dimensions: number): void {
    const { width, unknowns } = this.inverse;
    const most = Math.min(dimensions, width * unknowns);
    const basis = this.#basis;
    while (this.#next !== null && basis.size < most) {
      basis.push(this.#next);
      if (width === 2) basis.push(timesI(this.#next));
      const image = this.#next.slice();
      this.operate(image);
      const before = norm(image);
      const column = new Float64Array(basis.size + width);
      column.set(basis.takeOut(image));
      const rest = norm(image);
      // The eigenvalue solver would look for ever for the eigenvalues of what are no numbers.
      if (!Number.isFinite(rest)) throw new Error('The model among dark-port modes could not be inverted.');
      column[basis.size] = rest;
      this.#columns.push(column);
      if (width === 2) this.#columns.push(timesI(column));
      this.#rest = rest;
      scale(image, 1 / rest);
      this.#next = rest > 1e-13 * before ? image : null;
    }
  }

  /** By falling modulus, the eigenvalues of H and, where the space holds them, their vectors. */
  planes(): Plane[] {
    const basis = this.#basis;
    const { size } = basis;
    const rows = Array.from({ length: size }, () => new Float64Array(size));
    this.#columns.forEach((column, k) => {
      for (let i = 0; i < Math.min(size, column.length); i++) rows[i][k] = column[i];
    });
    const { re, im, vectors } = realEigen(rows);
    const found = vectors
      .map((column, i) => ({ re: re[i], im: im[i], column }))
      .sort((a, b) => Math.hypot(b.re, b.im) - Math.hypot(a.re, a.im));
    const planes: Plane[] = [];
    for (let one = found.shift(); one !== undefined; one = found.shift()) {
      const { re, im, column } = one;
      const partner = found.findIndex((other) => isPartner(one as Eigenvector, other));
      const plane = [column, ...found.splice(partner, partner < 0 ? 0 : 1).map((other) => other.column)];
      const coordinates = plane.length > 1 ? orthonormal(plane) : plane;
      const length = Math.hypot(...coordinates.map(norm));
      const last = coordinates.flatMap((coordinate) => [...coordinate.subarray(size - this.inverse.width)]);
      const missing = (this.#rest * Math.hypot(...last)) / length;
      const isConverged = missing <= CONVERGED * Math.hypot(re, im);
      planes.push({
        ...{ re, im, missing, dimensions: plane.length },
        basis: isConverged ? coordinates.map((coordinate) => basis.combine(coordinate)) : null,
      });
    }
    return planes;
  }
}

/** Of a complex vector, its real and imaginary parts one after the other. */
function timesI(x: Float64Array): Float64Array {
  return x.map((_, k) => (k % 2 === 0 ? -x[k + 1] : x[k - 1]));
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
