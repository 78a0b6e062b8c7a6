/** One row of numbers against others, real (Scalar = f64) or complex (Scalar = v128). */
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

export function size2(at: usize): f64 {
  const re = f64.load(at);
  if (sizeof<Scalar>() === 8) return re * re;
  const im = f64.load(at + 8);
  return re * re + im * im;
}

/** y -= f x over `bytes` */
export function subtractRow(y: usize, f: usize, x: usize, bytes: usize): void {
  const a = first(f);
  const b = second(f);
  const whole = bytes & ~15;
  for (let i: usize = 0; i < whole; i += 16) {
    v128.store(y + i, f64x2.sub(v128.load(y + i), times(a, b, v128.load(x + i))));
  }
  if (whole < bytes) f64.store(y + whole, f64.load(y + whole) - f64.load(f) * f64.load(x + whole));
}

/** y -= f0 x0 + f1 x1 + f2 x2 + f3 x3, the factors one after the other and the rows `stride` apart: one pass over y for four. */
export function subtractFour(y: usize, f: usize, x: usize, stride: usize, bytes: usize): void {
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
export function subtractRows(y: usize, f: usize, x: usize, stride: usize, bytes: usize, count: i32): void {
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
export function divide(x: usize, pivot: usize, bytes: usize): void {
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

/** y -= a . x over `bytes`, without conjugation */
export function subtractDot(y: usize, a: usize, x: usize, bytes: usize): void {
  let even = f64x2.splat(0);
  let odd = even;
  if (sizeof<Scalar>() === 16) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const b = v128.load(x + i);
      even = plus(even, v128.load64_splat(a + i), b);
      odd = plus(odd, v128.load64_splat(a + i + 8), b);
    }
    v128.store(y, f64x2.sub(v128.load(y), f64x2.add(even, timesI(odd))));
    return;
  }
  const pairs = bytes & ~31;
  for (let i: usize = 0; i < pairs; i += 32) {
    even = plus(even, v128.load(a + i), v128.load(x + i));
    odd = plus(odd, v128.load(a + i + 16), v128.load(x + i + 16));
  }
  const whole = bytes & ~15;
  if (pairs < whole) even = plus(even, v128.load(a + pairs), v128.load(x + pairs));
  const last = whole < bytes ? f64.load(a + whole) * f64.load(x + whole) : 0;
  f64.store(y, f64.load(y) - total(f64x2.add(even, odd)) - last);
}

/** i z */
export function timesI(z: v128): v128 {
  const turned = v128.shuffle<f64>(z, z, 1, 0);
  return f64x2.replace_lane(turned, 0, -f64x2.extract_lane(turned, 0));
}
