import { expect, test } from 'vitest';
import { jumpRates } from '../../../src/operators/jump-rates';
import { momentsOfRho } from '../../../src/operators/moments';
import { systemParameters } from '../../../src/parameters/system';
import { steadyState } from '../../../src/twin/steady-state';

test.each([1, 5, 8, 18])('the rates of %d atoms are those that the moments give', (atoms) => {
  const system = systemParameters({ atoms, gamma1d: 3, gammaf: 0.7, omega: 2 });
  const { pyramid, rho } = steadyState(system);
  const { Sx2, Sy2, Sz } = momentsOfRho(pyramid, rho);
  const { collectivePerTime, individualPerTime, individual } = jumpRates(system, pyramid, rho);
  // S_+ S_- = S_x^2 + S_y^2 + S_z
  expect(collectivePerTime).toBeCloseTo(3 * (Sx2 + Sy2 + Sz), 9);
  expect(individualPerTime).toBeCloseTo(0.7 * (atoms / 2 + Sz), 9);
  // In the steady state P_j does not change: jumps to lower and to higher j balance.
  expect(individual.toLowerJ).toBeCloseTo(individual.toHigherJ, 9);
});
