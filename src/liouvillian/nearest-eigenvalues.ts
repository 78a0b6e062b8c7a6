/** Arnoldi iteration on a shifted inverse: the eigenvalues nearest the shift, real or in complex pairs. */
import type { Shift, ShiftedInverse } from './block-elimination';
import { CONVERGED, KrylovSpace, orthonormal } from './krylov-space';
import { norm } from './vectors';

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

/** A search for the eigenvalues of L nearest the shift of its inverse, in a Krylov space that can grow; one at a time of an inverse, in whose memory it is. */
export class NearestEigenvalues {
  readonly #space: KrylovSpace;
  readonly #solve: (x: Float64Array) => void;

  constructor(
    private readonly inverse: ShiftedInverse,
    side: Side,
  ) {
    this.#solve = (x) => (side === 'right' ? inverse.solve(x) : inverse.solveTransposed(x));
    this.#space = new KrylovSpace(inverse, this.#solve);
  }

  /** @param dimensions of the space, at most: some twenty give the three or four nearest */
  among(dimensions: number): Neighbourhood {
    const { shift, width, unknowns } = this.inverse;
    this.#space.growTo(dimensions);
    const planes = this.#space.planes();
    const pairs: RitzPair[] = [];
    let nearestLost = Number.POSITIVE_INFINITY;
    for (const { re, im, basis, missing } of planes) {
      const modulus = Math.hypot(re, im);
      const pair =
        basis === null
          ? null
          : width === 1
            ? { re: shift.re + re / modulus ** 2, im: Math.abs(im) / modulus ** 2, basis }
            : complexPair(basis[0], shift, this.#solve);
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
