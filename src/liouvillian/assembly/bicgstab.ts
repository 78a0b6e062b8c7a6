/**
 * A step of BiCGStab(2) (Sleijpen and Fokkema, ETNA 1, 11 (1993)) for a correction equation, in AssemblyScript for WebAssembly with 128-bit
 * SIMD: two float64 numbers an instruction, no bounds checks, as few passes over memory as the iteration allows. The host decides when to
 * stop or to restart (../bicgstab-memory.ts, ../cpu-correction.ts).
 *
 * Each thread does its share of the chunks (team.ts); what one wrote another reads after they met.
 */
import {
  add as addVector,
  deflations,
  iterates,
  operate,
  p,
  project,
  readSettings,
  shadow,
  stride,
} from './correction';
import { load, loadSingle, minus, plus, total } from './lanes';
import { scalars } from './layout';
import { begin } from './stencil';
import { call, endChunk, firstChunk, isFirst, meet, setSum, sumOf, wait } from './team';

/** What a cycle returns that another thread did not live to see. */
const lost: f64 = -1;

let x: usize = 0;
let best: usize = 0;
let r0: usize = 0;
let r1: usize = 0;
let r2: usize = 0;
let u0: usize = 0;
let u1: usize = 0;
let u2: usize = 0;

/** Four matvecs by a team of so many threads, the caller the first; returns |r0|^2, or a negative number where a thread was lost. */
export function cycle(team: i32): f64 {
  call(team);
  return step();
}

/** Works with the first thread, whenever it calls, for ever. */
export function serve(thread: i32): void {
  let ticket = 0;
  for (;;) {
    ticket = wait(thread, ticket);
    step();
  }
}

function placeIterates(): void {
  const bytes = usize(p) * stride;
  x = iterates;
  best = x + bytes;
  r0 = best + bytes;
  r1 = r0 + bytes;
  r2 = r1 + bytes;
  u0 = r2 + bytes;
  u1 = u0 + bytes;
  u2 = u1 + bytes;
}

function step(): f64 {
  readSettings();
  placeIterates();
  // rho = r0 . shadow, beta of this cycle, and whether x is to be kept in `best` first
  const rho = f64.load(scalars);
  const beta = f64.load(scalars + 8);
  const keeps = f64.load(scalars + 16) !== 0;
  const first = firstChunk();
  const end = endChunk();
  for (let c = first; c < end; c++) {
    if (keeps) keep(c);
    reflect(c, u0, beta, r0);
    project(c, u0);
  }
  if (!meet(p * deflations)) return lost;
  for (let c = first; c < end; c++) operate(c, u0, u1);
  if (!meet(1)) return lost;
  const alpha0 = rho / sumOf(0);
  for (let c = first; c < end; c++) {
    add(c, r0, -alpha0, u1);
    project(c, r0);
  }
  if (!meet(p * deflations)) return lost;
  for (let c = first; c < end; c++) operate(c, r0, r1);
  if (!meet(1)) return lost;
  const next = sumOf(0);
  const factor = (alpha0 * next) / rho;
  for (let c = first; c < end; c++) {
    add(c, x, alpha0, u0);
    reflect(c, u0, factor, r0);
    reflect(c, u1, factor, r1);
    project(c, u1);
  }
  if (!meet(p * deflations)) return lost;
  for (let c = first; c < end; c++) operate(c, u1, u2);
  if (!meet(1)) return lost;
  const alpha = next / sumOf(0);
  for (let c = first; c < end; c++) {
    add(c, r0, -alpha, u1);
    add(c, r1, -alpha, u2);
    project(c, r1);
  }
  if (!meet(p * deflations)) return lost;
  for (let c = first; c < end; c++) {
    operate(c, r1, r2);
    products(c);
  }
  if (!meet(6)) return lost;
  // r0 - g1 r1 - g2 r2 of least norm
  const determinant = sumOf(3) * sumOf(4) - sumOf(5) * sumOf(5);
  const g1 = (sumOf(4) * sumOf(1) - sumOf(5) * sumOf(2)) / determinant;
  const g2 = (sumOf(3) * sumOf(2) - sumOf(5) * sumOf(1)) / determinant;
  for (let c = first; c < end; c++) minimize(c, alpha, g1, g2);
  if (!meet(2)) return lost;
  if (isFirst()) {
    f64.store(scalars, sumOf(1));
    f64.store(scalars + 8, (-alpha * sumOf(1)) / (g2 * next));
  }
  return sumOf(0);
}

function keep(chunk: i32): void {
  for (let k = 0; k < p; k++) {
    const at = begin(chunk) + usize(k) * stride;
    memory.copy(best + at, x + at, begin(chunk + 1) - begin(chunk));
  }
}

/** y = a - factor y */
function reflect(chunk: i32, y: usize, factor: f64, a: usize): void {
  const f = f64x2.splat(factor);
  for (let k = 0; k < p; k++) {
    const end = begin(chunk + 1) + usize(k) * stride;
    for (let i = begin(chunk) + usize(k) * stride; i < end; i += 16) {
      v128.store(y + i, minus(load(a + i), f, load(y + i)));
    }
  }
}

/** y += factor a */
function add(chunk: i32, y: usize, factor: f64, a: usize): void {
  for (let k = 0; k < p; k++) addVector(chunk, y + usize(k) * stride, factor, a + usize(k) * stride);
}

/** r0 . r1, r0 . r2, r1 . r1, r2 . r2 and r1 . r2, behind r2 . shadow */
function products(chunk: i32): void {
  let s01 = f64x2.splat(0);
  let s02 = s01;
  let s11 = s01;
  let s22 = s01;
  let s12 = s01;
  for (let k = 0; k < p; k++) {
    const end = begin(chunk + 1) + usize(k) * stride;
    for (let i = begin(chunk) + usize(k) * stride; i < end; i += 16) {
      const v1 = load(r1 + i);
      const v2 = load(r2 + i);
      const v0 = load(r0 + i);
      s01 = plus(s01, v0, v1);
      s02 = plus(s02, v0, v2);
      s11 = plus(s11, v1, v1);
      s22 = plus(s22, v2, v2);
      s12 = plus(s12, v1, v2);
    }
  }
  setSum(chunk, 1, total(s01));
  setSum(chunk, 2, total(s02));
  setSum(chunk, 3, total(s11));
  setSum(chunk, 4, total(s22));
  setSum(chunk, 5, total(s12));
}

/** x += alpha u0 + g1 r0 + g2 r1, u0 -= g1 u1 + g2 u2, r0 -= g1 r1 + g2 r2; sums |r0|^2 and r0 . shadow */
function minimize(chunk: i32, alpha: f64, g1: f64, g2: f64): void {
  const a = f64x2.splat(alpha);
  const f1 = f64x2.splat(g1);
  const f2 = f64x2.splat(g2);
  let squared = f64x2.splat(0);
  let shadowed = f64x2.splat(0);
  for (let k = 0; k < p; k++) {
    const end = begin(chunk + 1) + usize(k) * stride;
    for (let i = begin(chunk) + usize(k) * stride; i < end; i += 16) {
      const u = load(u0 + i);
      const v0 = load(r0 + i);
      const v1 = load(r1 + i);
      v128.store(x + i, plus(plus(plus(load(x + i), a, u), f1, v0), f2, v1));
      v128.store(u0 + i, minus(minus(u, f1, load(u1 + i)), f2, load(u2 + i)));
      const rest = minus(minus(v0, f1, v1), f2, load(r2 + i));
      v128.store(r0 + i, rest);
      squared = plus(squared, rest, rest);
      shadowed = plus(shadowed, rest, loadSingle(shadow + (i >> 1)));
    }
  }
  setSum(chunk, 0, total(squared));
  setSum(chunk, 1, total(shadowed));
}
