/**
 * Dense blocks of real (T = f64) or complex (T = v128: real part, imaginary part) numbers, just what a block elimination
 * needs, in AssemblyScript for WebAssembly with 128-bit SIMD. A block is row-major; each of its rows is `stride` bytes,
 * a multiple of 16, with zeros beyond the columns. Addresses and lengths are in bytes; the host lays the memory out
 * (block-elimination.ts).
 */
import { plus, total } from './lanes';

/** whether the numbers are complex */
export let complex: bool = false;

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
  if (complex) productOf<v128>(c, a, b, rows, inner, aStride, bStride);
  else productOf<f64>(c, a, b, rows, inner, aStride, bStride);
}

/**
 * A Q = L U in place, the diagonal of U being 1, row by row with partial pivoting among the columns: column k of A Q is column
 * order[k] (i32) of A.
 */
export function factorize(a: usize, n: i32, stride: usize, order: usize): void {
  if (complex) factorizeOf<v128>(a, n, stride, order);
  else factorizeOf<f64>(a, n, stride, order);
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
  if (complex) solveBlockOf<v128>(a, n, stride, order, b, x, bStride);
  else solveBlockOf<f64>(a, n, stride, order, b, x, bStride);
}

/** x <- A^-1 x for a vector, by way of `work` of the same length */
export function solve(a: usize, n: i32, stride: usize, order: usize, x: usize, work: usize): void {
  if (complex) solveOf<v128>(a, n, stride, order, x, work);
  else solveOf<f64>(a, n, stride, order, x, work);
}

/** x <- A^-T x */
export function solveTransposed(a: usize, n: i32, stride: usize, order: usize, x: usize, work: usize): void {
  if (complex) solveTransposedOf<v128>(a, n, stride, order, x, work);
  else solveTransposedOf<f64>(a, n, stride, order, x, work);
}

/** y -= A x for `rows` rows, `bytes` being those of x */
export function subtractImage(y: usize, a: usize, x: usize, rows: i32, stride: usize, bytes: usize): void {
  if (complex) subtractImageOf<v128>(y, a, x, rows, stride, bytes);
  else subtractImageOf<f64>(y, a, x, rows, stride, bytes);
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
  if (complex) subtractTransposedImageOf<v128>(y, a, x, rows, stride, bytes);
  else subtractTransposedImageOf<f64>(y, a, x, rows, stride, bytes);
}

/** f b as first b + second swapped(b) */
function first(f: usize): v128 {
  return f64x2.splat(f64.load(f));
}

function second<T>(f: usize): v128 {
  if (sizeof<T>() === 8) return f64x2.splat(0);
  const imaginary = f64.load(f + 8);
  return f64x2.replace_lane(f64x2.splat(imaginary), 0, -imaginary);
}

function times<T>(a: v128, b: v128, x: v128): v128 {
  if (sizeof<T>() === 8) return f64x2.mul(a, x);
  return f64x2.add(f64x2.mul(a, x), f64x2.mul(b, v128.shuffle<f64>(x, x, 1, 0)));
}

function size2<T>(at: usize): f64 {
  const re = f64.load(at);
  if (sizeof<T>() === 8) return re * re;
  const im = f64.load(at + 8);
  return re * re + im * im;
}

/** y -= f x over `bytes` */
function subtractRow<T>(y: usize, f: usize, x: usize, bytes: usize): void {
  const a = first(f);
  const b = second<T>(f);
  const whole = bytes & ~15;
  for (let i: usize = 0; i < whole; i += 16) {
    v128.store(y + i, f64x2.sub(v128.load(y + i), times<T>(a, b, v128.load(x + i))));
  }
  if (whole < bytes) f64.store(y + whole, f64.load(y + whole) - f64.load(f) * f64.load(x + whole));
}

/** y -= f0 x0 + f1 x1 + f2 x2 + f3 x3, the factors one after the other and the rows `stride` apart: one pass over y for four. */
function subtractFour<T>(y: usize, f: usize, x: usize, stride: usize, bytes: usize): void {
  const step = sizeof<T>();
  const a0 = first(f);
  const b0 = second<T>(f);
  const a1 = first(f + step);
  const b1 = second<T>(f + step);
  const a2 = first(f + 2 * step);
  const b2 = second<T>(f + 2 * step);
  const a3 = first(f + 3 * step);
  const b3 = second<T>(f + 3 * step);
  const x1 = x + stride;
  const x2 = x1 + stride;
  const x3 = x2 + stride;
  const whole = bytes & ~15;
  for (let i: usize = 0; i < whole; i += 16) {
    const low = f64x2.add(times<T>(a0, b0, v128.load(x + i)), times<T>(a1, b1, v128.load(x1 + i)));
    const high = f64x2.add(times<T>(a2, b2, v128.load(x2 + i)), times<T>(a3, b3, v128.load(x3 + i)));
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
function subtractRows<T>(y: usize, f: usize, x: usize, stride: usize, bytes: usize, count: i32): void {
  const step = sizeof<T>();
  let k = 0;
  for (; k + 3 < count; k += 4) {
    const at = f + usize(k) * step;
    const some = size2<T>(at) + size2<T>(at + step) + size2<T>(at + 2 * step) + size2<T>(at + 3 * step);
    if (some !== 0) subtractFour<T>(y, at, x + usize(k) * stride, stride, bytes);
  }
  for (; k < count; k++) subtractRow<T>(y, f + usize(k) * step, x + usize(k) * stride, bytes);
}

/** x <- x / pivot over `bytes` */
function divide<T>(x: usize, pivot: usize, bytes: usize): void {
  const step = sizeof<T>();
  const scale = 1 / size2<T>(pivot);
  const re = f64.load(pivot) * scale;
  if (sizeof<T>() === 8) {
    for (let i: usize = 0; i < bytes; i += 8) f64.store(x + i, f64.load(x + i) * re);
    return;
  }
  const im = -f64.load(pivot + 8) * scale;
  const a = f64x2.splat(re);
  const b = f64x2.replace_lane(f64x2.splat(im), 0, -im);
  for (let i: usize = 0; i < bytes; i += step) v128.store(x + i, times<T>(a, b, v128.load(x + i)));
}

function productOf<T>(
  c: usize,
  a: usize,
  b: usize,
  rows: i32,
  inner: i32,
  aStride: usize,
  bStride: usize,
): void {
  for (let i = 0; i < rows; i++) {
    subtractRows<T>(c + usize(i) * bStride, a + usize(i) * aStride, b, bStride, bStride, inner);
  }
}

function factorizeOf<T>(a: usize, n: i32, stride: usize, order: usize): void {
  const step = sizeof<T>();
  for (let k = 0; k < n; k++) i32.store(order + 4 * usize(k), k);
  for (let i = 0; i < n; i++) {
    const row = a + usize(i) * stride;
    let k = 0;
    for (; k + 3 < i; k += 4) {
      const f = row + usize(k) * step;
      const u = a + usize(k) * stride + usize(k) * step;
      subtractRow<T>(f + step, f, u + step, 3 * step);
      subtractRow<T>(f + 2 * step, f + step, u + stride + 2 * step, 2 * step);
      subtractRow<T>(f + 3 * step, f + 2 * step, u + 2 * stride + 3 * step, step);
      subtractFour<T>(f + 4 * step, f, u + 4 * step, stride, stride - usize(k + 4) * step);
    }
    for (; k < i; k++) {
      const f = row + usize(k) * step;
      const u = a + usize(k) * stride + usize(k) * step;
      subtractRow<T>(f + step, f, u + step, stride - usize(k + 1) * step);
    }
    let pivot = i;
    for (let c = i + 1; c < n; c++) {
      if (size2<T>(row + usize(c) * step) > size2<T>(row + usize(pivot) * step)) pivot = c;
    }
    if (pivot !== i) swapColumns<T>(a, n, stride, order, i, pivot);
    const diagonal = row + usize(i) * step;
    divide<T>(diagonal + step, diagonal, usize(n - i - 1) * step);
  }
}

function swapColumns<T>(a: usize, n: i32, stride: usize, order: usize, i: i32, k: i32): void {
  const step = sizeof<T>();
  for (let r = 0; r < n; r++) {
    const x = a + usize(r) * stride + usize(i) * step;
    const y = a + usize(r) * stride + usize(k) * step;
    const value = load<T>(x);
    store<T>(x, load<T>(y));
    store<T>(y, value);
  }
  const place = i32.load(order + 4 * usize(i));
  i32.store(order + 4 * usize(i), i32.load(order + 4 * usize(k)));
  i32.store(order + 4 * usize(k), place);
}

function solveBlockOf<T>(
  a: usize,
  n: i32,
  stride: usize,
  order: usize,
  b: usize,
  x: usize,
  bStride: usize,
): void {
  const step = sizeof<T>();
  for (let i = 0; i < n; i++) {
    const row = a + usize(i) * stride;
    subtractRows<T>(b + usize(i) * bStride, row, b, bStride, bStride, i);
    divide<T>(b + usize(i) * bStride, row + usize(i) * step, bStride);
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = a + usize(i) * stride + usize(i + 1) * step;
    subtractRows<T>(b + usize(i) * bStride, row, b + usize(i + 1) * bStride, bStride, bStride, n - i - 1);
  }
  for (let i = 0; i < n; i++) {
    const place = usize(i32.load(order + 4 * usize(i)));
    memory.copy(x + place * bStride, b + usize(i) * bStride, bStride);
  }
}

function solveOf<T>(a: usize, n: i32, stride: usize, order: usize, x: usize, work: usize): void {
  const step = sizeof<T>();
  for (let i = 0; i < n; i++) {
    const row = a + usize(i) * stride;
    const at = x + usize(i) * step;
    subtractDot<T>(at, row, x, usize(i) * step);
    divide<T>(at, row + usize(i) * step, step);
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = a + usize(i) * stride + usize(i + 1) * step;
    subtractDot<T>(x + usize(i) * step, row, x + usize(i + 1) * step, usize(n - i - 1) * step);
  }
  memory.copy(work, x, usize(n) * step);
  for (let i = 0; i < n; i++) {
    store<T>(x + usize(i32.load(order + 4 * usize(i))) * step, load<T>(work + usize(i) * step));
  }
}

function solveTransposedOf<T>(a: usize, n: i32, stride: usize, order: usize, x: usize, work: usize): void {
  const step = sizeof<T>();
  memory.copy(work, x, usize(n) * step);
  for (let i = 0; i < n; i++) {
    store<T>(x + usize(i) * step, load<T>(work + usize(i32.load(order + 4 * usize(i))) * step));
  }
  for (let i = 0; i < n; i++) {
    const row = a + usize(i) * stride + usize(i + 1) * step;
    subtractRow<T>(x + usize(i + 1) * step, x + usize(i) * step, row, usize(n - i - 1) * step);
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = a + usize(i) * stride;
    const at = x + usize(i) * step;
    divide<T>(at, row + usize(i) * step, step);
    subtractRow<T>(x, at, row, usize(i) * step);
  }
}

/** y -= a . x over `bytes`, without conjugation */
function subtractDot<T>(y: usize, a: usize, x: usize, bytes: usize): void {
  let sum = f64x2.splat(0);
  if (sizeof<T>() === 16) {
    for (let i: usize = 0; i < bytes; i += 16) {
      sum = f64x2.add(sum, times<T>(first(a + i), second<T>(a + i), v128.load(x + i)));
    }
    v128.store(y, f64x2.sub(v128.load(y), sum));
    return;
  }
  const whole = bytes & ~15;
  for (let i: usize = 0; i < whole; i += 16) sum = plus(sum, v128.load(a + i), v128.load(x + i));
  const last = whole < bytes ? f64.load(a + whole) * f64.load(x + whole) : 0;
  f64.store(y, f64.load(y) - total(sum) - last);
}

function subtractImageOf<T>(y: usize, a: usize, x: usize, rows: i32, stride: usize, bytes: usize): void {
  for (let i = 0; i < rows; i++) subtractDot<T>(y + usize(i) * sizeof<T>(), a + usize(i) * stride, x, bytes);
}

function subtractTransposedImageOf<T>(
  y: usize,
  a: usize,
  x: usize,
  rows: i32,
  stride: usize,
  bytes: usize,
): void {
  for (let i = 0; i < rows; i++) subtractRow<T>(y, x + usize(i) * sizeof<T>(), a + usize(i) * stride, bytes);
}
