/** The QR algorithm for a real Hessenberg matrix, with double shifts: JAMA's `hqr2` up to where only blocks of one and two rows are left. */
import type { Hessenberg } from './hessenberg';

/** Eigenvalues of the matrix that is triangular now but for its pairs, of which the one with the positive imaginary part comes first. */
export interface Eigenvalues {
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** the sum of the elements' moduli, as it was */
  readonly norm: number;
}

/** Changes the matrix and its basis. */
export function schurOf({ size, matrix: H, basis: V }: Hessenberg): Eigenvalues {
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  const norm = normOf(H, size);
  let shifted = 0;
  // Of zeros there is nothing to do.
  let n = norm === 0 ? -1 : size - 1;
  let tries = 0;
  while (n >= 0) {
    const l = beginningOf(H, size, n, norm);
    if (l === n) {
      H[n * size + n] += shifted;
      re[n] = H[n * size + n];
      n--;
      tries = 0;
    } else if (l === n - 1) {
      splitPair(H, V, size, n, shifted, re, im);
      n -= 2;
      tries = 0;
    } else {
      const { by, ...shifts } = shiftsOf(H, size, n, tries);
      shifted += by;
      tries++;
      sweep(H, V, size, l, n, shifts);
    }
  }
  return { re, im, norm };
}

function normOf(H: Float64Array, size: number): number {
  let norm = 0;
  for (let i = 0; i < size; i++)
    for (let j = Math.max(i - 1, 0); j < size; j++) norm += Math.abs(H[i * size + j]);
  return norm;
}

/** Row in which the block that ends in row n begins: before it the subdiagonal is as good as 0. */
function beginningOf(H: Float64Array, size: number, n: number, norm: number): number {
  let l = n;
  for (; l > 0; l--) {
    const beside = Math.abs(H[(l - 1) * size + l - 1]) + Math.abs(H[l * size + l]);
    if (Math.abs(H[l * size + l - 1]) < Number.EPSILON * (beside === 0 ? norm : beside)) break;
  }
  return l;
}

/** The eigenvalues of rows n - 1 and n, which get back what they were shifted by; the block of two real ones becomes triangular. */
function splitPair(
  H: Float64Array,
  V: Float64Array,
  size: number,
  n: number,
  shifted: number,
  re: Float64Array,
  im: Float64Array,
): void {
  const [above, row] = [(n - 1) * size, n * size];
  const w = H[row + n - 1] * H[above + n];
  const half = (H[above + n - 1] - H[row + n]) / 2;
  const square = half * half + w;
  const root = Math.sqrt(Math.abs(square));
  H[row + n] += shifted;
  H[above + n - 1] += shifted;
  const x = H[row + n];
  if (square < 0) {
    re[n - 1] = re[n] = x + half;
    im[n - 1] = root;
    im[n] = -root;
    return;
  }
  const z = half >= 0 ? half + root : half - root;
  re[n - 1] = x + z;
  re[n] = z === 0 ? re[n - 1] : x - w / z;
  const below = H[row + n - 1];
  const sum = Math.abs(below) + Math.abs(z);
  let [p, q] = [below / sum, z / sum];
  const length = Math.sqrt(p * p + q * q);
  p /= length;
  q /= length;
  for (let j = n - 1; j < size; j++) {
    const upper = H[above + j];
    H[above + j] = q * upper + p * H[row + j];
    H[row + j] = q * H[row + j] - p * upper;
  }
  turnColumns(H, size, n, n + 1, p, q);
  turnColumns(V, size, n, size, p, q);
}

/** Columns n - 1 and n by one another, in so many rows. */
function turnColumns(of: Float64Array, size: number, n: number, rows: number, p: number, q: number): void {
  for (let i = n; i < rows * size; i += size) {
    const left = of[i - 1];
    of[i - 1] = q * left + p * of[i];
    of[i] = q * of[i] - p * left;
  }
}

/** Sum and product of the next double shift are those of x, y and w; `by` has been taken off the diagonal. */
interface Shifts {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly by: number;
}

/** The last block's own, but for others where these have led nowhere so many times. */
function shiftsOf(H: Float64Array, size: number, n: number, tries: number): Shifts {
  const [above, row] = [(n - 1) * size, n * size];
  const x = H[row + n];
  const y = H[above + n - 1];
  const w = H[row + n - 1] * H[above + n];
  const shift = (by: number) => {
    for (let i = 0; i <= n; i++) H[i * size + i] -= by;
    return by;
  };
  if (tries === 10) {
    const by = shift(x);
    const s = Math.abs(H[row + n - 1]) + Math.abs(H[above + n - 2]);
    return { x: 0.75 * s, y: 0.75 * s, w: -0.4375 * s * s, by };
  }
  const half = (y - x) / 2;
  const square = half * half + w;
  if (tries === 30 && square > 0) {
    const root = y < x ? -Math.sqrt(square) : Math.sqrt(square);
    const by = shift(x - w / (half + root));
    return { x: 0.964, y: 0.964, w: 0.964, by };
  }
  return { x, y, w, by: 0 };
}

/** One double step on rows l to n: reflections of three rows and columns each, from the first on that the rows above hardly feel. */
function sweep(
  H: Float64Array,
  V: Float64Array,
  size: number,
  l: number,
  n: number,
  { x, y, w }: Omit<Shifts, 'by'>,
): void {
  let m = n - 2;
  let [p, q, r] = [0, 0, 0];
  for (; ; m--) {
    const [row, next] = [m * size, (m + 1) * size];
    const z = H[row + m];
    const [a, b] = [x - z, y - z];
    p = (a * b - w) / H[next + m] + H[row + m + 1];
    q = H[next + m + 1] - z - a - b;
    r = H[next + size + m + 1];
    const s = Math.abs(p) + Math.abs(q) + Math.abs(r);
    p /= s;
    q /= s;
    r /= s;
    if (m === l) break;
    const before = Math.abs(H[row - size + m - 1]);
    const beside = before + Math.abs(z) + Math.abs(H[next + m + 1]);
    if (Math.abs(H[row + m - 1]) * (Math.abs(q) + Math.abs(r)) < Number.EPSILON * (Math.abs(p) * beside))
      break;
  }
  for (let i = m + 2; i <= n; i++) {
    H[i * size + i - 2] = 0;
    if (i > m + 2) H[i * size + i - 3] = 0;
  }
  for (let k = m; k < n; k++) {
    const isLast = k === n - 1;
    let scale = 1;
    if (k !== m) {
      const left = k * size + k - 1;
      p = H[left];
      q = H[left + size];
      r = isLast ? 0 : H[left + 2 * size];
      scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
      if (scale === 0) break;
      p /= scale;
      q /= scale;
      r /= scale;
    }
    const length = Math.sqrt(p * p + q * q + r * r);
    const s = p < 0 ? -length : length;
    if (s === 0) continue;
    if (k !== m) H[k * size + k - 1] = -s * scale;
    else if (l !== m) H[k * size + k - 1] = -H[k * size + k - 1];
    p += s;
    const mirror = { x: p / s, y: q / s, z: r / s, q: q / p, r: r / p };
    reflectRows(H, size, k, isLast, mirror);
    reflectColumns(H, size, k, Math.min(n, k + 3) + 1, isLast, mirror);
    reflectColumns(V, size, k, size, isLast, mirror);
  }
}

/** I - (x, y, z)^T (1, q, r) */
interface Mirror {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly q: number;
  readonly r: number;
}

/** Rows k, k + 1 and, but at the end, k + 2, from column k on. */
function reflectRows(
  H: Float64Array,
  size: number,
  k: number,
  isLast: boolean,
  { x, y, z, q, r }: Mirror,
): void {
  for (let i = k * size + k; i < (k + 1) * size; i++) {
    const [next, last] = [i + size, i + 2 * size];
    let p = H[i] + q * H[next];
    if (!isLast) {
      p += r * H[last];
      H[last] -= p * z;
    }
    H[i] -= p * x;
    H[next] -= p * y;
  }
}

/** The same columns, in so many rows. */
function reflectColumns(
  of: Float64Array,
  size: number,
  k: number,
  rows: number,
  isLast: boolean,
  { x, y, z, q, r }: Mirror,
): void {
  for (let i = k; i < rows * size; i += size) {
    let p = x * of[i] + y * of[i + 1];
    if (!isLast) {
      p += z * of[i + 2];
      of[i + 2] -= p * r;
    }
    of[i] -= p;
    of[i + 1] -= p * q;
  }
}
