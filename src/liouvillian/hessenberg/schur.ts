/** Francis' steps: a matrix of Hessenberg's form becomes one of 1x1 and 2x2 blocks on the diagonal and what is above them. */

/** of a square matrix */
export type Rows = readonly Float64Array[];

/** What a step shifts by: two eigenvalues of sum x + y and product x y - w. */
interface Shift {
  readonly x: number;
  readonly y: number;
  readonly w: number;
}

/** 1 - (x, y, z)(1, q, r) on three axes, of which the last step has two. */
interface Reflection {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly q: number;
  readonly r: number;
  readonly isLast: boolean;
}

/**
 * @param axes are turned with it
 * @returns the sum of the entries' magnitudes, 1 where all are 0
 */
export function quasiTriangular(h: Rows, axes: Rows, re: Float64Array, im: Float64Array): number {
  const scale = sumOfMagnitudes(h) || 1;
  let shifted = 0;
  let tries = 0;
  let end = h.length - 1;
  while (end >= 0) {
    const start = startOfBlock(h, end, scale);
    if (start >= end - 1) {
      if (start === end) single(h, end, shifted, re, im);
      else pair(h, axes, end, shifted, re, im);
      end = start - 1;
      tries = 0;
      continue;
    }
    let shift = ownShift(h, end);
    if (tries === 10) {
      shifted += shift.x;
      takeOff(h, end, shift.x);
      const s = Math.abs(h[end][end - 1]) + Math.abs(h[end - 1][end - 2]);
      shift = { x: 0.75 * s, y: 0.75 * s, w: -0.4375 * s * s };
    }
    const far = tries === 30 ? farShift(shift) : null;
    if (far !== null) {
      takeOff(h, end, far);
      shifted += far;
      shift = { x: 0.964, y: 0.964, w: 0.964 };
    }
    tries++;
    step(h, axes, start, end, shift);
  }
  return scale;
}

function sumOfMagnitudes(h: Rows): number {
  let sum = 0;
  for (let i = 0; i < h.length; i++) {
    for (let j = Math.max(i - 1, 0); j < h.length; j++) sum += Math.abs(h[i][j]);
  }
  return sum;
}

/** Where the last block begins that is not split yet. */
function startOfBlock(h: Rows, end: number, scale: number): number {
  let start = end;
  for (; start > 0; start--) {
    const size = Math.abs(h[start - 1][start - 1]) + Math.abs(h[start][start]) || scale;
    if (Math.abs(h[start][start - 1]) < Number.EPSILON * size) break;
  }
  return start;
}

function single(h: Rows, at: number, shifted: number, re: Float64Array, im: Float64Array): void {
  h[at][at] += shifted;
  re[at] = h[at][at];
  im[at] = 0;
}

function pair(h: Rows, axes: Rows, n: number, shifted: number, re: Float64Array, im: Float64Array): void {
  const w = h[n][n - 1] * h[n - 1][n];
  const half = (h[n - 1][n - 1] - h[n][n]) / 2;
  const square = half * half + w;
  const root = Math.sqrt(Math.abs(square));
  h[n][n] += shifted;
  h[n - 1][n - 1] += shifted;
  const x = h[n][n];
  if (square < 0) {
    re[n - 1] = re[n] = x + half;
    im[n - 1] = root;
    im[n] = -root;
    return;
  }
  const z = half >= 0 ? half + root : half - root;
  re[n - 1] = x + z;
  re[n] = z !== 0 ? x - w / z : re[n - 1];
  im[n - 1] = im[n] = 0;
  const below = h[n][n - 1];
  const size = Math.abs(below) + Math.abs(z);
  const length = Math.sqrt((below / size) * (below / size) + (z / size) * (z / size));
  const sine = below / size / length;
  const cosine = z / size / length;
  rotateRows(h[n - 1], h[n], n - 1, cosine, sine);
  rotateColumns(h, n + 1, n, cosine, sine);
  rotateColumns(axes, axes.length, n, cosine, sine);
}

function rotateRows(a: Float64Array, b: Float64Array, from: number, cosine: number, sine: number): void {
  for (let j = from; j < a.length; j++) {
    const z = a[j];
    a[j] = cosine * z + sine * b[j];
    b[j] = cosine * b[j] - sine * z;
  }
}

/** n - 1 and n, of the first rows. */
function rotateColumns(rows: Rows, count: number, n: number, cosine: number, sine: number): void {
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    const z = row[n - 1];
    row[n - 1] = cosine * z + sine * row[n];
    row[n] = cosine * row[n] - sine * z;
  }
}

const ownShift = (h: Rows, n: number): Shift => ({
  x: h[n][n],
  y: h[n - 1][n - 1],
  w: h[n][n - 1] * h[n - 1][n],
});

/** Null where there is none. */
function farShift({ x, y, w }: Shift): number | null {
  const half = (y - x) / 2;
  const square = half * half + w;
  if (!(square > 0)) return null;
  return x - w / (half + (y < x ? -Math.sqrt(square) : Math.sqrt(square)));
}

function takeOff(h: Rows, end: number, shift: number): void {
  for (let i = 0; i <= end; i++) h[i][i] -= shift;
}

/** One of two shifts at once, on the rows and columns from start to end. */
function step(h: Rows, axes: Rows, start: number, end: number, shift: Shift): void {
  let { m, p, q, r } = firstColumn(h, start, end, shift);
  for (let i = m + 2; i <= end; i++) {
    h[i][i - 2] = 0;
    if (i > m + 2) h[i][i - 3] = 0;
  }
  let size = shift.x;
  for (let k = m; k < end; k++) {
    const isLast = k === end - 1;
    if (k !== m) {
      [p, q, r] = [h[k][k - 1], h[k + 1][k - 1], isLast ? 0 : h[k + 2][k - 1]];
      size = Math.abs(p) + Math.abs(q) + Math.abs(r);
      if (size !== 0) [p, q, r] = [p / size, q / size, r / size];
    }
    if (size === 0) return;
    const length = Math.sqrt(p * p + q * q + r * r);
    const s = p < 0 ? -length : length;
    if (s === 0) continue;
    if (k !== m) h[k][k - 1] = -s * size;
    else if (start !== m) h[k][k - 1] = -h[k][k - 1];
    p += s;
    const reflection = { x: p / s, y: q / s, z: r / s, q: q / p, r: r / p, isLast };
    reflectRows(h, k, reflection);
    reflectColumns(h, Math.min(end, k + 3) + 1, k, reflection);
    reflectColumns(axes, axes.length, k, reflection);
  }
}

/** Where in the block the step may begin, and the first column of the shifted square there. */
function firstColumn(h: Rows, start: number, end: number, { x, y, w }: Shift) {
  for (let m = end - 2; ; m--) {
    const z = h[m][m];
    const fromX = x - z;
    const fromY = y - z;
    let p = (fromX * fromY - w) / h[m + 1][m] + h[m][m + 1];
    let q = h[m + 1][m + 1] - z - fromX - fromY;
    let r = h[m + 2][m + 1];
    const size = Math.abs(p) + Math.abs(q) + Math.abs(r);
    [p, q, r] = [p / size, q / size, r / size];
    if (m === start) return { m, p, q, r };
    const before = Math.abs(h[m][m - 1]) * (Math.abs(q) + Math.abs(r));
    const about = Math.abs(h[m - 1][m - 1]) + Math.abs(z) + Math.abs(h[m + 1][m + 1]);
    if (before < Number.EPSILON * (Math.abs(p) * about)) return { m, p, q, r };
  }
}

function reflectRows(h: Rows, k: number, { x, y, z, q, r, isLast }: Reflection): void {
  const [a, b, c] = [h[k], h[k + 1], isLast ? null : h[k + 2]];
  for (let j = k; j < a.length; j++) {
    let p = a[j] + q * b[j];
    if (c !== null) {
      p += r * c[j];
      c[j] -= p * z;
    }
    a[j] -= p * x;
    b[j] -= p * y;
  }
}

/** Of the first rows. */
function reflectColumns(rows: Rows, count: number, k: number, { x, y, z, q, r, isLast }: Reflection): void {
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    let p = x * row[k] + y * row[k + 1];
    if (!isLast) {
      p += z * row[k + 2];
      row[k + 2] -= p * r;
    }
    row[k] -= p;
    row[k + 1] -= p * q;
  }
}
