/** The eigenvectors of a matrix of 1x1 and 2x2 blocks and what is above them, from the bottom up. */
import type { Rows } from './schur';

/** Writes them into the matrix's columns. @param scale of its entries */
export function triangularVectors(h: Rows, re: Float64Array, im: Float64Array, scale: number): void {
  for (let n = h.length - 1; n >= 0; n--) {
    if (im[n] === 0) realVector(h, n, re, im, scale);
    else if (im[n] < 0) complexVector(h, n, re, im, scale);
  }
}

function realVector(h: Rows, n: number, re: Float64Array, im: Float64Array, scale: number): void {
  const p = re[n];
  /** of the row below, where both are of one pair */
  let [z, s] = [0, 0];
  let first = n;
  h[n][n] = 1;
  for (let i = n - 1; i >= 0; i--) {
    const w = h[i][i] - p;
    const r = rowTimesColumn(h[i], h, n, first, n);
    if (im[i] < 0) {
      [z, s] = [w, r];
      continue;
    }
    first = i;
    if (im[i] === 0) h[i][n] = w !== 0 ? -r / w : -r / (Number.EPSILON * scale);
    else {
      const [x, y] = [h[i][i + 1], h[i + 1][i]];
      const q = (re[i] - p) * (re[i] - p) + im[i] * im[i];
      const t = (x * s - z * r) / q;
      h[i][n] = t;
      h[i + 1][n] = Math.abs(x) > Math.abs(z) ? (-r - w * t) / x : (-s - y * t) / z;
    }
    keepFinite(h, i, n, n, Math.abs(h[i][n]));
  }
}

function complexVector(h: Rows, n: number, re: Float64Array, im: Float64Array, scale: number): void {
  const [p, q] = [re[n], im[n]];
  let first = n - 1;
  if (Math.abs(h[n][n - 1]) > Math.abs(h[n - 1][n])) {
    h[n - 1][n - 1] = q / h[n][n - 1];
    h[n - 1][n] = -(h[n][n] - p) / h[n][n - 1];
  } else set(h[n - 1], n, ratio(0, -h[n - 1][n], h[n - 1][n - 1] - p, q));
  h[n][n - 1] = 0;
  h[n][n] = 1;
  /** of the row below, where both are of one pair */
  let [z, r, s] = [0, 0, 0];
  for (let i = n - 2; i >= 0; i--) {
    const a = rowTimesColumn(h[i], h, n - 1, first, n);
    const b = rowTimesColumn(h[i], h, n, first, n);
    const w = h[i][i] - p;
    if (im[i] < 0) {
      [z, r, s] = [w, a, b];
      continue;
    }
    first = i;
    const row = h[i];
    if (im[i] === 0) set(row, n, ratio(-a, -b, w, q));
    else {
      const [x, y] = [row[i + 1], h[i + 1][i]];
      let off = (re[i] - p) * (re[i] - p) + im[i] * im[i] - q * q;
      const offIm = (re[i] - p) * 2 * q;
      if (off === 0 && offIm === 0) {
        const size = Math.abs(w) + Math.abs(q) + Math.abs(x) + Math.abs(y) + Math.abs(z);
        off = Number.EPSILON * scale * size;
      }
      set(row, n, ratio(x * r - z * a + q * b, x * s - z * b - q * a, off, offIm));
      const [u, v] = [row[n - 1], row[n]];
      set(
        h[i + 1],
        n,
        Math.abs(x) > Math.abs(z) + Math.abs(q)
          ? [(-a - w * u + q * v) / x, (-b - w * v - q * u) / x]
          : ratio(-r - y * u, -s - y * v, z, q),
      );
    }
    keepFinite(h, i, n - 1, n, Math.max(Math.abs(row[n - 1]), Math.abs(row[n])));
  }
}

/** A complex pair's vector in columns n - 1 and n. */
function set(row: Float64Array, n: number, [re, im]: readonly [number, number]): void {
  row[n - 1] = re;
  row[n] = im;
}

function rowTimesColumn(row: Float64Array, h: Rows, column: number, from: number, to: number): number {
  let sum = 0;
  for (let j = from; j <= to; j++) sum += row[j] * h[j][column];
  return sum;
}

/** Divides columns by what would soon overflow, from row i down to the last column's. */
function keepFinite(h: Rows, i: number, column: number, last: number, size: number): void {
  if (!(Number.EPSILON * size * size > 1)) return;
  for (let j = i; j <= last; j++) {
    for (let at = column; at <= last; at++) h[j][at] /= size;
  }
}

/** Of complex numbers. */
function ratio(re: number, im: number, byRe: number, byIm: number): [number, number] {
  if (Math.abs(byRe) > Math.abs(byIm)) {
    const r = byIm / byRe;
    const d = byRe + r * byIm;
    return [(re + r * im) / d, (im - r * re) / d];
  }
  const r = byRe / byIm;
  const d = byIm + r * byRe;
  return [(r * re + im) / d, (r * im - re) / d];
}
