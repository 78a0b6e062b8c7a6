import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { crssEigenvalue, crssFidelity } from '../../../src/operators/crss';
import {
  magnetizationDistribution,
  momentsOfRho,
  perpendicularVariances,
  spinDistribution,
} from '../../../src/operators/moments';
import { InputError } from '../../../src/parameters/errors';
import { systemParameters } from '../../../src/parameters/system';
import { denseLiouvillian } from '../../../src/twin/liouvillian';
import { MAX_TWIN_ATOMS, steadyState } from '../../../src/twin/steady-state';
import { FIGURE_4, RATIO, SMALL } from '../reference';

describe.each([FIGURE_4, SMALL, RATIO])('the reference at N = $numbers.N', ({ system, numbers }) => {
  const { pyramid, rho, residual } = steadyState(system);

  test('moments and squeezing', () => {
    const { xi2, var_perp_x, var_perp_in, ...expected } = numbers.steady;
    const moments = momentsOfRho(pyramid, rho);
    for (const [name, value] of Object.entries(expected)) {
      expect(moments).toHaveProperty(name, expect.closeTo(value, 7));
    }
    expect(moments.squeezing).toBeCloseTo(xi2, 8);
    const variances = perpendicularVariances(numbers.N, moments)!;
    expect(variances.x).toBeCloseTo(var_perp_x, 7);
    expect(variances.inPlane).toBeCloseTo(var_perp_in, 7);
  });

  test('P_m, P_j and the CRSS fidelity', () => {
    magnetizationDistribution(pyramid, rho).forEach((value, i) => {
      expect(value).toBeCloseTo(numbers.P_m[i], 9);
    });
    spinDistribution(pyramid, rho).forEach((value, i) => {
      expect(value).toBeCloseTo(numbers.P_j[i], 9);
    });
    const fidelity = crssFidelity(pyramid, rho, crssEigenvalue(system));
    expect(fidelity).toBeCloseTo(numbers.crss_fidelity_steady, 9);
  });

  test('the residual is rounding', () => {
    expect(residual).toBeLessThan(1e-14 * numbers.N ** 2 * numbers.gamma1D * 10);
  });
});

test.each([
  [7, { gamma1d: 2, gammaf: 1, drive: 0.8 }],
  [8, { gamma1d: 0, gammaf: 1, omega: 0.4 }],
  [9, { gamma1d: 1, gammaf: 1e-4, omega: 3 }],
])('a dense solution of N = %i agrees', (atoms, rates) => {
  const system = systemParameters({ atoms, ...rates });
  const { pyramid, rho } = steadyState(system);
  // The rows of L are dependent (they add up to the trace's): the first gives way to Tr rho = 1.
  const matrix = denseLiouvillian(system, pyramid).setRow(0, pyramid.identity());
  const exact = solve(matrix, Matrix.zeros(pyramid.unknowns, 1).set(0, 0, 1));
  rho.forEach((value, i) => {
    expect(value).toBeCloseTo(exact.get(i, 0), 10);
  });
});

test('one atom: the optical Bloch equations', () => {
  const { pyramid, rho } = steadyState(systemParameters({ atoms: 1, gamma1d: 2, gammaf: 1, omega: 1.7 }));
  const saturation = 9 + 8 * 1.7 ** 2;
  const { Sx, Sy, Sz } = momentsOfRho(pyramid, rho);
  expect(Sx).toBe(0);
  expect(Sz).toBeCloseTo(-9 / (2 * saturation), 13);
  expect(Sy).toBeCloseTo((4 * 1.7 * 3) / (2 * saturation), 13);
});

test('without drive all atoms are in the ground state', () => {
  const { pyramid, rho } = steadyState(systemParameters({ atoms: 12, drive: 0 }));
  expect(rho[0]).toBeCloseTo(1, 14);
  expect(momentsOfRho(pyramid, rho).squeezing).toBeCloseTo(1, 12);
});

test('without collective decay atoms are independent', () => {
  const { pyramid, rho } = steadyState(systemParameters({ atoms: 11, gamma1d: 0, gammaf: 1, omega: 0.4 }));
  const excited = 1 / 2 - 1 / (2 * (1 + 8 * 0.4 ** 2));
  let binomial = (1 - excited) ** 11;
  magnetizationDistribution(pyramid, rho).forEach((value, k) => {
    expect(value).toBeCloseTo(binomial, 12);
    binomial *= (((11 - k) / (k + 1)) * excited) / (1 - excited);
  });
});

describe('what the twin cannot do it refuses', () => {
  test('too many atoms', () => {
    const solveTooMany = () => steadyState(systemParameters({ atoms: MAX_TWIN_ATOMS + 1 }));
    expect(solveTooMany).toThrow(InputError);
    expect(solveTooMany).toThrow(/--atoms must be at most 54 .* but got 55/);
  });

  test('no individual decay, unless there is only one atom', () => {
    expect(() => steadyState(systemParameters({ gammaf: 0 }))).toThrow(
      /--gammaf must be above 0 .* but got 0/,
    );
    expect(() => steadyState(systemParameters({ atoms: 1, gammaf: 0, omega: 1 }))).not.toThrow();
  });
});
