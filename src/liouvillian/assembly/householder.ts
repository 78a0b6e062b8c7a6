/** A = Q H Q^T with H upper Hessenberg, by one reflection 1 - v v^T for every column; what is Hessenberg already is left as it is. */
import { total } from './lanes';

/** H of A, in place, and Q^T of the identity, on rows of `stride` bytes; `work` is two more of them. */
export function reduce(A: usize, Q: usize, n: i32, stride: usize, work: usize): void {
  const sums = work + stride;
  for (let k = 0; k < n - 2; k++) {
    if (!reflector(A + 8 * usize(k), n, stride, k + 1, work)) continue;
    reflectRows(A, work, sums, n, stride, k + 1);
    reflectRows(Q, work, sums, n, stride, k + 1);
    for (let i = 0; i < n; i++) {
      const row = A + usize(i) * stride;
      subtract(row, dot(row, work, stride), work, stride);
    }
    for (let i = k + 2; i < n; i++) f64.store(A + usize(i) * stride + 8 * usize(k), 0);
  }
}

/** v of a column: 0 before row `first`, |v|^2 = 2. @returns false where the column is zero below that row */
function reflector(column: usize, n: i32, stride: usize, first: i32, v: usize): bool {
  let scale: f64 = 0;
  for (let i = first + 1; i < n; i++) scale = max(scale, Math.abs(f64.load(column + usize(i) * stride)));
  if (scale === 0) return false;
  const top = f64.load(column + usize(first) * stride);
  scale = max(scale, Math.abs(top));
  memory.fill(v, 0, stride);
  let square: f64 = 0;
  for (let i = first; i < n; i++) {
    const value = f64.load(column + usize(i) * stride) / scale;
    f64.store(v + 8 * usize(i), value);
    square += value * value;
  }
  const length = top < 0 ? -Math.sqrt(square) : Math.sqrt(square);
  const before = top / scale;
  f64.store(v + 8 * usize(first), before + length);
  const factor = f64x2.splat(1 / Math.sqrt(square + Math.abs(before * length)));
  for (let i: usize = 0; i < stride; i += 16) v128.store(v + i, f64x2.mul(factor, v128.load(v + i)));
  return true;
}

/** Rows less v_i times the sum of v_k row_k. */
function reflectRows(A: usize, v: usize, sums: usize, n: i32, stride: usize, first: i32): void {
  memory.fill(sums, 0, stride);
  for (let i = first; i < n; i++) subtract(sums, -f64.load(v + 8 * usize(i)), A + usize(i) * stride, stride);
  for (let i = first; i < n; i++) subtract(A + usize(i) * stride, f64.load(v + 8 * usize(i)), sums, stride);
}

/** y -= factor x */
function subtract(y: usize, factor: f64, x: usize, bytes: usize): void {
  const f = f64x2.splat(factor);
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(y + i, f64x2.sub(v128.load(y + i), f64x2.mul(f, v128.load(x + i))));
  }
}

function dot(x: usize, y: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(x + i), v128.load(y + i)));
  }
  return total(sum);
}
