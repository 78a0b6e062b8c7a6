/** c -= a b for dense blocks, real (Scalar = f64) or complex (Scalar = v128): where an elimination spends most of its time. */

import { subtractRows, timesI } from './dense-rows';
import { plus } from './lanes';

/** Bytes of a row whose sums stay in registers: with a complex factor there are two sums, one for each part of it. */
function wide<Factor>(): usize {
  return sizeof<Factor>() === 8 ? 64 : 32;
}

/**
 * Over the first `bytes` of each row, a multiple of 16; b and c have the same stride. Two rows of c at a time. The elements of a are Scalars, which
 * as Factors may be known to be real: half of the work is then left out.
 */
export function subtractProduct<Factor>(
  c: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  bytes: usize,
  rows: i32,
  inner: i32,
): void {
  const even = rows & ~1;
  let at: usize = 0;
  for (; at + wide<Factor>() <= bytes; at += wide<Factor>()) {
    for (let i = 0; i < even; i += 2) {
      subtractWide<Factor>(
        c + usize(i) * bStride + at,
        a + usize(i) * aStride,
        aStride,
        b + at,
        bStride,
        inner,
      );
    }
  }
  for (; at < bytes; at += 16) {
    for (let i = 0; i < even; i += 2) {
      subtractNarrow<Factor>(
        c + usize(i) * bStride + at,
        a + usize(i) * aStride,
        aStride,
        b + at,
        bStride,
        inner,
      );
    }
  }
  if (even < rows) {
    subtractRows(c + usize(even) * bStride, a + usize(even) * aStride, b, bStride, bytes, inner);
  }
}

/** So many bytes of two rows. Factors that are zero, as between blocks of different parts, are passed over. */
function subtractWide<Factor>(
  c: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  inner: i32,
): void {
  const step = sizeof<Scalar>();
  let p0 = f64x2.splat(0);
  let p1 = p0;
  let p2 = p0;
  let p3 = p0;
  let q0 = p0;
  let q1 = p0;
  let q2 = p0;
  let q3 = p0;
  for (let k = 0; k < inner; k++) {
    const f = a + usize(k) * step;
    const g = f + aStride;
    if (isZero<Factor>(f) && isZero<Factor>(g)) continue;
    const x = b + usize(k) * bStride;
    const x0 = v128.load(x);
    const x1 = v128.load(x + 16);
    const x2 = sizeof<Factor>() === 8 ? v128.load(x + 32) : x0;
    const x3 = sizeof<Factor>() === 8 ? v128.load(x + 48) : x1;
    const f0 = v128.load64_splat(f);
    const f2 = sizeof<Factor>() === 8 ? f0 : v128.load64_splat(f + 8);
    p0 = plus(p0, f0, x0);
    p1 = plus(p1, f0, x1);
    p2 = plus(p2, f2, x2);
    p3 = plus(p3, f2, x3);
    const g0 = v128.load64_splat(g);
    const g2 = sizeof<Factor>() === 8 ? g0 : v128.load64_splat(g + 8);
    q0 = plus(q0, g0, x0);
    q1 = plus(q1, g0, x1);
    q2 = plus(q2, g2, x2);
    q3 = plus(q3, g2, x3);
  }
  const d = c + bStride;
  if (sizeof<Factor>() === 8) {
    subtractAt(c, p0);
    subtractAt(c + 16, p1);
    subtractAt(c + 32, p2);
    subtractAt(c + 48, p3);
    subtractAt(d, q0);
    subtractAt(d + 16, q1);
    subtractAt(d + 32, q2);
    subtractAt(d + 48, q3);
  } else {
    subtractAt(c, f64x2.add(p0, timesI(p2)));
    subtractAt(c + 16, f64x2.add(p1, timesI(p3)));
    subtractAt(d, f64x2.add(q0, timesI(q2)));
    subtractAt(d + 16, f64x2.add(q1, timesI(q3)));
  }
}

/** The same for 16 bytes. */
function subtractNarrow<Factor>(
  c: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  inner: i32,
): void {
  const step = sizeof<Scalar>();
  let p = f64x2.splat(0);
  let pi = p;
  let q = p;
  let qi = p;
  for (let k = 0; k < inner; k++) {
    const f = a + usize(k) * step;
    const g = f + aStride;
    const x = v128.load(b + usize(k) * bStride);
    p = plus(p, v128.load64_splat(f), x);
    q = plus(q, v128.load64_splat(g), x);
    if (sizeof<Factor>() === 16) {
      pi = plus(pi, v128.load64_splat(f + 8), x);
      qi = plus(qi, v128.load64_splat(g + 8), x);
    }
  }
  subtractAt(c, f64x2.add(p, timesI(pi)));
  subtractAt(c + bStride, f64x2.add(q, timesI(qi)));
}

function subtractAt(y: usize, x: v128): void {
  v128.store(y, f64x2.sub(v128.load(y), x));
}

function isZero<Factor>(factor: usize): bool {
  if (sizeof<Factor>() === 8) return i64.load(factor) === 0;
  return (i64.load(factor) | i64.load(factor + 8)) === 0;
}
