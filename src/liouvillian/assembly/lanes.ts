/** Two float64 numbers to an instruction. The compiler puts these where they are called. */

export function load(address: usize): v128 {
  return v128.load(address);
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

/** a . b over `bytes` */
export function dot(a: usize, b: usize, bytes: usize): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 32) {
    even = plus(even, load(a + i), load(b + i));
    odd = plus(odd, load(a + i + 16), load(b + i + 16));
  }
  return total(f64x2.add(even, odd));
}
