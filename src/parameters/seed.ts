import { InputError } from './errors';

/** The seed as Philox's 64-bit key: two u32 words, low word first. */
export type SeedWords = readonly [number, number];

/** @param seed a whole number from 0 to 2^53 - 1 @throws InputError */
export function seedWords(seed: number): SeedWords {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new InputError('seed', seed, 'a whole number from 0 to 2^53 - 1');
  }
  return [seed >>> 0, Math.floor(seed / 2 ** 32)];
}
