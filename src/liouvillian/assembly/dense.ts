/**
 * Dense blocks of real (Scalar = f64) or complex (Scalar = v128: real part, imaginary part) numbers, just what a block elimination
 * needs, in AssemblyScript for WebAssembly with 128-bit SIMD. A block is row-major; each of its rows is `stride` bytes,
 * a multiple of 16, with zeros beyond the columns. Addresses and lengths are in bytes; the host lays the memory out
 * (block-elimination.ts).
 */
import { plus, total } from './lanes';

/** f b as first b + second swapped(b) */
function first(f: usize): v128 {
  return f64x2.splat(f64.load(f));
}

function second(f: usize): v128 {
  if (sizeof<Scalar>() === 8) return f64x2.splat(0);
  const imaginary = f64.load(f + 8);
  return f64x2.replace_lane(f64x2.splat(imaginary), 0, -imaginary);
}

function times(a: v128, b: v128, x: v128): v128 {
  if (sizeof<Scalar>() === 8) return f64x2.mul(a, x);
  return f64x2.add(f64x2.mul(a, x), f64x2.mul(b, v128.shuffle<f64>(x, x, 1, 0)));
}

function size2(at: usize): f64 {
  const re = f64.load(at);
  if (sizeof<Scalar>() === 8) return re * re;
  const im = f64.load(at + 8);
  return re * re + im * im;
}

/** y -= f x over `bytes` */
function subtractRow(y: usize, f: usize, x: usize, bytes: usize): void {
  const a = first(f);
  const b = second(f);
  const whole = bytes & ~15;
  for (let i: usize = 0; i < whole; i += 16) {
    v128.store(y + i, f64x2.sub(v128.load(y + i), times(a, b, v128.load(x + i))));
  }
  if (whole < bytes) f64.store(y + whole, f64.load(y + whole) - f64.load(f) * f64.load(x + whole));
}

/** y -= f0 x0 + f1 x1 + f2 x2 + f3 x3, the factors one after the other and the rows `stride` apart: one pass over y for four. */
function subtractFour(y: usize, f: usize, x: usize, stride: usize, bytes: usize): void {
  const step = sizeof<Scalar>();
  const a0 = first(f);
  const b0 = second(f);
  const a1 = first(f + step);
  const b1 = second(f + step);
  const a2 = first(f + 2 * step);
  const b2 = second(f + 2 * step);
  const a3 = first(f + 3 * step);
  const b3 = second(f + 3 * step);
  const x1 = x + stride;
  const x2 = x1 + stride;
  const x3 = x2 + stride;
  const whole = bytes & ~15;
  for (let i: usize = 0; i < whole; i += 16) {
    const low = f64x2.add(times(a0, b0, v128.load(x + i)), times(a1, b1, v128.load(x1 + i)));
    const high = f64x2.add(times(a2, b2, v128.load(x2 + i)), times(a3, b3, v128.load(x3 + i)));
    v128.store(y + i, f64x2.sub(v128.load(y + i), f64x2.add(low, high)));
  }
  if (whole < bytes) {
    const sum =
      f64.load(f) * f64.load(x + whole) +
      f64.load(f + 8) * f64.load(x1 + whole) +
      f64.load(f + 16) * f64.load(x2 + whole) +
      f64.load(f + 24) * f64.load(x3 + whole);
    f64.store(y + whole, f64.load(y + whole) - sum);
  }
}

/** y -= sum_k f_k x_k over `count` rows */
function subtractRows(y: usize, f: usize, x: usize, stride: usize, bytes: usize, count: i32): void {
  const step = sizeof<Scalar>();
  let k = 0;
  for (; k + 3 < count; k += 4) {
    const at = f + usize(k) * step;
    const some = size2(at) + size2(at + step) + size2(at + 2 * step) + size2(at + 3 * step);
    if (some !== 0) subtractFour(y, at, x + usize(k) * stride, stride, bytes);
  }
  for (; k < count; k++) subtractRow(y, f + usize(k) * step, x + usize(k) * stride, bytes);
}

/** x <- x / pivot over `bytes` */
function divide(x: usize, pivot: usize, bytes: usize): void {
  const step = sizeof<Scalar>();
  const scale = 1 / size2(pivot);
  const re = f64.load(pivot) * scale;
  if (sizeof<Scalar>() === 8) {
    for (let i: usize = 0; i < bytes; i += 8) f64.store(x + i, f64.load(x + i) * re);
    return;
  }
  const im = -f64.load(pivot + 8) * scale;
  const a = f64x2.splat(re);
  const b = f64x2.replace_lane(f64x2.splat(im), 0, -im);
  for (let i: usize = 0; i < bytes; i += step) v128.store(x + i, times(a, b, v128.load(x + i)));
}

/** c -= a b: c has `rows` rows, b has `inner` */
export function product(
  c: usize,
  a: usize,
  b: usize,
  rows: i32,
  inner: i32,
  aStride: usize,
  bStride: usize,
): void {
  for (let i = 0; i < rows; i++) {
    subtractRows(c + usize(i) * bStride, a + usize(i) * aStride, b, bStride, bStride, inner);
  }
}

/**
 * A Q = L U in place, the diagonal of U being 1, row by row with partial pivoting among the columns: column k of A Q is column
 * order[k] (i32) of A.
 */
export function factorize(a: usize, n: i32, stride: usize, order: usize): void {
  const step = sizeof<Scalar>();
  for (let k = 0; k < n; k++) i32.store(order + 4 * usize(k), k);
  for (let i = 0; i < n; i++) {
    const row = a + usize(i) * stride;
    let k = 0;
    for (; k + 3 < i; k += 4) {
      const f = row + usize(k) * step;
      const u = a + usize(k) * stride + usize(k) * step;
      subtractRow(f + step, f, u + step, 3 * step);
      subtractRow(f + 2 * step, f + step, u + stride + 2 * step, 2 * step);
      subtractRow(f + 3 * step, f + 2 * step, u + 2 * stride + 3 * step, step);
      subtractFour(f + 4 * step, f, u + 4 * step, stride, stride - usize(k + 4) * step);
    }
    for (; k < i; k++) {
      const f = row + usize(k) * step;
      const u = a + usize(k) * stride + usize(k) * step;
      subtractRow(f + step, f, u + step, stride - usize(k + 1) * step);
    }
    let pivot = i;
    for (let c = i + 1; c < n; c++) {
      if (size2(row + usize(c) * step) > size2(row + usize(pivot) * step)) pivot = c;
    }
    if (pivot !== i) swapColumns(a, n, stride, order, i, pivot);
    const diagonal = row + usize(i) * step;
    divide(diagonal + step, diagonal, usize(n - i - 1) * step);
  }
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

/** x <- A^-1 b of a factorised A; b is overwritten. Rows of both are `bStride` bytes. */
export function solveBlock(
  a: usize,
  n: i32,
  stride: usize,
  order: usize,
  b: usize,
  x: usize,
  bStride: usize,
): void {
  const step = sizeof<Scalar>();
  for (let i = 0; i < n; i++) {
    const row = a + usize(i) * stride;
    subtractRows(b + usize(i) * bStride, row, b, bStride, bStride, i);
    divide(b + usize(i) * bStride, row + usize(i) * step, bStride);
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = a + usize(i) * stride + usize(i + 1) * step;
    subtractRows(b + usize(i) * bStride, row, b + usize(i + 1) * bStride, bStride, bStride, n - i - 1);
  }
  for (let i = 0; i < n; i++) {
    const place = usize(i32.load(order + 4 * usize(i)));
    memory.copy(x + place * bStride, b + usize(i) * bStride, bStride);
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

/** y -= a . x over `bytes`, without conjugation */
function subtractDot(y: usize, a: usize, x: usize, bytes: usize): void {
  let sum = f64x2.splat(0);
  if (sizeof<Scalar>() === 16) {
    for (let i: usize = 0; i < bytes; i += 16) {
      sum = f64x2.add(sum, times(first(a + i), second(a + i), v128.load(x + i)));
    }
    v128.store(y, f64x2.sub(v128.load(y), sum));
    return;
  }
  const whole = bytes & ~15;
  for (let i: usize = 0; i < whole; i += 16) sum = plus(sum, v128.load(a + i), v128.load(x + i));
  const last = whole < bytes ? f64.load(a + whole) * f64.load(x + whole) : 0;
  f64.store(y, f64.load(y) - total(sum) - last);
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
