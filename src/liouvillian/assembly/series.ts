/**
 * Terms of the Taylor series of exp(h L) x, in AssemblyScript for WebAssembly with 128-bit SIMD. The host lays the memory out and decides how
 * many there are (../series.ts):
 *
 *   term <- (h / k) L term,   x <- x + term,   integral <- integral + h / (k + 1) term.
 */
import { load, loadSingle, plus, total } from './lanes';
import { scalars, setting } from './layout';
import { begin, multiply, readLayout } from './stencil';
import { endChunk, firstChunk, meet, setSum, sumOf } from './team';

/** Addresses: w, how many elements of the matrix a number of a vector stands for, in float32; x, its integral, and the term before and after. */
let weights: usize = 0;
let x: usize = 0;
let integral: usize = 0;
let before: usize = 0;
let after: usize = 0;

/** The first term, x itself; returns sum w |x|. */
export function first(): f64 {
  readSettings();
  const inIntegral = f64x2.splat(f64.load(scalars + 8));
  const end = endChunk();
  for (let c = firstChunk(); c < end; c++) {
    let size = f64x2.splat(0);
    const behind = begin(c + 1);
    for (let i = begin(c); i < behind; i += 16) {
      const value = load(x + i);
      v128.store(after + i, value);
      v128.store(integral + i, plus(load(integral + i), inIntegral, value));
      size = plus(size, loadSingle(weights + (i >> 1)), f64x2.abs(value));
    }
    setSum(c, 0, total(size));
  }
  meet(1);
  return sumOf(0);
}

/** The next term; returns sum w |term|. */
export function next(): f64 {
  readSettings();
  const factor = f64x2.splat(f64.load(scalars));
  const inIntegral = f64x2.splat(f64.load(scalars + 8));
  const none = f64x2.splat(0);
  const end = endChunk();
  for (let c = firstChunk(); c < end; c++) {
    multiply(c, before, after);
    let size = none;
    const behind = begin(c + 1);
    for (let i = begin(c); i < behind; i += 16) {
      const w = loadSingle(weights + (i >> 1));
      // Between the rows, where products leave what has no meaning, w is 0: and so are the terms.
      const value = v128.and(f64x2.mul(factor, load(after + i)), f64x2.ne(w, none));
      v128.store(after + i, value);
      v128.store(x + i, f64x2.add(load(x + i), value));
      v128.store(integral + i, plus(load(integral + i), inIntegral, value));
      size = plus(size, w, f64x2.abs(value));
    }
    setSum(c, 0, total(size));
  }
  meet(1);
  return sumOf(0);
}

/** The order is that of ../series.ts. */
function readSettings(): void {
  weights = usize(setting(0));
  x = usize(setting(1));
  integral = usize(setting(2));
  before = usize(setting(3));
  after = usize(setting(4));
  readLayout(5);
}
