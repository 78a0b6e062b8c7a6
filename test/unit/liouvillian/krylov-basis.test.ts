import { expect, test } from 'vitest';
import { borrowMemory, giveBack } from '../../../src/liouvillian/borrowed-memory';
import { KrylovBasis } from '../../../src/liouvillian/krylov-basis';
import { orthonormal } from '../../../src/liouvillian/krylov-space';
import { axpy, combine, dot, norm } from '../../../src/liouvillian/vectors';
import { random } from '../scaling';

/** Lengths and numbers of vectors that are multiples of what the kernel takes at once, and that are not; the last needs more than a page. */
test.each([
  [4, 4],
  [7, 5],
  [30, 11],
  [33, 8],
  [1001, 23],
])('%d numbers, %d vectors', (length, count) => {
  const next = random(length);
  const vector = () => Float64Array.from({ length }, () => next() - 0.5);
  const vectors = orthonormal(Array.from({ length: Math.min(count, length) }, vector));
  const memory = borrowMemory();
  // Another has left something there.
  new Uint8Array(memory.buffer).fill(255);
  const basis = new KrylovBasis(memory, 80, length);
  for (const [k, one] of vectors.entries()) {
    basis.push(one);
    // In between, as a space that grows does.
    const x = vector();
    const rest = x.slice();
    const parts = basis.takeOut(rest);
    expect(parts).toHaveLength(k + 1);
    for (const [i, q] of vectors.slice(0, k + 1).entries()) {
      expect(Math.abs(parts[i] - dot(q, x))).toBeLessThan(1e-13);
      expect(Math.abs(dot(q, rest))).toBeLessThan(1e-15);
    }
    const sum = basis.combine(parts);
    const expected = combine(vectors.slice(0, k + 1), parts);
    axpy(-1, expected, sum);
    expect(norm(sum)).toBeLessThan(1e-13);
    axpy(1, expected, rest);
    axpy(-1, x, rest);
    expect(norm(rest)).toBeLessThan(1e-13);
  }
  giveBack(memory);
});
