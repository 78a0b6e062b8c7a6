/** Two float64 numbers to an instruction. The compiler puts these where they are called. */

export function load(address: usize): v128 {
  return v128.load(address);
}

/** Two float32 numbers as float64. */
export function loadSingle(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load_zero<u64>(address));
}

export function plus(a: v128, factor: v128, b: v128): v128 {
  return f64x2.add(a, f64x2.mul(factor, b));
}

export function minus(a: v128, factor: v128, b: v128): v128 {
  return f64x2.sub(a, f64x2.mul(factor, b));
}

export function total(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** a . b over `bytes` of a; b is in float32 */
export function dotSingle(a: usize, b: usize, bytes: usize): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 32) {
    even = plus(even, load(a + i), loadSingle(b + (i >> 1)));
    odd = plus(odd, load(a + i + 16), loadSingle(b + (i >> 1) + 8));
  }
  return total(f64x2.add(even, odd));
}
