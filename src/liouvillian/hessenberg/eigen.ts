/**
 * Eigenvalues and eigenvectors of a real matrix of Hessenberg's form (nothing below the first subdiagonal): EISPACK's hqr2, as ml-matrix has it, to
 * the same bits. There it is one function of many loops, which engines compile anew for each and run uncompiled for most of the 0.2 to 0.5 s that 80
 * dimensions take the first time; functions of one loop are compiled once, and at once.
 */
import { quasiTriangular, type Rows } from './schur';
import { triangularVectors } from './vectors';

export interface Eigenvectors {
  readonly re: Float64Array;
  /** of a pair the positive one first */
  readonly im: Float64Array;
  /** one each; of a complex pair the first is the real part, the second the imaginary */
  readonly vectors: readonly Float64Array[];
}

/** @param rows are overwritten */
export function hessenbergEigen(rows: Rows): Eigenvectors {
  const size = rows.length;
  const turned = turn(rows);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const scale = quasiTriangular(rows, turned, re, im);
  triangularVectors(rows, re, im, scale);
  const columns = rows.map((_, j) => Float64Array.from(rows, (row) => row[j]));
  const vectors = columns.map((column, j) => Float64Array.from(turned, (row) => leading(row, column, j)));
  return { re, im, vectors };
}

/** What a general matrix's reduction to this form does to one that has it: all axes but the first and the last change their signs. @returns the axes */
function turn(rows: Rows): Float64Array[] {
  const size = rows.length;
  const axes = rows.map((_, i) => Float64Array.from(rows, (_, j) => (i === j ? 1 : 0)));
  for (let m = 1; m < size - 1; m++) {
    const below = rows[m][m - 1];
    if (below === 0) continue;
    for (let j = m - 1; j < size; j++) rows[m][j] = -rows[m][j];
    for (let i = 0; i < size; i++) rows[i][m] = -rows[i][m];
    // -1, but for the rounding.
    axes[m][m] = 1 + (1 / -below) * (2 * below);
  }
  return axes;
}

/** Of the row's and the column's entries up to the last. */
function leading(row: Float64Array, column: Float64Array, last: number): number {
  let sum = 0;
  for (let k = 0; k <= last; k++) sum += row[k] * column[k];
  return sum;
}
