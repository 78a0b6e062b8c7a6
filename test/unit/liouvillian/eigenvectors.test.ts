import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { eigensystemOf } from '../../../src/liouvillian/eigenvectors';
import { philox } from '../../../src/twin/philox';

/** Numbers between -1 and 1. */
const random = (seed: number, i: number, j: number) => philox([i, j, 0, 0], [seed, 0])[0] * 2 ** -31 - 1;
const squareOf = (size: number, element: (i: number, j: number) => number) =>
  Float64Array.from({ length: size ** 2 }, (_, k) => element(Math.floor(k / size), k % size));

const matrices: readonly (readonly [string, number, (i: number, j: number) => number])[] = [
  ...[1, 2, 3, 4, 7, 24, 80].map(
    (size) => [`of ${size} rows`, size, (i: number, j: number) => random(size, i, j)] as const,
  ),
  ['in Hessenberg form, as Arnoldi leaves it', 60, (i, j) => (i > j + 1 ? 0 : random(5, i, j))],
  ['whose elements differ by many orders', 40, (i, j) => random(6, i, j) * 10 ** (4 * random(7, j, i))],
  ['with rows and columns of zeros', 12, (i, j) => (i % 3 === 1 || j % 4 === 2 ? 0 : random(8, i, j))],
  // The double shifts make no progress on a cycle: only the exceptional ones break it, which take it off the diagonal for a while.
  ['that turns its axes in a cycle, about 3', 9, (i, j) => (i === j ? 3 : Number(i === (j + 1) % 9))],
  ['of zeros', 4, () => 0],
  ['with the same eigenvalue again and again', 6, (i, j) => (i === j ? 2 : i + 1 === j ? 1 : 0)],
];

test.each(matrices)(
  'eigenvalues and eigenvectors of a matrix %s, to the bits of ml-matrix',
  (_, size, element) => {
    const matrix = squareOf(size, element);
    const { re, im, vectors } = eigensystemOf(matrix.slice(), size);
    const { realEigenvalues, imaginaryEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
      Matrix.from1DArray(size, size, matrix),
    );
    expect([...re]).toEqual(realEigenvalues);
    expect([...im]).toEqual(imaginaryEigenvalues);
    vectors.forEach((vector, j) => {
      expect([...vector]).toEqual(eigenvectorMatrix.getColumn(j));
    });
  },
);

test.each([
  ['of random numbers', 30, (i: number, j: number) => random(1, i, j)],
  ['that turns its axes in a cycle', 9, (i: number, j: number) => Number(i === (j + 1) % 9)],
])('A v = lambda v of a matrix %s, for pairs too', (_, size, element) => {
  const matrix = squareOf(size, element);
  const { re, im, vectors } = eigensystemOf(matrix.slice(), size);
  const image = (x: Float64Array) =>
    x.map((_, i) => x.reduce((sum, value, j) => sum + matrix[i * size + j] * value, 0));
  let pairs = 0;
  vectors.forEach((vector, j) => {
    // Of a pair: A (x + i y) = (re + i im)(x + i y).
    const [x, y] =
      im[j] < 0 ? [vectors[j - 1], vector] : [vector, im[j] > 0 ? vectors[j + 1] : vector.map(() => 0)];
    const [Ax, Ay] = [image(x), image(y)];
    const of = Math.abs(im[j]);
    const length = Math.hypot(...x, ...y);
    Ax.forEach((value, i) => {
      expect(Math.abs(value - (re[j] * x[i] - of * y[i]))).toBeLessThan(1e-12 * length);
      expect(Math.abs(Ay[i] - (re[j] * y[i] + of * x[i]))).toBeLessThan(1e-12 * length);
    });
    if (im[j] > 0) pairs++;
  });
  expect(pairs).toBeGreaterThan(3);
});
