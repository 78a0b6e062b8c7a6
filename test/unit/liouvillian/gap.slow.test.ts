import { describe, expect, test } from 'vitest';
import { gap } from '../../../src/experiments/spectrum/gap';
import { metastable } from '../../../src/experiments/spectrum/metastable';
import { steadyState } from '../../../src/experiments/spectrum/steady-state';
import { InputError } from '../../../src/parameters/errors';
import { systemParameters } from '../../../src/parameters/system';
import { FIGURE_2B, FIGURE_4, RATIO, SMALL } from '../reference';
import { runExperiment } from './run-experiment';

const largest = (values: Iterable<number>) => Math.max(...values);
/** The reference holds nine digits. */
const PRINTED = 1e-8;

describe.each([SMALL, FIGURE_4, RATIO, FIGURE_2B])(
  'the reference at N = $numbers.N',
  ({ system, numbers }) => {
    test('gap: lambda_1 to 1e-5, inside its bound; lambda_2 inside its bound', async () => {
      const { result } = await runExperiment(gap, system);
      const { lambda1, lambda2, certified, matvecs } = result;
      const error = Math.abs(lambda1.value - numbers.lambda1);
      expect(error).toBeLessThan(1e-5 * numbers.lambda1);
      expect(error).toBeLessThan(lambda1.error + PRINTED * numbers.lambda1);
      expect(lambda1.error).toBeLessThan(1e-5 * numbers.lambda1);
      expect(certified).toBe(true);
      expect(Math.abs(lambda2!.re - numbers.lambda2[0])).toBeLessThan(lambda2!.error + PRINTED);
      expect(lambda2!.im).toBe(numbers.lambda2[1]);
      expect(matvecs).toBeLessThan(3000);
    });

    test('steady state: moments and P_m to 1e-5, inside their bounds', async () => {
      const { result } = await runExperiment(steadyState, system);
      const { Sz, Sy, Sx2, Sy2, Sz2, xi2 } = numbers.steady;
      const { moments, errors, Pm, Pj } = result;
      for (const [name, expected] of Object.entries({ Sz, Sy, Sx2, Sy2, Sz2, squeezing: xi2 })) {
        const key = name as keyof typeof moments;
        const error = Math.abs(moments[key]! - expected!);
        expect(error).toBeLessThan(1e-5 * Math.abs(expected!));
        expect(error).toBeLessThan(errors.moments[key]! + PRINTED * Math.abs(expected!));
        expect(errors.moments[key]).toBeLessThan(1e-5 * Math.abs(expected!));
      }
      for (const [values, expected, bound] of [
        [Pm, numbers.P_m, errors.Pm],
        [Pj, numbers.P_j, errors.Pj],
      ] as const) {
        const error = largest(values.map((p, i) => Math.abs(p - expected[i])));
        expect(error).toBeLessThan(bound + PRINTED);
        expect(bound).toBeLessThan(1e-7);
      }
    });

    test('metastable: weights and rates to 1e-4, inside their bounds; both states', async () => {
      const { result } = await runExperiment(metastable, system);
      const { committor, errors, plus, minus } = result;
      const close = (value: number, expected: number, bound: number) => {
        const error = Math.abs(value - expected);
        expect(error).toBeLessThan(1e-4 * expected);
        expect(error).toBeLessThan(bound + PRINTED * expected);
      };
      close(result.aPlus, numbers.a_plus, errors.aPlus);
      close(result.aMinus, numbers.a_minus, errors.aMinus);
      close(result.ratePlus, numbers.Gamma_plus, errors.ratePlus);
      close(result.rateMinus, numbers.Gamma_minus, errors.rateMinus);
      close(committor.pPlus, numbers.committor.p_plus_steady, errors.committor.pPlus);
      close(committor.ratePlus, numbers.committor.rate_plus, errors.committor.ratePlus);
      close(committor.rateMinus, numbers.committor.rate_minus, errors.committor.rateMinus);
      expect(plus.moments.Sz).toBeCloseTo(numbers.rho_plus.Sz, 5);
      expect(minus.moments.Sz).toBeCloseTo(numbers.rho_minus.Sz, 5);
      expect(plus.moments.squeezing).toBeCloseTo(numbers.rho_plus.xi2, 5);
      expect(minus.moments.squeezing).toBeCloseTo(numbers.rho_minus.xi2, 4);
      expect(plus.crssFidelity).toBeCloseTo(numbers.crss_fidelity_plus, 5);
      expect(plus.crssFidelityAllJ).toBeCloseTo(numbers.crss_fidelity_plus_all_j, 5);
      expect(largest(plus.Pm.map((p, i) => Math.abs(p - numbers.P_m_plus[i])))).toBeLessThan(1e-6);
      expect(largest(minus.Pm.map((p, i) => Math.abs(p - numbers.P_m_minus[i])))).toBeLessThan(1e-6);
    });
  },
);

describe('degenerate systems', () => {
  test('one atom: the Bloch equations have a complex pair, and no second mode', async () => {
    // decay of the inversion and of the coherence in the drive's plane: -3 Gamma/4 +- i sqrt(W^2 - (Gamma/4)^2), W = 2 Omega
    const { result, warnings } = await runExperiment(
      gap,
      systemParameters({ atoms: 1, gamma1d: 1, gammaf: 1, omega: 1 }),
    );
    expect(result.lambda1.value).toBeCloseTo(1.5, 10);
    expect(result.frequency).toBeCloseTo(Math.sqrt(4 - 1 / 4), 10);
    expect(result.lambda2).toBeNull();
    expect(result.antisymmetric!.re).toBeCloseTo(1, 10);
    expect(warnings.join()).toMatch(/complex pair/);
  });

  // W = Gamma/4: the pair is born, its vectors are parallel, and an eigenvalue is known to the root of rounding.
  test.each([
    { atoms: 1, gamma1d: 0, omega: 0.125, lambda: 0.75 },
    { atoms: 1, gamma1d: 1, omega: 0.25, lambda: 1.5 },
    { atoms: 2, gamma1d: 0, omega: 0.125, lambda: 0.75 },
    { atoms: 3, gamma1d: 0, omega: 0.125, lambda: 0.75 },
    { atoms: 8, gamma1d: 0, omega: 0.125, lambda: 0.75 },
  ])('an exceptional point: $atoms atoms, Omega = $omega', async ({ lambda, ...system }) => {
    const parameters = systemParameters({ ...system, gammaf: 1 });
    const { result } = await runExperiment(gap, parameters);
    const { lambda1, frequency, certified } = result;
    expect(Math.hypot(lambda1.value - lambda, frequency)).toBeLessThan(lambda1.error);
    expect(lambda1.error).toBeLessThan(1e-6);
    expect(certified).toBe(true);
    await expect(runExperiment(metastable, parameters)).rejects.toThrow(/pair/);
  });

  test('one atom does not split into metastable states', async () => {
    const one = systemParameters({ atoms: 1, gamma1d: 1, gammaf: 1, omega: 1 });
    await expect(runExperiment(metastable, one)).rejects.toThrow(InputError);
  });

  test.each([2, 10, 30])('no drive, %d atoms: the slowest decay is one atom’s', async (atoms) => {
    const { result } = await runExperiment(
      gap,
      systemParameters({ atoms, gamma1d: 1, gammaf: 0.5, omega: 0 }),
    );
    expect(result.lambda1.value).toBeCloseTo(0.5, 8);
  });

  test('no individual decay: refused, for every j keeps its weight', async () => {
    const system = systemParameters({ atoms: 6, gamma1d: 1, gammaf: 0, omega: 1 });
    await expect(runExperiment(gap, system)).rejects.toThrow(/gammaf.*unique/s);
    await expect(runExperiment(steadyState, system)).rejects.toThrow(/gammaf.*unique/s);
  });

  test('no collective decay: one atom’s Bloch equations again', async () => {
    const { result } = await runExperiment(
      gap,
      systemParameters({ atoms: 8, gamma1d: 0, gammaf: 1, omega: 1 }),
    );
    expect(result.lambda1.value).toBeCloseTo(0.75, 6);
    expect(result.frequency).toBeCloseTo(Math.sqrt(4 - 1 / 16), 6);
  });

  test('24 atoms driven far beyond bistability: solved outright where corrections stall', async () => {
    const { result } = await runExperiment(
      gap,
      systemParameters({ atoms: 24, gamma1d: 10, gammaf: 1, drive: 3 }),
    );
    expect(result.certified).toBe(true);
  });

  test('a tolerance that float64 cannot meet is refused', () => {
    expect(() => gap.options({ tolerance: 1e-12 }, systemParameters())).toThrow(/tolerance/);
  });
});

/** Off the bistable region, against numpy's eigenvalues and vectors of the dense matrix. */
describe('where left vectors are hard', () => {
  test.each([
    { atoms: 21, gamma1d: 1, gammaf: 0.05, omega: 1, lambda2: 0.0973812055 },
    { atoms: 22, gamma1d: 1, gammaf: 10, omega: 3, lambda2: 15.8698698598 },
  ])('$atoms atoms: lambda_2 inside a bound that says something', async ({ lambda2, ...input }) => {
    const { result } = await runExperiment(gap, systemParameters(input));
    expect(Math.abs(result.lambda2!.re - lambda2)).toBeLessThan(result.lambda2!.error + PRINTED * lambda2);
    expect(result.lambda2!.error).toBeLessThan(0.01 * lambda2);
  });

  test('below the bistable interval: weights to 1e-4', async () => {
    const { result } = await runExperiment(
      metastable,
      systemParameters({ atoms: 30, ratio: 15.5, drive: 0.45 }),
    );
    expect(result.errors.aPlus).toBeLessThan(1e-4 * result.aPlus);
    expect(Math.abs(result.committor.pPlus - 0.93090424)).toBeLessThan(1e-7);
    expect(result.errors.committor.pPlus).toBeLessThan(1e-4 * (1 - result.committor.pPlus));
  });

  test('a rate far smaller than lambda_1 lies inside its own absolute bound', async () => {
    const { result } = await runExperiment(
      metastable,
      systemParameters({ atoms: 34, ratio: 30, drive: 0.5 }),
    );
    const { committor, errors } = result;
    expect(Math.abs(committor.ratePlus - 1.8719e-8)).toBeLessThan(errors.committor.ratePlus + 5e-13);
    expect(errors.committor.ratePlus).toBeLessThan(0.1 * committor.ratePlus);
  });

  test('one state is all there is: errors are not negative, weights not outside 0 to 1', async () => {
    const { result } = await runExperiment(
      metastable,
      systemParameters({ atoms: 4, gamma1d: 1, gammaf: 1, omega: 0 }),
    );
    const { committor, errors } = result;
    expect(committor.pPlus).toBeLessThanOrEqual(1);
    for (const error of [
      errors.ratePlus,
      errors.rateMinus,
      errors.committor.ratePlus,
      errors.committor.rateMinus,
    ]) {
      expect(error).toBeGreaterThanOrEqual(0);
    }
    expect(Math.abs(committor.rateMinus - 1)).toBeLessThan(errors.committor.rateMinus);
  });
});
