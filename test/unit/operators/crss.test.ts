import { describe, expect, test } from 'vitest';
import { crssAmplitudes, crssEigenvalue } from '../../../src/operators/crss';
import { lowering } from '../../../src/operators/ladder';
import { momentsOfPsi } from '../../../src/operators/moments';
import { InputError } from '../../../src/parameters/errors';
import { systemParameters } from '../../../src/parameters/system';

describe.each([
  [9, -6.205],
  [2.5, -1.6],
  [27, -19.9],
  [100, -70],
  [500, -370],
  [499.5, -1e-3],
])('the CRSS of j = %f at s = %f', (j, s) => {
  const crss = crssAmplitudes(j, s);

  test('is normalised', () => {
    expect(crss.reduce((sum, c) => sum + c ** 2, 0)).toBeCloseTo(1, 13);
  });

  test('is an eigenstate of S_- but for its top amplitude', () => {
    let square = 0;
    for (let r = 0; r < 2 * j; r++) square += (lowering(j, r + 1 - j) * crss[r + 1] - s * crss[r]) ** 2;
    expect(Math.sqrt(square)).toBeLessThan(1e-12 * Math.abs(s));
  });
});

test('without drive the CRSS is the ground state', () => {
  expect([...crssAmplitudes(2, 0)]).toEqual([1, 0, 0, 0, 0]);
});

test('the CRSS without spin is the singlet', () => {
  expect([...crssAmplitudes(0, -3)]).toEqual([1]);
});

test('below Omega_c the CRSS approaches the Dicke mean field (S21) and its squeezing (S44)', () => {
  const [j, x] = [500, 0.6];
  const { Sy, Sz, squeezing } = momentsOfPsi(2 * j, j, crssAmplitudes(j, -x * j));
  expect(Sy / j).toBeCloseTo(x, 3);
  expect(Sz / j).toBeCloseTo(-Math.sqrt(1 - x ** 2), 3);
  expect(squeezing).toBeCloseTo(Math.sqrt(1 - x ** 2), 2);
});

test('the eigenvalue needs collective decay', () => {
  expect(crssEigenvalue(systemParameters())).toBeCloseTo(-6.205, 14);
  expect(() => crssEigenvalue(systemParameters({ gamma1d: 0, omega: 1 }))).toThrow(InputError);
});
