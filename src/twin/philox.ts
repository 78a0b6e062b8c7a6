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
  let [a, b, c, d] = counter.map((word) => BigInt(word)) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = seed.map((word) => BigInt(word)) as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const p = 0xd2511f53n * a;
    const q = 0xcd9e8d57n * c;
    [a, b, c, d] = [(q >> 32n) ^ b ^ k0, q & mask, (p >> 32n) ^ d ^ k1, p & mask];
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [Number(a), Number(b), Number(c), Number(d)];
}

const mask = 0xffffffffn;

/** Uniform in (0, 1], as the kernel's `uniform01` but not rounded to float32. */
export const uniform01 = (bits: number): number => (bits + 0.5) * 2 ** -32;
