/**
 * A block of real numbers of which four in a row, at most, are not zero, against rows or vectors of real (Scalar = f64) or complex (Scalar = v128)
 * numbers. Each row is four factors (f64), and behind them the columns that they stand in (i32); a factor that is none is 0, in column 0.
 */
import { plus } from './lanes';

const ROW_BYTES: usize = 48;

function factor(row: usize, k: usize): v128 {
  return v128.load64_splat(row + 8 * k);
}

function column(row: usize, k: usize): usize {
  return usize(i32.load(row + 32 + 4 * k));
}

/** c -= a b: c has `rows` rows */
export function subtractSparseProduct(c: usize, a: usize, b: usize, rows: i32, stride: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = a + usize(i) * ROW_BYTES;
    const y = c + usize(i) * stride;
    const f0 = factor(row, 0);
    const f1 = factor(row, 1);
    const f2 = factor(row, 2);
    const f3 = factor(row, 3);
    const x0 = b + column(row, 0) * stride;
    const x1 = b + column(row, 1) * stride;
    const x2 = b + column(row, 2) * stride;
    const x3 = b + column(row, 3) * stride;
    for (let at: usize = 0; at < stride; at += 16) {
      const low = plus(f64x2.mul(f0, v128.load(x0 + at)), f1, v128.load(x1 + at));
      const high = plus(f64x2.mul(f2, v128.load(x2 + at)), f3, v128.load(x3 + at));
      v128.store(y + at, f64x2.sub(v128.load(y + at), f64x2.add(low, high)));
    }
  }
}

/** y -= A x for `rows` rows */
export function subtractSparseImage(y: usize, a: usize, x: usize, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    const row = a + usize(i) * ROW_BYTES;
    for (let k: usize = 0; k < 4; k++) subtractOne(y, usize(i), factor(row, k), x, column(row, k));
  }
}

/** y -= A^T x for `rows` rows of A */
export function subtractTransposedSparseImage(y: usize, a: usize, x: usize, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    const row = a + usize(i) * ROW_BYTES;
    for (let k: usize = 0; k < 4; k++) subtractOne(y, column(row, k), factor(row, k), x, usize(i));
  }
}

/** y[i] -= f x[k] */
function subtractOne(y: usize, i: usize, f: v128, x: usize, k: usize): void {
  const step = sizeof<Scalar>();
  const to = y + i * step;
  const from = x + k * step;
  if (sizeof<Scalar>() === 8) f64.store(to, f64.load(to) - f64x2.extract_lane(f, 0) * f64.load(from));
  else v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(f, v128.load(from))));
}
