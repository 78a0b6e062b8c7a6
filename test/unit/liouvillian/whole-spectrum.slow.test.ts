/** lambda_1 and lambda_2 against all eigenvalues of the matrix of L. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { gap } from '../../../src/experiments/spectrum/gap';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { type SystemParameters, systemParameters } from '../../../src/parameters/system';
import { runExperiment } from './run-experiment';

/** All decay rates and frequencies but the steady state's. */
function spectrum(system: SystemParameters): { re: number; im: number }[] {
  const liouvillian = new Liouvillian(system);
  const { unknowns } = liouvillian;
  const matrix = Matrix.zeros(unknowns, unknowns);
  for (let i = 0; i < unknowns; i++) {
    const unit = new Float64Array(unknowns);
    unit[i] = 1;
    liouvillian.image('forward', unit).forEach((value, k) => {
      matrix.set(k, i, value);
    });
  }
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(matrix);
  return realEigenvalues
    .map((re, i) => ({ re: -re, im: Math.abs(imaginaryEigenvalues[i]) }))
    .sort((a, b) => Math.hypot(a.re, a.im) - Math.hypot(b.re, b.im))
    .slice(1);
}

// From bistability to Rabi sidebands that decay more slowly than everything near 0.
test.each([
  { atoms: 9, gamma1d: 10, gammaf: 1, omega: 15 },
  { atoms: 9, gamma1d: 3, gammaf: 1, omega: 0.5 },
  { atoms: 9, gamma1d: 0.2283179509204645, gammaf: 0.35329300780948036, omega: 17.069250456726035 },
  { atoms: 9, gamma1d: 0.10042790884412972, gammaf: 0.5120987141869952, omega: 22.683373581863005 },
  { atoms: 9, gamma1d: 0.01642922887782645, gammaf: 0.34321924747878985, omega: 18.75889219849816 },
  { atoms: 9, gamma1d: 0, gammaf: 0.10427001814114352, omega: 71.69860594875736 },
  { atoms: 7, gamma1d: 0.5, gammaf: 0.1, omega: 90 },
  { atoms: 4, gamma1d: 0, gammaf: 2, omega: 0 },
  { atoms: 2, gamma1d: 40, gammaf: 0.2, omega: 0.02 },
  { atoms: 1, gamma1d: 0.3, gammaf: 0.4, omega: 0.05 },
])(
  '$atoms atoms, gamma_1D = $gamma1d, gamma_F = $gammaf, Omega = $omega: the slowest, inside its bound',
  async (input) => {
    const system = systemParameters(input);
    const all = spectrum(system);
    const { result } = await runExperiment(gap, system);
    const { lambda1, lambda2, frequency, certified } = result;
    // What the dense solver's rounding leaves.
    const rounding = 1e-10 * Math.max(...all.map(({ re }) => re));
    const off = (re: number, im: number) =>
      Math.min(...all.map((one) => Math.hypot(one.re - re, one.im - im)));
    expect(certified).toBe(true);
    expect(off(lambda1.value, frequency)).toBeLessThan(lambda1.error + rounding);
    const slowest = Math.min(...all.map(({ re }) => re));
    expect(Math.abs(lambda1.value - slowest)).toBeLessThan(lambda1.error + rounding);
    if (lambda2) {
      expect(off(lambda2.re, lambda2.im)).toBeLessThan(lambda2.error + 100 * rounding);
      expect(lambda2.error).toBeLessThan(0.05 * Math.hypot(lambda2.re, lambda2.im));
    }
  },
);

// Against numpy's eigenvalues of the dense matrix: pairs far from 0 decay more slowly than all near it.
test.each([
  { atoms: 13, gamma1d: 0.25, gammaf: 1, omega: 10, lambda: [0.9420566563, 19.8613058] },
  { atoms: 24, ratio: 2, drive: 4, lambda: [0.78341094, 3.61076036] },
])('the Rabi sideband of $atoms atoms is the slowest', async ({ lambda: [re, im], ...input }) => {
  const { result, warnings } = await runExperiment(gap, systemParameters(input));
  expect(result.certified).toBe(true);
  expect(result.lambda1.value).toBeCloseTo(re, 7);
  expect(result.frequency).toBeCloseTo(im, 3);
  expect(result.searchedWithin).toBeGreaterThan(im);
  expect(warnings.join()).toMatch(/complex pair/);
});

test('far above the drive of bistability every place is looked at', async () => {
  const strong = systemParameters({ atoms: 18, gamma1d: 0.1, gammaf: 1, omega: 80 });
  const { result } = await runExperiment(gap, strong);
  expect(result.searchedWithin).toBeGreaterThan(160);
  expect(result.certified).toBe(true);
  expect(result.slowest!.sector).toBe('antisymmetric');
});
