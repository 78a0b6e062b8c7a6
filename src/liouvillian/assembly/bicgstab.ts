/**
 * The correction equation on one core, in AssemblyScript for WebAssembly with 128-bit SIMD: two float64 unknowns an
 * instruction, no bounds checks, as few passes over memory as the iteration allows.
 *
 * One call of `cycle` is one step of BiCGStab(2) (Sleijpen and Fokkema, ETNA 1, 11 (1993)) for A x = b with
 *
 *   A x = P (L x - x theta - sigma sum_d image_d (functional_d . x)),   P diagonal (correction.ts),
 *
 * for p = 1 or 2 vectors x. The host lays the memory out, sets the addresses (bytes) below, and decides when to stop or to
 * restart (bicgstab-memory.ts, cpu-correction.ts). Every vector is n float64 numbers, `stride` bytes from the next; stride is a multiple of
 * 32, and what lies beyond n is zero, and stays it.
 */
import { dot, load, minus, plus, total } from './lanes';
import { multiply } from './stencil';

export * from './stencil';

/** p, and the bytes of a vector with its padding */
export let p: i32 = 1;
export let stride: usize = 0;
/** P; and theta, p x p, row-major */
export let preconditioner: usize = 0;
export let theta: usize = 0;
/** sigma; the deflations, each an image and then a functional (with the weights of the Hilbert-Schmidt product) */
export let sigma: f64 = 0;
export let deflations: i32 = 0;
export let deflated: usize = 0;
/** x, r0, r1, r2, u0, u1, u2 and the shadow residual, each p vectors */
export let x: usize = 0;
export let r0: usize = 0;
export let r1: usize = 0;
export let r2: usize = 0;
export let u0: usize = 0;
export let u1: usize = 0;
export let u2: usize = 0;
export let shadow: usize = 0;
/** scalars of the iteration: rho = r0 . shadow, and beta of the next step */
export let rho: f64 = 0;
export let beta: f64 = 0;

/** to = A from; returns to . shadow */
export function operate(from: usize, to: usize): f64 {
  let shadowed: f64 = 0;
  for (let k = 0; k < p; k++) {
    const at = usize(k) * stride;
    multiply(from + at, to + at);
    for (let l = 0; l < p; l++) {
      const coupling = f64.load(theta + 8 * usize(l * p + k));
      if (l !== k && coupling !== 0) subtract(coupling, from + usize(l) * stride, to + at);
    }
    for (let d = 1; d < deflations; d++) {
      const image = deflated + 2 * usize(d) * stride;
      subtract(sigma * dot(image + stride, from + at, stride), image, to + at);
    }
    const own = f64.load(theta + 8 * usize(k * p + k));
    const share = deflations > 0 ? sigma * dot(deflated + stride, from + at, stride) : 0;
    shadowed += close(own, share, from + at, to + at, shadow + at);
  }
  return shadowed;
}

/** to -= factor from, one vector */
function subtract(factor: f64, from: usize, to: usize): void {
  const f2 = f64x2.splat(factor);
  for (let i: usize = 0; i < stride; i += 16) v128.store(to + i, minus(load(to + i), f2, load(from + i)));
}

/** to = P (to - own from - share image_0); returns to . against */
function close(own: f64, share: f64, from: usize, to: usize, against: usize): f64 {
  const o2 = f64x2.splat(own);
  const s2 = f64x2.splat(share);
  const image = deflations > 0 ? deflated : from;
  let sum = f64x2.splat(0);
  for (let i: usize = 0; i < stride; i += 16) {
    const value = f64x2.mul(
      load(preconditioner + i),
      minus(minus(load(to + i), o2, load(from + i)), s2, load(image + i)),
    );
    v128.store(to + i, value);
    sum = plus(sum, value, load(against + i));
  }
  return total(sum);
}

/** Four matvecs; returns |r0|^2. */
export function cycle(): f64 {
  const bytes = usize(p) * stride;
  let f2 = f64x2.splat(beta);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(u0 + i, minus(load(r0 + i), f2, load(u0 + i)));
  let alpha = rho / operate(u0, u1);
  let a2 = f64x2.splat(alpha);
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(r0 + i, minus(load(r0 + i), a2, load(u1 + i)));
    v128.store(x + i, plus(load(x + i), a2, load(u0 + i)));
  }
  const next = operate(r0, r1);
  f2 = f64x2.splat((alpha * next) / rho);
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(u0 + i, minus(load(r0 + i), f2, load(u0 + i)));
    v128.store(u1 + i, minus(load(r1 + i), f2, load(u1 + i)));
  }
  alpha = next / operate(u1, u2);
  a2 = f64x2.splat(alpha);
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(r0 + i, minus(load(r0 + i), a2, load(u1 + i)));
    v128.store(r1 + i, minus(load(r1 + i), a2, load(u2 + i)));
    v128.store(x + i, plus(load(x + i), a2, load(u0 + i)));
  }
  operate(r1, r2);
  return minimize(bytes, alpha, next);
}

/** The two-dimensional minimal residual that ends a cycle: r0 - g1 r1 - g2 r2 of least norm. */
function minimize(bytes: usize, alpha: f64, next: f64): f64 {
  let s11 = f64x2.splat(0);
  let s12 = s11;
  let s22 = s11;
  let s01 = s11;
  let s02 = s11;
  for (let i: usize = 0; i < bytes; i += 16) {
    const v0 = load(r0 + i);
    const v1 = load(r1 + i);
    const v2 = load(r2 + i);
    s11 = plus(s11, v1, v1);
    s12 = plus(s12, v1, v2);
    s22 = plus(s22, v2, v2);
    s01 = plus(s01, v0, v1);
    s02 = plus(s02, v0, v2);
  }
  const determinant = total(s11) * total(s22) - total(s12) * total(s12);
  const g1 = (total(s22) * total(s01) - total(s12) * total(s02)) / determinant;
  const g2 = (total(s11) * total(s02) - total(s12) * total(s01)) / determinant;
  const f1 = f64x2.splat(g1);
  const f2 = f64x2.splat(g2);
  let squared = f64x2.splat(0);
  let shadowed = f64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const v0 = load(r0 + i);
    const v1 = load(r1 + i);
    v128.store(x + i, plus(plus(load(x + i), f1, v0), f2, v1));
    v128.store(u0 + i, minus(minus(load(u0 + i), f1, load(u1 + i)), f2, load(u2 + i)));
    const rest = minus(minus(v0, f1, v1), f2, load(r2 + i));
    v128.store(r0 + i, rest);
    squared = plus(squared, rest, rest);
    shadowed = plus(shadowed, rest, load(shadow + i));
  }
  rho = -g2 * next;
  const follow = total(shadowed);
  beta = (alpha * follow) / rho;
  rho = follow;
  return total(squared);
}
