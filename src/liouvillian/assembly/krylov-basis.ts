/**
 * A vector's parts along the rows of a basis, in AssemblyScript for WebAssembly with 128-bit SIMD. Numbers are real (Scalar = f64); a row, as the
 * vector x, is `stride` bytes, a multiple of 32, with zeros beyond its numbers. The host lays the memory out (krylov-basis.ts).
 */
import { subtractRows } from './dense-rows';
import { load, plus, total } from './lanes';

/** overlaps_k = row_k . x, then x -= sum_k overlaps_k row_k, over `count` rows */
export function takeOut(rows: usize, count: i32, stride: usize, x: usize, overlaps: usize): void {
  let k = 0;
  for (; k + 3 < count; k += 4) {
    overlapFour(rows + usize(k) * stride, stride, x, overlaps + 8 * usize(k));
  }
  for (; k < count; k++) f64.store(overlaps + 8 * usize(k), overlap(rows + usize(k) * stride, x, stride));
  subtract(rows, count, stride, x, overlaps);
}

/** x -= sum_k factors_k row_k */
export function subtract(rows: usize, count: i32, stride: usize, x: usize, factors: usize): void {
  subtractRows(x, factors, rows, stride, stride, count);
}

/** Four rows in one pass over x: of one alone each sum waits for the one before. */
function overlapFour(a: usize, stride: usize, x: usize, overlaps: usize): void {
  const b = a + stride;
  const c = b + stride;
  const d = c + stride;
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  for (let i: usize = 0; i < stride; i += 32) {
    const x0 = load(x + i);
    const x1 = load(x + i + 16);
    a0 = plus(a0, load(a + i), x0);
    a1 = plus(a1, load(a + i + 16), x1);
    b0 = plus(b0, load(b + i), x0);
    b1 = plus(b1, load(b + i + 16), x1);
    c0 = plus(c0, load(c + i), x0);
    c1 = plus(c1, load(c + i + 16), x1);
    d0 = plus(d0, load(d + i), x0);
    d1 = plus(d1, load(d + i + 16), x1);
  }
  f64.store(overlaps, total(f64x2.add(a0, a1)));
  f64.store(overlaps + 8, total(f64x2.add(b0, b1)));
  f64.store(overlaps + 16, total(f64x2.add(c0, c1)));
  f64.store(overlaps + 24, total(f64x2.add(d0, d1)));
}

function overlap(a: usize, x: usize, stride: usize): f64 {
  let even = f64x2.splat(0);
  let odd = even;
  for (let i: usize = 0; i < stride; i += 32) {
    even = plus(even, load(a + i), load(x + i));
    odd = plus(odd, load(a + i + 16), load(x + i + 16));
  }
  return total(f64x2.add(even, odd));
}
