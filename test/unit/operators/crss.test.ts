import { describe, expect, test } from 'vitest';
import {
  crssAmplitudes,
  crssAngle,
  crssEigenvalue,
  crssFidelitiesOfPsi,
  crssFidelity,
} from '../../../src/operators/crss';
import { lowering } from '../../../src/operators/ladder';
import { momentsOfPsi } from '../../../src/operators/moments';
import { Pyramid } from '../../../src/operators/pyramid';
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

describe('a collective shift turns the CRSS', () => {
  const system = systemParameters({ atoms: 12, gamma1d: 4, omega: 9, collectiveShift: -0.5, detuning: 1 });
  const [j, s, angle] = [6, crssEigenvalue(system), crssAngle(system)];
  const crss = crssAmplitudes(j, s);
  const re = [...crss].map((c, r) => c * Math.cos(angle * r));
  const im = [...crss].map((c, r) => c * Math.sin(angle * r));

  test('so that it is an eigenstate of S_- at -2 Omega/(gamma_1D + 2i Delta) but for its top amplitude', () => {
    const square = system.gamma1D ** 2 + 4 * system.collectiveShift ** 2;
    const x = (-2 * system.omega * system.gamma1D) / square;
    const y = (4 * system.omega * system.collectiveShift) / square;
    for (let r = 0; r < 2 * j; r++) {
      const low = lowering(j, r + 1 - j);
      expect(low * re[r + 1]).toBeCloseTo(x * re[r] - y * im[r], 12);
      expect(low * im[r + 1]).toBeCloseTo(x * im[r] + y * re[r], 12);
    }
  });

  test('and it has the fidelity 1 with itself, as a state and packed, and less with the one that is not turned', () => {
    const pyramid = new Pyramid(12);
    const rho = new Float64Array(2 * pyramid.unknowns);
    for (let r = 0; r <= 2 * j; r++) {
      for (let c = 0; c <= r; c++) {
        rho[pyramid.index(0, r, c)] = re[r] * re[c] + im[r] * im[c];
        rho[pyramid.unknowns + pyramid.index(0, r, c)] = im[r] * re[c] - re[r] * im[c];
      }
    }
    expect(crssFidelity(pyramid, rho, s, angle)).toBeCloseTo(1, 12);
    expect(crssFidelitiesOfPsi(system, j, re, im).crssFidelity).toBeCloseTo(1, 12);
    const straight = crssFidelity(pyramid, rho, s);
    expect(straight).toBeLessThan(0.99);
    expect(crssFidelitiesOfPsi(system, j, crss).crssFidelity).toBeCloseTo(straight, 12);
  });
});
