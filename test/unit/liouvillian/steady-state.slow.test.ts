import { describe, expect, test } from 'vitest';
import { steadyState } from '../../../src/experiments/spectrum/steady-state';
import { momentsOfRho } from '../../../src/operators/moments';
import { systemParameters } from '../../../src/parameters/system';
import { steadyState as twin } from '../../../src/twin/steady-state';
import { runExperiment } from './run-experiment';

const names = ['Sz', 'Sy', 'Sx2', 'Sy2', 'Sz2'] as const;

describe.each([1, 2, 5, 8, 22])('%d atoms', (atoms) => {
  test.each([0, 0.1, 10])(
    'gamma_1D = %d: every moment inside its bound, from no drive to a strong one',
    async (gamma1d) => {
      for (const omega of [0, 0.125, 0.25, 1, 5, 100]) {
        const system = systemParameters({ atoms, gamma1d, gammaf: 1, omega });
        const { result, warnings } = await runExperiment(steadyState, system);
        const { moments, errors, matvecs } = result;
        const { pyramid, rho } = twin(system);
        const expected = momentsOfRho(pyramid, rho);
        // What rounding leaves in the twin's sums.
        const rounding = 1e-13 * atoms ** 2;
        for (const name of names) {
          expect(Math.abs(moments[name] - expected[name])).toBeLessThan(errors.moments[name] + rounding);
        }
        expect(errors.moments.Sz).toBeLessThan(1e-5 * atoms);
        expect(errors.moments.squeezing === null).toBe(moments.squeezing === null);
        expect(matvecs).toBeLessThan(2500);
        expect(warnings.join()).not.toMatch(/corrections stall/);
      }
    },
  );
});

test('30 independent atoms under a strong drive, where corrections fail, are solved outright', async () => {
  const system = systemParameters({ atoms: 30, gamma1d: 0, gammaf: 1, omega: 100 });
  const { result, warnings } = await runExperiment(steadyState, system);
  // One atom's Bloch equations, with the paper's Omega: half a Rabi frequency.
  const Sz = (-30 / 2) * (1 / 4 / (1 / 4 + 2 * 100 ** 2));
  expect(Math.abs(result.moments.Sz - Sz)).toBeLessThan(result.errors.moments.Sz);
  expect(result.errors.moments.Sz).toBeLessThan(1e-4);
  expect(result.matvecs).toBeLessThan(15_000);
  expect(warnings.join()).not.toMatch(/corrections stall/);
});
