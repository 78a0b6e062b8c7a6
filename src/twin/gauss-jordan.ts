/**
 * Replaces the n x n matrix (row by row) by its inverse: Gauss-Jordan elimination with partial pivoting, in place.
 * @throws Error where a pivot vanishes
 */
export function invertInPlace(matrix: Float64Array, n: number): void {
  const pivots = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const pivot = largestBelow(matrix, n, k);
    if (!(Math.abs(matrix[pivot * n + k]) > 0)) throw new Error(`the matrix is singular at row ${k} of ${n}`);
    pivots[k] = pivot;
    if (pivot !== k) swapRows(matrix, n, k, pivot);
    const scale = 1 / matrix[k * n + k];
    matrix[k * n + k] = 1;
    for (let c = 0; c < n; c++) matrix[k * n + c] *= scale;
    for (let r = 0; r < n; r++) {
      const factor = matrix[r * n + k];
      if (r === k || factor === 0) continue;
      matrix[r * n + k] = 0;
      for (let c = 0; c < n; c++) matrix[r * n + c] -= factor * matrix[k * n + c];
    }
  }
  for (let k = n - 1; k >= 0; k--) if (pivots[k] !== k) swapColumns(matrix, n, k, pivots[k]);
}

/** The row from k down with the largest entry in column k. */
function largestBelow(matrix: Float64Array, n: number, k: number): number {
  let best = k;
  for (let r = k + 1; r < n; r++) {
    if (Math.abs(matrix[r * n + k]) > Math.abs(matrix[best * n + k])) best = r;
  }
  return best;
}

function swapRows(matrix: Float64Array, n: number, p: number, q: number): void {
  const row = matrix.slice(p * n, p * n + n);
  matrix.copyWithin(p * n, q * n, q * n + n);
  matrix.set(row, q * n);
}

function swapColumns(matrix: Float64Array, n: number, p: number, q: number): void {
  for (let r = 0; r < n * n; r += n) {
    [matrix[r + p], matrix[r + q]] = [matrix[r + q], matrix[r + p]];
  }
}
