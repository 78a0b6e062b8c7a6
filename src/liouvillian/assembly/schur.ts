/**
 * A = Q T Q^T of a real square matrix A, in AssemblyScript for WebAssembly with 128-bit SIMD: T is quasi-triangular, with a block of two rows for
 * every complex pair of eigenvalues. Householder's reduction to Hessenberg form, then Francis' double-shift QR steps (EISPACK's orthes and hqr2;
 * Golub and Van Loan, Matrix Computations, sections 7.4 and 7.5). Rows of T and of Q^T are `stride` bytes, a multiple of 16, with zeros behind
 * the columns; the host lays the memory out (real-eigen.ts).
 */
import { reduce } from './householder';
import { reflectThree, reflectThreeColumns, reflectTwo, reflectTwoColumns, rotate } from './reflections';

const EPSILON: f64 = 2.220446049250313e-16;
/** QR steps on one eigenvalue: after so many that have not separated it one is taken with a shift off the rule; in all there is an end. */
const STEPS_BEFORE_OTHER_SHIFT: i32 = 10;
const MOST_STEPS: i32 = 300;

function at(a: usize, stride: usize, row: i32, column: i32): usize {
  return a + usize(row) * stride + 8 * usize(column);
}

function entry(a: usize, stride: usize, row: i32, column: i32): f64 {
  return f64.load(at(a, stride, row, column));
}

/**
 * T of A, in place, and Q^T; from the last row up, one or two eigenvalues at a time.
 * @param work two rows
 * @param norm of A: the scale of what is negligible where nothing else gives one
 * @returns whether every eigenvalue was separated
 */
export function triangulate(
  T: usize,
  Q: usize,
  n: i32,
  stride: usize,
  work: usize,
  re: usize,
  im: usize,
  norm: f64,
): bool {
  for (let i = 0; i < n; i++) f64.store(at(Q, stride, i, i), 1);
  reduce(T, Q, n, stride, work);
  let last = n - 1;
  let steps = 0;
  while (last >= 0) {
    const first = startOfBlock(T, stride, last, norm);
    if (last - first > 1) {
      if (++steps > MOST_STEPS) return false;
      francisStep(T, Q, stride, first, last, steps % STEPS_BEFORE_OTHER_SHIFT === 0);
      continue;
    }
    if (first === last) f64.store(re + 8 * usize(last), entry(T, stride, last, last));
    else splitTwo(T, Q, stride, first, re + 8 * usize(first), im + 8 * usize(first));
    last = first - 1;
    steps = 0;
  }
  return true;
}

/** The lowest row from which on nothing below the diagonal is negligible up to a last one; what is, is made zero. */
function startOfBlock(T: usize, stride: usize, last: i32, norm: f64): i32 {
  for (let k = last; k > 0; k--) {
    const beside = Math.abs(entry(T, stride, k - 1, k - 1)) + Math.abs(entry(T, stride, k, k));
    const below = at(T, stride, k, k - 1);
    if (Math.abs(f64.load(below)) > EPSILON * (beside === 0 ? norm : beside)) continue;
    f64.store(below, 0);
    return k;
  }
  return 0;
}

/** Eigenvalues of the block of rows k and k + 1, which a rotation makes triangular where they are real. */
function splitTwo(T: usize, Q: usize, stride: usize, k: i32, re: usize, im: usize): void {
  const d = entry(T, stride, k + 1, k + 1);
  const c = entry(T, stride, k + 1, k);
  const half = (entry(T, stride, k, k) - d) / 2;
  const product = entry(T, stride, k, k + 1) * c;
  const discriminant = half * half + product;
  const root = Math.sqrt(Math.abs(discriminant));
  if (discriminant < 0) {
    f64.store(re, d + half);
    f64.store(re + 8, d + half);
    f64.store(im, root);
    f64.store(im + 8, -root);
    return;
  }
  const z = half >= 0 ? half + root : half - root;
  f64.store(re, d + z);
  f64.store(re + 8, z === 0 ? d + z : d - product / z);
  const length = Math.sqrt(c * c + z * z);
  const sine = c / length;
  const cosine = z / length;
  rotate(at(T, stride, k, 0), stride, cosine, sine);
  rotate(at(Q, stride, k, 0), stride, cosine, sine);
  for (let i = 0; i <= k + 1; i++) {
    const row = at(T, stride, i, k);
    const x = f64.load(row);
    const y = f64.load(row + 8);
    f64.store(row, cosine * x + sine * y);
    f64.store(row + 8, cosine * y - sine * x);
  }
  f64.store(at(T, stride, k + 1, k), 0);
}

/** One double-shift step on the rows from first to last: a bulge below the diagonal, chased down by reflections of two or three rows. */
function francisStep(T: usize, Q: usize, stride: usize, first: i32, last: i32, isOther: bool): void {
  let x = entry(T, stride, last, last);
  let y = entry(T, stride, last - 1, last - 1);
  const below = entry(T, stride, last, last - 1);
  let w = below * entry(T, stride, last - 1, last);
  if (isOther) {
    // Wilkinson's, of the size of what is to vanish: the usual ones leave an orthogonal block as it is.
    const s = Math.abs(below) + Math.abs(entry(T, stride, last - 1, last - 2));
    x += 0.75 * s;
    y = x;
    w = -0.4375 * s * s;
  }
  let m = last - 2;
  let p: f64 = 0;
  let q: f64 = 0;
  let r: f64 = 0;
  for (; m >= first; m--) {
    const z = entry(T, stride, m, m);
    const next = entry(T, stride, m + 1, m + 1);
    p = ((x - z) * (y - z) - w) / entry(T, stride, m + 1, m) + entry(T, stride, m, m + 1);
    q = next - z - (x - z) - (y - z);
    r = entry(T, stride, m + 2, m + 1);
    const scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
    p /= scale;
    q /= scale;
    r /= scale;
    if (m === first) break;
    const beside = Math.abs(entry(T, stride, m - 1, m - 1)) + Math.abs(z) + Math.abs(next);
    // Two small entries one after the other: the step may begin here.
    const left = Math.abs(entry(T, stride, m, m - 1)) * (Math.abs(q) + Math.abs(r));
    if (left < EPSILON * Math.abs(p) * beside) break;
  }
  for (let i = m + 2; i <= last; i++) {
    f64.store(at(T, stride, i, i - 2), 0);
    if (i > m + 2) f64.store(at(T, stride, i, i - 3), 0);
  }
  for (let k = m; k < last; k++) {
    const isLast = k === last - 1;
    const before = at(T, stride, k, k - 1);
    let scale: f64 = 1;
    if (k > m) {
      p = f64.load(before);
      q = f64.load(before + stride);
      r = isLast ? 0 : f64.load(before + 2 * stride);
      scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
      if (scale === 0) continue;
      p /= scale;
      q /= scale;
      r /= scale;
    }
    const length = (p < 0 ? -1 : 1) * Math.sqrt(p * p + q * q + r * r);
    if (k > m) {
      f64.store(before, -length * scale);
      f64.store(before + stride, 0);
      if (!isLast) f64.store(before + 2 * stride, 0);
    } else if (first < m) f64.store(before, -f64.load(before));
    p += length;
    // 1 - (f, g, h) (1, v, w)^T, which is symmetric
    const f = p / length;
    const g = q / length;
    const h = r / length;
    const v = q / p;
    const w = r / p;
    if (isLast) {
      reflectTwo(at(T, stride, k, 0), stride, usize(k) * 8, v, f, g);
      reflectTwo(at(Q, stride, k, 0), stride, 0, v, f, g);
      reflectTwoColumns(at(T, stride, 0, k), stride, k + 2, v, f, g);
    } else {
      reflectThree(at(T, stride, k, 0), stride, usize(k) * 8, v, w, f, g, h);
      reflectThree(at(Q, stride, k, 0), stride, 0, v, w, f, g, h);
      reflectThreeColumns(at(T, stride, 0, k), stride, min(last, k + 3) + 1, v, w, f, g, h);
    }
  }
}
