/**
 * Vectors of T = f32 (four to an instruction, for speed) or f64 (two, the oracle of the same source), and the few functions of
 * real numbers that a walk needs. Scalars are f64 in both. The compiler puts all of this where it is called.
 */

/**
 * Of amplitudes of the kind A, which is as large as they have parts: i8 where they are real, i16 where they are complex. Code for real ones
 * holds nothing of what complex ones need.
 */
export function isComplex<A>(): bool {
  return sizeof<A>() === 2;
}

/** Numbers of T to a vector. */
export function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

/** Bytes of `count` numbers of T. */
export function bytes<T>(count: i32): usize {
  return usize(count) * sizeof<T>();
}

export function plus<T>(a: v128, factor: v128, b: v128): v128 {
  return v128.add<T>(a, v128.mul<T>(factor, b));
}

export function splat<T>(x: f64): v128 {
  return v128.splat<T>(<T>x);
}

export function total<T>(a: v128): f64 {
  if (sizeof<T>() === 8) return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  const pair = f32x4.add(a, i32x4.shuffle(a, a, 2, 3, 0, 1));
  return <f64>(f32x4.extract_lane(pair, 0) + f32x4.extract_lane(pair, 1));
}

/** 0, 1, ... */
export function ramp<T>(): v128 {
  return sizeof<T>() === 4 ? f32x4(0, 1, 2, 3) : f64x2(0, 1);
}

/** What rounds a number below 2^22 (2^51) to a whole one when it is added, which the last bits then hold. */
function rounder<T>(): f64 {
  return sizeof<T>() === 4 ? 12582912 : 6755399441055744;
}

/** 2^x for x <= 0, to T's rounding; where that is nearly too small for T, the least that it returns. */
export function exp2<T>(x: v128): v128 {
  const y = v128.max<T>(x, splat<T>(sizeof<T>() === 4 ? -126 : -1022));
  const magic = splat<T>(rounder<T>());
  const shifted = v128.add<T>(y, magic);
  const z = v128.sub<T>(y, v128.sub<T>(shifted, magic));
  // sum_i (z log 2)^i / i!, |z| <= 1/2
  let p: v128;
  if (sizeof<T>() === 4) {
    p = splat<T>(0.00015403530393381606);
  } else {
    p = splat<T>(1.3691488853904124e-12);
    p = plus<T>(splat<T>(2.5678435993488196e-11), z, p);
    p = plus<T>(splat<T>(4.44553827187081e-10), z, p);
    p = plus<T>(splat<T>(7.054911620801121e-9), z, p);
    p = plus<T>(splat<T>(1.0178086009239696e-7), z, p);
    p = plus<T>(splat<T>(1.3215486790144305e-6), z, p);
    p = plus<T>(splat<T>(1.5252733804059838e-5), z, p);
    p = plus<T>(splat<T>(0.00015403530393381606), z, p);
  }
  p = plus<T>(splat<T>(0.0013333558146428441), z, p);
  p = plus<T>(splat<T>(0.009618129107628477), z, p);
  p = plus<T>(splat<T>(0.055504108664821576), z, p);
  p = plus<T>(splat<T>(0.2402265069591007), z, p);
  p = plus<T>(splat<T>(Math.LN2), z, p);
  p = plus<T>(splat<T>(1), z, p);
  // The whole part of x goes to the exponent.
  return sizeof<T>() === 4 ? i32x4.add(p, i32x4.shl(shifted, 23)) : i64x2.add(p, i64x2.shl(shifted, 52));
}

export function log<T>(x: f64): f64 {
  return sizeof<T>() === 4 ? <f64>Mathf.log(<f32>x) : Math.log(x);
}
