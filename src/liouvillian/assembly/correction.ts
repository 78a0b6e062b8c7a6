/**
 * The operator of a correction equation, for p = 1 or 2 vectors x,
 *
 *   A x = P (L x - x theta - sigma sum_d image_d (functional_d . x)),   P diagonal (../correction.ts).
 *
 * The host lays the memory out, and says where in `settings`. P is zero between a row and the next, and so is then all that A makes. All is
 * done by chunks, whose numbers stay in the cache from one pass to the next.
 */
import { dotSingle, load, loadSingle, minus, plus, total } from './lanes';
import { setting } from './layout';
import { begin, multiply, readLayout } from './stencil';
import { setSum, sumOf } from './team';

export let p: i32 = 1;
/** from one vector to the next, bytes */
export let stride: usize = 0;
/** p x p, row-major, float64 */
let theta: usize = 0;
/** in float32, which halves what they take of the memory's bandwidth: P, the shadow residual, and the deflations, which all may be a little off */
let preconditioner: usize = 0;
export let shadow: usize = 0;
/** of each an image and a functional, which holds sigma and the weights of the Hilbert-Schmidt product */
export let deflations: i32 = 0;
let deflated: usize = 0;
/** of the solver: iterates of p vectors, one after the other */
export let iterates: usize = 0;

/** The order is that of `settings` in ../bicgstab-memory.ts. */
export function readSettings(): void {
  p = setting(0);
  stride = usize(setting(1));
  theta = usize(setting(2));
  preconditioner = usize(setting(3));
  deflations = setting(4);
  deflated = usize(setting(5));
  shadow = usize(setting(6));
  iterates = usize(setting(7));
  readLayout(8);
}

/** The functionals of `from`, before A is applied to it: one sum for each vector and deflation. */
export function project(chunk: i32, from: usize): void {
  const at = begin(chunk);
  for (let k = 0; k < p; k++) {
    const x = from + usize(k) * stride + at;
    for (let d = 0; d < deflations; d++) {
      const functional = deflated + ((usize(2 * d + 1) * stride + at) >> 1);
      setSum(chunk, k * deflations + d, dotSingle(x, functional, begin(chunk + 1) - at));
    }
  }
}

/** to = A from on a chunk, once its functionals are summed; the first sum is to . shadow */
export function operate(chunk: i32, from: usize, to: usize): void {
  let sum: f64 = 0;
  for (let k = 0; k < p; k++) {
    const at = usize(k) * stride;
    multiply(chunk, from + at, to + at);
    for (let l = 0; l < p; l++) {
      const coupling = f64.load(theta + 8 * usize(l * p + k));
      if (l !== k && coupling !== 0) add(chunk, to + at, -coupling, from + usize(l) * stride);
    }
    for (let d = 1; d < deflations; d++) {
      subtractImage(chunk, to + at, sumOf(k * deflations + d), deflated + usize(d) * stride);
    }
    const own = f64.load(theta + 8 * usize(k * p + k));
    const share = deflations > 0 ? sumOf(k * deflations) : 0;
    sum += close(chunk, own, share, from + at, to + at, shadow + (at >> 1));
  }
  setSum(chunk, 0, sum);
}

/** to = P (to - own from - share image_0), where there is one; returns to . against */
function close(chunk: i32, own: f64, share: f64, from: usize, to: usize, against: usize): f64 {
  const o = f64x2.splat(own);
  const s = f64x2.splat(share);
  const image = deflations > 0 ? deflated : preconditioner;
  const end = begin(chunk + 1);
  let sum = f64x2.splat(0);
  for (let i = begin(chunk); i < end; i += 16) {
    const half = i >> 1;
    const rest = minus(load(to + i), o, load(from + i));
    const value = f64x2.mul(loadSingle(preconditioner + half), minus(rest, s, loadSingle(image + half)));
    v128.store(to + i, value);
    sum = plus(sum, value, loadSingle(against + half));
  }
  return total(sum);
}

function subtractImage(chunk: i32, y: usize, factor: f64, image: usize): void {
  const f = f64x2.splat(factor);
  const end = begin(chunk + 1);
  for (let i = begin(chunk); i < end; i += 16) {
    v128.store(y + i, minus(load(y + i), f, loadSingle(image + (i >> 1))));
  }
}

/** y += factor a, one vector */
export function add(chunk: i32, y: usize, factor: f64, a: usize): void {
  const f = f64x2.splat(factor);
  const end = begin(chunk + 1);
  for (let i = begin(chunk); i < end; i += 16) {
    v128.store(y + i, plus(load(y + i), f, load(a + i)));
  }
}
