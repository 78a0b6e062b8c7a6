// Philox4x32-10, the counter-based generator of Salmon et al., SC'11 (Random123). A pure function of a 128-bit
// counter and a 64-bit key: trajectory n draws its k-th block from counter (k, stream, n_lo, n_hi) under
// key = seed, so no draw depends on which invocation, dispatch or batch makes it.

/// The 64-bit product of two u32 as (high, low): WGSL has no 64-bit integers, so by 16-bit halves.
fn mulWide(a: u32, b: u32) -> vec2u {
  let aLow = a & 0xffffu;
  let aHigh = a >> 16u;
  let bLow = b & 0xffffu;
  let bHigh = b >> 16u;
  let lowLow = aLow * bLow;
  let middle = aHigh * bLow + (lowLow >> 16u);
  let carry = aLow * bHigh + (middle & 0xffffu);
  return vec2u(aHigh * bHigh + (middle >> 16u) + (carry >> 16u), a * b);
}

fn philox(counter: vec4u, seed: vec2u) -> vec4u {
  var c = counter;
  var k = seed;
  for (var round = 0u; round < 10u; round++) {
    let p = mulWide(0xD2511F53u, c.x);
    let q = mulWide(0xCD9E8D57u, c.z);
    c = vec4u(q.x ^ c.y ^ k.x, q.y, p.x ^ c.w ^ k.y, p.y);
    k += vec2u(0x9E3779B9u, 0xBB67AE85u);
  }
  return c;
}

/// Uniform in (0, 1]: never 0, so that its logarithm is finite.
fn uniform01(bits: u32) -> f32 {
  return fma(f32(bits), 0x1p-32, 0x1p-33);
}
