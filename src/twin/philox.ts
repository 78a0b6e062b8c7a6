/**
 * Philox4x32-10 (Salmon et al., SC'11), the twin of `shaders/philox.wgsl`.
 * @param counter four u32: (k, stream, n_lo, n_hi) for the k-th block of trajectory n
 * @param seed two u32, low word first
 * @returns four u32
 */
export function philox(
  counter: readonly number[],
  seed: readonly number[],
): [number, number, number, number] {
  let [a, b, c, d] = counter;
  let [k0, k1] = seed;
  for (let round = 0; round < 10; round++) {
    const p = Math.imul(0xd2511f53, a) >>> 0;
    const q = Math.imul(0xcd9e8d57, c) >>> 0;
    const pHigh = highWord(0xd2511f53, a);
    a = (highWord(0xcd9e8d57, c) ^ b ^ k0) >>> 0;
    b = q;
    c = (pHigh ^ d ^ k1) >>> 0;
    d = p;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [a, b, c, d];
}

/** The upper half of the 64-bit product of two u32, by halves: a self-test draws too often for BigInts. */
function highWord(x: number, y: number): number {
  const low = x & 0xffff;
  const high = x >>> 16;
  const yLow = y & 0xffff;
  const yHigh = y >>> 16;
  const middle = high * yLow + ((low * yLow) >>> 16);
  const carry = low * yHigh + (middle & 0xffff);
  return high * yHigh + (middle >>> 16) + (carry >>> 16);
}

/** Uniform in (0, 1], as the kernel's `uniform01` but not rounded to float32. */
export const uniform01 = (bits: number): number => (bits + 0.5) * 2 ** -32;
