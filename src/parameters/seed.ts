/** The seed as Philox's 64-bit key: two u32 words, low word first. */
export type SeedWords = readonly [number, number];

/** @param seed a whole number from 0 to 2^53 - 1 */
export function seedWords(seed: number): SeedWords {
  return [seed >>> 0, Math.floor(seed / 2 ** 32)];
}
