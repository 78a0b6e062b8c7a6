/** Philox4x32-10, as `shaders/philox.wgsl` and `src/twin/philox.ts` have it. */

/** The four words of the last block. */
export let word0: u32 = 0;
export let word1: u32 = 0;
export let word2: u32 = 0;
export let word3: u32 = 0;

/** Block (c0, c1, c2, c3) under the key (k0, k1). */
export function philox(c0: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32): void {
  for (let round = 0; round < 10; round++) {
    const p = u64(0xd2511f53) * u64(c0);
    const q = u64(0xcd9e8d57) * u64(c2);
    c0 = u32(q >> 32) ^ c1 ^ k0;
    c1 = u32(q);
    c2 = u32(p >> 32) ^ c3 ^ k1;
    c3 = u32(p);
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  word0 = c0;
  word1 = c1;
  word2 = c2;
  word3 = c3;
}

/** Uniform in (0, 1]: never 0, so that its logarithm is finite. */
export function uniform01(bits: u32): f64 {
  return (f64(bits) + 0.5) * 2.3283064365386963e-10;
}
