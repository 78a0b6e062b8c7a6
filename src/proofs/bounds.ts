/** Rigorous bounds on Hermitian operators, block by block, whose elements are known up to errors; rounded outwards. */
import type { Pyramid } from '../operators/pyramid';
import { type BlockImage, type Packed, UNIT_ROUNDOFF } from './image';
import { type Interval, outwards } from './intervals';

/** Sums of n terms of one sign, each with a few roundings of its own, are right to (n + 8) units of roundoff. */
const upwards = (sum: number, terms: number) => sum * (1 + 2 * (terms + 8) * UNIT_ROUNDOFF);

interface RowSums {
  readonly diagonal: Float64Array;
  /** of the moduli beside the diagonal */
  readonly beside: Float64Array;
  /** bound on the operator norm of what rounding did: the smaller of its largest row sum and its Frobenius norm */
  readonly rounding: number;
  /** Frobenius norm of all, what rounding did included */
  readonly frobenius: number;
}

function rowSums({ dim, re, im, error }: BlockImage): RowSums {
  const diagonal = new Float64Array(dim);
  const beside = new Float64Array(dim);
  const off = new Float64Array(dim);
  let [frobenius, offSquare] = [0, 0];
  for (let r = 0, i = 0; r < dim; r++) {
    for (let c = 0; c <= r; c++, i++) {
      const wrong = error[i];
      const modulus = Math.sqrt(re[i] * re[i] + im[i] * im[i]);
      const times = r === c ? 1 : 2;
      frobenius += times * (modulus + wrong) * (modulus + wrong);
      offSquare += times * wrong * wrong;
      off[r] += wrong;
      if (r === c) {
        diagonal[r] = re[i];
        continue;
      }
      off[c] += wrong;
      beside[r] += modulus;
      beside[c] += modulus;
    }
  }
  const terms = dim * dim;
  return {
    diagonal,
    beside: beside.map((sum) => upwards(sum, dim)),
    rounding: Math.min(upwards(Math.max(...off), dim), upwards(Math.sqrt(offSquare), terms)),
    frobenius: upwards(Math.sqrt(frobenius), terms),
  };
}

/** Between what all eigenvalues lie: Gershgorin's discs, and what rounding did moves an eigenvalue by no more than its norm (Weyl). */
export function spectrumOf(blocks: Iterable<BlockImage>): Interval {
  let [lower, upper] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const block of blocks) {
    const { diagonal, beside, rounding } = rowSums(block);
    for (const [r, centre] of diagonal.entries()) {
      const disc = outwards(centre - beside[r] - rounding, centre + beside[r] + rounding, Math.abs(centre));
      lower = Math.min(lower, disc.lower);
      upper = Math.max(upper, disc.upper);
    }
  }
  return { lower, upper };
}

/** The operator norm at most: of each block the largest row sum of moduli, or its Frobenius norm. */
export function operatorNormOf(blocks: Iterable<BlockImage>): number {
  let most = 0;
  for (const block of blocks) {
    const { diagonal, beside, rounding, frobenius } = rowSums(block);
    const sums = diagonal.map((centre, r) => Math.abs(centre) + beside[r]);
    most = Math.max(most, Math.min(upwards(Math.max(...sums) + rounding, 2), frobenius));
  }
  return most;
}

/** The trace norm at most: a block of d rows has at most d singular values, whose squares sum to its Frobenius norm's. */
export function traceNormOf(blocks: Iterable<BlockImage>): number {
  let [sum, count] = [0, 0];
  for (const block of blocks) {
    sum += Math.sqrt(block.dim) * rowSums(block).frobenius;
    count++;
  }
  return upwards(sum, count + 2);
}

/** The trace norm at least: that of the diagonal alone, or the Hilbert-Schmidt norm. NaN where x is no number. */
export function traceNormAtLeast(pyramid: Pyramid, x: Packed): number {
  let [diagonal, square] = [0, 0];
  pyramid.forEach((i, _b, r, c) => {
    const imaginary = r !== c ? (x[pyramid.unknowns + i] ?? 0) : 0;
    if (r === c) diagonal += Math.abs(x[i]);
    square += (r === c ? 1 : 2) * (x[i] * x[i] + imaginary * imaginary);
  });
  const least = Math.max(diagonal, Math.sqrt(square)) * (1 - 4 * (pyramid.unknowns + 8) * UNIT_ROUNDOFF);
  // A sum that overflowed says nothing.
  return Number.isFinite(least) ? least : 0;
}

/**
 * Whether factor x + shift is positive, proven by Cholesky's factorisation in float64 of every block, a little subtracted: when that runs to its end
 * the lowest eigenvalue is above -gamma/(1 - gamma) times the trace, gamma = (n + 1) u/(1 - (n + 1) u) for n rows (Demmel; Rump, BIT 46, 433).
 * A complex block R + iB is as positive as the real one of twice its size, R, -B; B, R.
 */
export const isPositive = (pyramid: Pyramid, x: Packed, factor: 1 | -1, shift: number): boolean =>
  pyramid.blocks.every(({ index }) => isBlockPositive(pyramid, x, index, factor, shift));

export function isBlockPositive(
  pyramid: Pyramid,
  x: Packed,
  b: number,
  factor: 1 | -1,
  shift: number,
): boolean {
  const { dim, offset } = pyramid.blocks[b];
  const isReal = x.length === pyramid.unknowns;
  const n = isReal ? dim : 2 * dim;
  const element = (r: number, c: number) => {
    if (r < dim || c >= dim) return factor * x[offset + triangle(r % dim) + (c % dim)];
    const [row, column] = [r - dim, c];
    if (row === column) return 0;
    const B = x[pyramid.unknowns + offset + triangle(Math.max(row, column)) + Math.min(row, column)];
    return factor * (row > column ? B : -B);
  };
  let trace = 0;
  for (let r = 0; r < n; r++) trace += Math.abs(element(r, r)) + Math.abs(shift);
  // The subtraction is off by one rounding of each diagonal element, too.
  const less = upwards(2 * (n + 4) * UNIT_ROUNDOFF * trace, 2 * n);
  const factors = new Float64Array(triangle(n));
  for (let r = 0; r < n; r++) {
    const row = triangle(r);
    for (let c = 0; c <= r; c++) {
      const column = triangle(c);
      let rest = element(r, c);
      if (r === c) rest += shift - less;
      for (let k = 0; k < c; k++) rest -= factors[row + k] * factors[column + k];
      if (r > c) factors[row + c] = rest / factors[column + c];
      else if (rest > 0) factors[row + r] = Math.sqrt(rest);
      else return false;
    }
  }
  return true;
}

/** Where row r of a triangle begins. */
const triangle = (r: number) => (r * (r + 1)) / 2;
