/** The gap of systems beyond a few thousand unknowns. */
import { expect, test } from 'vitest';
import { gap } from '../../../src/experiments/spectrum/gap';
import { systemParameters } from '../../../src/parameters/system';
import { runExperiment } from './run-experiment';

test('200 atoms: certified, and what another method found', async () => {
  const { result } = await runExperiment(gap, systemParameters({ atoms: 200, ratio: 15.5, drive: 0.765 }));
  const { lambda1, certified, matvecs } = result;
  expect(certified).toBe(true);
  expect(lambda1.error).toBeLessThan(1e-5 * lambda1.value);
  // Known to six digits, from Arnoldi on exp(L tau).
  expect(Math.abs(lambda1.value - 0.000958523)).toBeLessThan(lambda1.error + 5e-10);
  expect(matvecs).toBeLessThan(15000);
});

/** Where corrections fail, or all but fail: strong collective decay. The elimination knows lambda_2 as well. By SciPy's shift-invert on the same matrix (test/bench/scipy_shift_invert.py). */
test.each([
  [0.73, 0.130833994],
  [1.2, 1.299182183],
])('54 atoms at figure 4’s rates, drive %d: certified', async (drive, exact) => {
  const { result } = await runExperiment(gap, systemParameters({ atoms: 54, drive }));
  const { lambda1, lambda2, certified } = result;
  expect(certified).toBe(true);
  expect(Math.abs(lambda1.value - exact)).toBeLessThan(lambda1.error + 1e-9);
  expect(lambda1.error).toBeLessThan(1e-6);
  expect(lambda2!.error).toBeLessThan(1e-6);
});
