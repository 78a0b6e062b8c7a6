import { describe, expect, test } from 'vitest';
import { Pyramid } from '../../../src/operators/pyramid';
import { systemParameters } from '../../../src/parameters/system';
import {
  applyLiouvillian,
  applyLiouvillianTransposed,
  denseLiouvillian,
} from '../../../src/twin/liouvillian';

const waves = (length: number, k: number) => Float64Array.from({ length }, (_, i) => Math.sin(k * i + 1));

describe.each([1, 2, 3, 5, 18, 19])('N = %i', (atoms) => {
  const system = systemParameters({ atoms, gamma1d: 0.7, gammaf: 1.1, omega: 2.3 });

  describe.each(['symmetric', 'antisymmetric'] as const)('%s sector', (sector) => {
    const pyramid = new Pyramid(atoms, sector);
    const [x, w] = [waves(pyramid.unknowns, 0.7), waves(pyramid.unknowns, 1.3)];
    const y = new Float64Array(pyramid.unknowns);

    test('the trace does not change', () => {
      applyLiouvillian(system, pyramid, x, y);
      expect(Math.abs(pyramid.trace(y))).toBeLessThan(1e-13 * Math.sqrt(pyramid.inner(y, y)));
    });

    test('the transpose is the adjoint', () => {
      const z = new Float64Array(pyramid.unknowns);
      applyLiouvillian(system, pyramid, x, y);
      applyLiouvillianTransposed(system, pyramid, w, z);
      const scale = Math.sqrt(pyramid.inner(w, w) * pyramid.inner(y, y));
      expect(Math.abs(pyramid.inner(w, y) - pyramid.inner(z, x))).toBeLessThan(1e-14 * scale);
    });

    test('the dense matrix is the same map', () => {
      applyLiouvillian(system, pyramid, x, y);
      const dense = denseLiouvillian(system, pyramid);
      y.forEach((value, row) => {
        const sum = dense.getRow(row).reduce((total, entry, column) => total + entry * x[column], 0);
        expect(sum).toBeCloseTo(value, 10);
      });
    });
  });

  test('the identity is an observable that stands still', () => {
    const pyramid = new Pyramid(atoms);
    const y = new Float64Array(pyramid.unknowns);
    applyLiouvillianTransposed(system, pyramid, pyramid.identity(), y);
    for (const value of y) expect(Math.abs(value)).toBeLessThan(1e-13 * atoms);
  });
});

test('the mean spin obeys its equations of motion: d<S_z>/dt of the ground and the fully excited state', () => {
  const system = systemParameters({ atoms: 6, gamma1d: 0.7, gammaf: 1.1, omega: 2.3 });
  const pyramid = new Pyramid(6);
  const [rho, y] = [new Float64Array(pyramid.unknowns), new Float64Array(pyramid.unknowns)];
  const speed = (row: number) => {
    rho.fill(0);
    rho[pyramid.index(0, row, row)] = 1;
    applyLiouvillian(system, pyramid, rho, y);
    let sum = 0;
    pyramid.forEach((index, b, r, c) => {
      if (r === c) sum += (r - pyramid.blocks[b].j) * y[index];
    });
    return sum;
  };
  // <S_+S_-> is 0 and N; every excited atom decays at gamma_F.
  expect(speed(0)).toBeCloseTo(0, 13);
  expect(speed(6)).toBeCloseTo(-6 * (0.7 + 1.1), 12);
});
