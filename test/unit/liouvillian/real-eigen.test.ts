/** The eigenvalue solver against its own equations, and against what is known by hand. */
import { describe, expect, test } from 'vitest';
import { type RealEigen, realEigen } from '../../../src/liouvillian/real-eigen';
import { philox, uniform01 } from '../../../src/twin/philox';

type Rows = readonly Float64Array[];

const square = (n: number, entry: (i: number, j: number) => number): Rows =>
  Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => entry(i, j)));

/** Entries from -1 to 1, times powers of ten. */
const random = (n: number, decades = 0) =>
  square(n, (i, j) => {
    const [value, power] = philox([i, j, n, 0], [7, 0]).map(uniform01);
    return (2 * value - 1) * 10 ** (decades * power);
  });

const hessenberg = (n: number) => {
  const all = random(n);
  return square(n, (i, j) => (i > j + 1 ? 0 : all[i][j]));
};

/** A complex matrix in real coordinates: every eigenvalue comes with its conjugate. */
const ofComplex = (n: number) => {
  const [re, im] = [random(n), random(n + 1)];
  return square(2 * n, (i, j) => {
    const [a, b] = [re[i >> 1][j >> 1], im[i >> 1][j >> 1]];
    return i % 2 === j % 2 ? a : i % 2 === 0 ? -b : b;
  });
};

const cyclic = (n: number) => square(n, (i, j) => (i === (j + 1) % n ? 1 : 0));

const times = (rows: Rows, x: Float64Array) =>
  Float64Array.from(rows, (row) => row.reduce((sum, value, j) => sum + value * x[j], 0));

const normOf = (rows: Rows) => Math.hypot(...rows.map((row) => Math.hypot(...row)));

/** Largest |A x - lambda x| / |x| over all eigenvalues. */
function residual(rows: Rows, { re, im, vectors }: RealEigen): number {
  const parts = vectors.map((vector) => times(rows, vector));
  return Math.max(
    ...vectors.map((x, k) => {
      // Of a pair: A (x + i y) = (re + i im) (x + i y), part by part.
      const other = im[k] === 0 ? x : vectors[im[k] > 0 ? k + 1 : k - 1];
      const miss = parts[k].map((value, i) => value - re[k] * x[i] + im[k] * other[i]);
      const length = Math.hypot(...x, ...(im[k] === 0 ? [] : other));
      return Math.hypot(...miss) / length;
    }),
  );
}

describe('eigenvalues and vectors', () => {
  test.each<[string, Rows]>([
    ...[1, 2, 3, 4, 7, 16, 33, 80, 161].map((n): [string, Rows] => [`${n} rows`, random(n)]),
    ...[3, 8, 81].map((n): [string, Rows] => [`${n} Hessenberg rows`, hessenberg(n)]),
    ['complex numbers', ofComplex(25)],
    ['rows of different size', random(40, 6)],
    ['what the usual shifts leave as it is', cyclic(9)],
    ['a Jordan block', square(6, (i, j) => (i === j ? 2 : i === j + 1 ? 1 : 0))],
    ['one eigenvalue many times', square(5, (i, j) => (i === j ? 3 : 0))],
    ['the same pair three times', square(6, (i, j) => (i === j ? 1 : i === (j ^ 1) ? (i < j ? 2 : -2) : 0))],
    ['nothing', square(4, () => 0)],
  ])('%s', (_, rows) => {
    const eigen = realEigen(rows);
    const trace = rows.reduce((sum, row, i) => sum + row[i], 0);
    const total = eigen.re.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(total - trace)).toBeLessThanOrEqual(1e-13 * rows.length * normOf(rows));
    expect(residual(rows, eigen)).toBeLessThanOrEqual(1e-13 * normOf(rows));
    for (const vector of eigen.vectors) {
      expect(vector.every(Number.isFinite)).toBe(true);
    }
  });
});

test('eigenvalues that are known: the roots of one, a pair before its conjugate', () => {
  const { re, im } = realEigen(cyclic(8));
  const angles = Array.from(re, (x, k) => (Math.atan2(im[k], x) * 4) / Math.PI);
  const moduli = Array.from(re, (x, k) => Math.hypot(x, im[k]));
  expect(angles.map(Math.round).toSorted((a, b) => a - b)).toEqual([-3, -2, -1, 0, 1, 2, 3, 4]);
  for (const angle of angles) expect(Math.abs(angle - Math.round(angle))).toBeLessThan(1e-14);
  for (const modulus of moduli) expect(Math.abs(modulus - 1)).toBeLessThan(1e-14);
  im.forEach((value, k) => {
    if (value > 0) expect(im[k + 1]).toBe(-value);
  });
});
