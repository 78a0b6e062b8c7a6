/** Whether results are the same to the last bit. A matcher compares lists of numbers one by one, a microsecond each. */
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

export function expectSameBits(found: unknown, expected: unknown): void {
  // It says where they differ.
  if (!isDeepStrictEqual(found, expected)) expect(found).toStrictEqual(expected);
}
