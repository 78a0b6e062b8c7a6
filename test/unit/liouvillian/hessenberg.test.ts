/** Eigenvalues and vectors of matrices of Hessenberg's form are those of ml-matrix, bit for bit. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { hessenbergEigen } from '../../../src/liouvillian/hessenberg/eigen';
import { random } from '../scaling';

type Entry = (i: number, j: number) => number;
const next = random(5);

const rowsOf = (size: number, entry: Entry) =>
  Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size }, (_, j) => (j < i - 1 ? 0 : entry(i, j))),
  );

const even: Entry = () => next() - 0.5;
/** Of a shifted inverse: few large, most small. */
const graded: Entry = (i, j) => (next() - 0.3) * 10 ** (-0.2 * Math.max(i, j));
/** Its eigenvalues are in pairs on a circle, which Francis' own shifts leave where they are. */
const cyclic =
  (size: number): Entry =>
  (i, j) =>
    i === j + 1 || (i === 0 && j === size - 1) ? 1 : 0;
const defective: Entry = (i, j) => (i === j ? 0.5 : j === i + 1 ? 1 : 0);
const inBlocks: Entry = (i, j) => (i === j + 1 && i % 3 === 0 ? 0 : next() - 0.5);

test.each<[string, number, Entry]>([
  ['of one', 1, even],
  ['of two', 2, even],
  ['of three', 3, even],
  ...[5, 10, 24, 48, 80].map((size): [string, number, Entry] => ['at random', size, even]),
  ...[5, 24, 80].map((size): [string, number, Entry] => ['graded', size, graded]),
  ...[3, 4, 8, 9].map((size): [string, number, Entry] => ['cyclic', size, cyclic(size)]),
  ['defective', 6, defective],
  ['in blocks', 13, inBlocks],
  ['of tiny numbers', 12, () => 1e-160 * (next() - 0.5)],
  ['empty', 4, () => 0],
])('%s, %i dimensions', (_, size, entry) => {
  const rows = rowsOf(size, entry);
  const known = new EigenvalueDecomposition(new Matrix(rows.map((row) => [...row])));
  const { re, im, vectors } = hessenbergEigen(rows);
  expect([...re]).toEqual(known.realEigenvalues);
  expect([...im]).toEqual(known.imaginaryEigenvalues);
  expect(vectors.map((vector) => [...vector])).toEqual(
    rows.map((_, j) => known.eigenvectorMatrix.getColumn(j)),
  );
});
