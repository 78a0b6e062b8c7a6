import { describe, expect, test } from 'vitest';
import { Pyramid } from '../../../src/operators/pyramid';

test.each([
  [1, 3],
  [2, 7],
  [5, 34],
  [18, 715],
  [24, 1547],
  [54, 15022],
  [110, 118636],
  [200, 691951],
])('N = %i has %i unknowns in the symmetric sector', (atoms, unknowns) => {
  expect(new Pyramid(atoms).unknowns).toBe(unknowns);
});

test.each([1, 2, 7, 18, 1000])('the two sectors of N = %i hold all elements between them', (atoms) => {
  const symmetric = new Pyramid(atoms);
  const elements = symmetric.blocks.reduce((sum, { dim }) => sum + dim ** 2, 0);
  expect(symmetric.unknowns + new Pyramid(atoms, 'antisymmetric').unknowns).toBe(elements);
});

describe.each([4, 7])('N = %i', (atoms) => {
  test.each(['symmetric', 'antisymmetric'] as const)(
    'indices of the %s sector run through a packed vector',
    (sector) => {
      const pyramid = new Pyramid(atoms, sector);
      let count = 0;
      pyramid.forEach((index, b, r, c) => {
        expect(index).toBe(count++);
        expect(pyramid.index(b, r, c)).toBe(index);
      });
      expect(count).toBe(pyramid.unknowns);
    },
  );

  test.each(['symmetric', 'antisymmetric'] as const)(
    'elements and the inner product agree in the %s sector',
    (sector) => {
      const pyramid = new Pyramid(atoms, sector);
      const x = Float64Array.from({ length: pyramid.unknowns }, (_, i) => Math.sin(i + 1));
      let [squares, trace] = [0, 0];
      for (const { index: b, dim } of pyramid.blocks) {
        for (let r = 0; r < dim; r++) {
          trace += pyramid.element(x, b, r, r);
          for (let c = 0; c < dim; c++) {
            squares += pyramid.element(x, b, r, c) ** 2;
            const mirrored = pyramid.element(x, b, c, r) * (sector === 'symmetric' ? 1 : -1);
            expect(pyramid.element(x, b, r, c)).toBeCloseTo(mirrored, 15);
          }
        }
      }
      expect(pyramid.inner(x, x)).toBeCloseTo(squares, 12);
      expect(pyramid.trace(x)).toBeCloseTo(trace, 12);
      expect(pyramid.inner(pyramid.identity(), x)).toBeCloseTo(trace, 12);
      expect(pyramid.element(x, 0, 0, atoms + 1)).toBe(0);
      expect(pyramid.element(x, -1, 0, 0)).toBe(0);
    },
  );
});
