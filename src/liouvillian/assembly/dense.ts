/**
 * Dense blocks of real (Scalar = f64) or complex (Scalar = v128: real part, imaginary part) numbers, just what a block elimination
 * needs, in AssemblyScript for WebAssembly with 128-bit SIMD. A block is row-major; each of its rows is `stride` bytes,
 * a multiple of 16, with zeros beyond the columns. Addresses and lengths are in bytes; the host lays the memory out
 * (block-elimination.ts).
 */
import { subtractProduct } from './dense-product';
import { divide, size2, subtractDot, subtractFour, subtractRow, subtractRows } from './dense-rows';

export { subtractSparseImage, subtractSparseProduct, subtractTransposedSparseImage } from './sparse-rows';

/** Rows that are reduced together: what is taken from them is a product of blocks, but for the triangle among themselves. */
const PANEL: i32 = 16;

/** c -= a b: c has `rows` rows, b has `inner`; the numbers of a have no imaginary parts, though there is room for them */
export function product(
  c: usize,
  a: usize,
  b: usize,
  rows: i32,
  inner: i32,
  aStride: usize,
  bStride: usize,
): void {
  subtractProduct<f64>(c, a, aStride, b, bStride, bStride, rows, inner);
}

/**
 * A Q = L U in place, the diagonal of U being 1, row by row with partial pivoting among the columns: column k of A Q is column
 * order[k] (i32) of A.
 */
export function factorize(a: usize, n: i32, stride: usize, order: usize): void {
  const step = sizeof<Scalar>();
  for (let k = 0; k < n; k++) i32.store(order + 4 * usize(k), k);
  for (let first = 0; first < n; first += PANEL) {
    const after = min(first + PANEL, n);
    for (let k = 0; k < first; k += PANEL) {
      const next = k + PANEL;
      for (let i = first; i < after; i++) reduce(a, i, stride, k, next, usize(next) * step);
      const behind = usize(next) * step;
      const panel = a + usize(first) * stride;
      const above = a + usize(k) * stride;
      const factors = panel + usize(k) * step;
      subtractProduct<Scalar>(
        panel + behind,
        factors,
        stride,
        above + behind,
        stride,
        stride - behind,
        after - first,
        PANEL,
      );
    }
    for (let i = first; i < after; i++) {
      reduce(a, i, stride, first, i, stride);
      pivotOn(a, n, stride, order, i);
    }
  }
}

/** Row i less its multiples of rows `from` to `to` of U, up to `end` bytes of it. */
function reduce(a: usize, i: i32, stride: usize, from: i32, to: i32, end: usize): void {
  const step = sizeof<Scalar>();
  const row = a + usize(i) * stride;
  let k = from;
  for (; k + 3 < to; k += 4) {
    const f = row + usize(k) * step;
    const u = a + usize(k) * stride + usize(k) * step;
    subtractRow(f + step, f, u + step, 3 * step);
    subtractRow(f + 2 * step, f + step, u + stride + 2 * step, 2 * step);
    subtractRow(f + 3 * step, f + 2 * step, u + 2 * stride + 3 * step, step);
    subtractFour(f + 4 * step, f, u + 4 * step, stride, end - usize(k + 4) * step);
  }
  for (; k < to; k++) {
    const f = row + usize(k) * step;
    const u = a + usize(k) * stride + usize(k) * step;
    subtractRow(f + step, f, u + step, end - usize(k + 1) * step);
  }
}

/** Brings the largest of what is left of row i to its diagonal, and divides the rest by it. */
function pivotOn(a: usize, n: i32, stride: usize, order: usize, i: i32): void {
  const step = sizeof<Scalar>();
  const row = a + usize(i) * stride;
  let pivot = i;
  for (let c = i + 1; c < n; c++) {
    if (size2(row + usize(c) * step) > size2(row + usize(pivot) * step)) pivot = c;
  }
  if (pivot !== i) swapColumns(a, n, stride, order, i, pivot);
  const diagonal = row + usize(i) * step;
  divide(diagonal + step, diagonal, usize(n - i - 1) * step);
}

function swapColumns(a: usize, n: i32, stride: usize, order: usize, i: i32, k: i32): void {
  const step = sizeof<Scalar>();
  for (let r = 0; r < n; r++) {
    const x = a + usize(r) * stride + usize(i) * step;
    const y = a + usize(r) * stride + usize(k) * step;
    const value = load<Scalar>(x);
    store<Scalar>(x, load<Scalar>(y));
    store<Scalar>(y, value);
  }
  const place = i32.load(order + 4 * usize(i));
  i32.store(order + 4 * usize(i), i32.load(order + 4 * usize(k)));
  i32.store(order + 4 * usize(k), place);
}

/** Bytes of the rows that are solved for together. Such a strip of 600 rows stays in the nearest cache, in ten pages of memory. */
const STRIP: usize = 64;

/**
 * x <- A^-1 b of a factorised A, of as many columns of b as are `bytes`, a multiple of 16; `strip` has room for n rows of STRIP. L^-1 b begins where
 * b does, which saves a third of the work with a b that is sparse and near its diagonal.
 */
export function solveBlock(
  a: usize,
  n: i32,
  stride: usize,
  order: usize,
  b: usize,
  x: usize,
  bStride: usize,
  bytes: usize,
  strip: usize,
): void {
  for (let at: usize = 0; at < bytes; at += STRIP) {
    const wide = min(STRIP, bytes - at);
    let top = n;
    for (let i = n - 1; i >= 0; i--) {
      const row = strip + usize(i) * STRIP;
      memory.copy(row, b + usize(i) * bStride + at, wide);
      if (wide < STRIP) memory.fill(row + wide, 0, STRIP - wide);
      if (!isEmpty(row)) top = i;
    }
    solveStrip(a, n, stride, strip, top & ~(PANEL - 1));
    for (let i = 0; i < n; i++) {
      const place = usize(i32.load(order + 4 * usize(i)));
      memory.copy(x + place * bStride + at, strip + usize(i) * STRIP, wide);
    }
  }
}

function isEmpty(row: usize): bool {
  let any = v128.load(row);
  for (let at: usize = 16; at < STRIP; at += 16) any = v128.or(any, v128.load(row + at));
  return !v128.any_true(any);
}

/** Q^T A^-1 of a strip whose rows above `top` are zero, in place. */
function solveStrip(a: usize, n: i32, stride: usize, strip: usize, top: i32): void {
  const step = sizeof<Scalar>();
  const begin = strip + usize(top) * STRIP;
  for (let first = top; first < n; first += PANEL) {
    const after = min(first + PANEL, n);
    const panel = a + usize(first) * stride;
    const left = panel + usize(top) * step;
    subtractProduct<Scalar>(
      strip + usize(first) * STRIP,
      left,
      stride,
      begin,
      STRIP,
      STRIP,
      after - first,
      first - top,
    );
    for (let i = first; i < after; i++) {
      const row = a + usize(i) * stride;
      const own = strip + usize(i) * STRIP;
      subtractRows(own, row + usize(first) * step, strip + usize(first) * STRIP, STRIP, STRIP, i - first);
      divide(own, row + usize(i) * step, STRIP);
    }
  }
  for (let first = ((n - 1) / PANEL) * PANEL; first >= 0; first -= PANEL) {
    const after = min(first + PANEL, n);
    const factors = a + usize(first) * stride + usize(after) * step;
    const below = strip + usize(after) * STRIP;
    subtractProduct<Scalar>(
      strip + usize(first) * STRIP,
      factors,
      stride,
      below,
      STRIP,
      STRIP,
      after - first,
      n - after,
    );
    for (let i = after - 1; i >= first; i--) {
      const f = a + usize(i) * stride + usize(i + 1) * step;
      subtractRows(strip + usize(i) * STRIP, f, strip + usize(i + 1) * STRIP, STRIP, STRIP, after - i - 1);
    }
  }
}

/** x <- A^-1 x for a vector, by way of `work` of the same length */
export function solve(a: usize, n: i32, stride: usize, order: usize, x: usize, work: usize): void {
  const step = sizeof<Scalar>();
  for (let i = 0; i < n; i++) {
    const row = a + usize(i) * stride;
    const at = x + usize(i) * step;
    subtractDot(at, row, x, usize(i) * step);
    divide(at, row + usize(i) * step, step);
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = a + usize(i) * stride + usize(i + 1) * step;
    subtractDot(x + usize(i) * step, row, x + usize(i + 1) * step, usize(n - i - 1) * step);
  }
  memory.copy(work, x, usize(n) * step);
  for (let i = 0; i < n; i++) {
    store<Scalar>(x + usize(i32.load(order + 4 * usize(i))) * step, load<Scalar>(work + usize(i) * step));
  }
}

/** x <- A^-T x */
export function solveTransposed(a: usize, n: i32, stride: usize, order: usize, x: usize, work: usize): void {
  const step = sizeof<Scalar>();
  memory.copy(work, x, usize(n) * step);
  for (let i = 0; i < n; i++) {
    store<Scalar>(x + usize(i) * step, load<Scalar>(work + usize(i32.load(order + 4 * usize(i))) * step));
  }
  for (let i = 0; i < n; i++) {
    const row = a + usize(i) * stride + usize(i + 1) * step;
    subtractRow(x + usize(i + 1) * step, x + usize(i) * step, row, usize(n - i - 1) * step);
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = a + usize(i) * stride;
    const at = x + usize(i) * step;
    divide(at, row + usize(i) * step, step);
    subtractRow(x, at, row, usize(i) * step);
  }
}

/** y -= A x for `rows` rows, `bytes` being those of x */
export function subtractImage(y: usize, a: usize, x: usize, rows: i32, stride: usize, bytes: usize): void {
  for (let i = 0; i < rows; i++)
    subtractDot(y + usize(i) * sizeof<Scalar>(), a + usize(i) * stride, x, bytes);
}

/** y -= A^T x for `rows` rows, `bytes` being those of y */
export function subtractTransposedImage(
  y: usize,
  a: usize,
  x: usize,
  rows: i32,
  stride: usize,
  bytes: usize,
): void {
  for (let i = 0; i < rows; i++)
    subtractRow(y, x + usize(i) * sizeof<Scalar>(), a + usize(i) * stride, bytes);
}
