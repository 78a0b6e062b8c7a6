/** Householder's reduction of a general real matrix to Hessenberg form, in flat arrays row by row. */

/** A square matrix in Hessenberg form, and the orthogonal basis that brings it there. Both are the caller's. */
export interface Hessenberg {
  readonly size: number;
  readonly matrix: Float64Array;
  readonly basis: Float64Array;
}

/** @param matrix is taken over, and changed */
export function hessenbergOf(matrix: Float64Array, size: number): Hessenberg {
  const mirrors = new Float64Array(size);
  for (let m = 1; m < size - 1; m++) reflect(matrix, size, m, mirrors);
  return { size, matrix, basis: basisOf(matrix, size, mirrors) };
}

/** Reflects rows and columns from m on so that column m - 1 is 0 below row m, where the mirror stays. */
function reflect(H: Float64Array, size: number, m: number, mirrors: Float64Array): void {
  let scale = 0;
  for (let i = m; i < size; i++) scale += Math.abs(H[i * size + m - 1]);
  if (scale === 0) return;
  let h = 0;
  for (let i = size - 1; i >= m; i--) {
    mirrors[i] = H[i * size + m - 1] / scale;
    h += mirrors[i] * mirrors[i];
  }
  const g = mirrors[m] > 0 ? -Math.sqrt(h) : Math.sqrt(h);
  h -= mirrors[m] * g;
  mirrors[m] -= g;
  for (let j = m; j < size; j++) {
    let f = 0;
    for (let i = size - 1; i >= m; i--) f += mirrors[i] * H[i * size + j];
    f /= h;
    for (let i = m; i < size; i++) H[i * size + j] -= f * mirrors[i];
  }
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let f = 0;
    for (let j = size - 1; j >= m; j--) f += mirrors[j] * H[row + j];
    f /= h;
    for (let j = m; j < size; j++) H[row + j] -= f * mirrors[j];
  }
  mirrors[m] *= scale;
  H[m * size + m - 1] = scale * g;
}

/** The product of the reflections, whose mirrors are below the subdiagonal but for their first elements. */
function basisOf(H: Float64Array, size: number, mirrors: Float64Array): Float64Array {
  const V = new Float64Array(size * size);
  for (let i = 0; i < size; i++) V[i * size + i] = 1;
  for (let m = size - 2; m >= 1; m--) {
    const below = H[m * size + m - 1];
    if (below === 0) continue;
    for (let i = m + 1; i < size; i++) mirrors[i] = H[i * size + m - 1];
    for (let j = m; j < size; j++) {
      let g = 0;
      for (let i = m; i < size; i++) g += mirrors[i] * V[i * size + j];
      g = g / mirrors[m] / below;
      for (let i = m; i < size; i++) V[i * size + j] += g * mirrors[i];
    }
  }
  return V;
}
