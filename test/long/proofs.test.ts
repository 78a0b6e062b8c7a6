/** Proofs at 200 atoms: a minute or two for each mean on two cores without a GPU. */
import { expect, test } from 'vitest';
import { gap } from '../../src/experiments/spectrum/gap';
import { steadyState } from '../../src/experiments/spectrum/steady-state';
import { systemParameters } from '../../src/parameters/system';
import { runExperiment } from '../unit/liouvillian/run-experiment';

const system = systemParameters({ atoms: 200, ratio: 15.5, drive: 0.765 });

test('means of 200 atoms are enclosed to 1e-5, and the estimates lie within their bounds of them', async () => {
  const { result } = await runExperiment(steadyState, system, { prove: 'Sy,Sz,squeezing' });
  const { proven, moments, errors } = result;
  for (const name of ['Sy', 'Sz', 'squeezing'] as const) {
    const { lower, upper } = proven![name]!;
    expect((upper - lower) / Math.abs(lower)).toBeLessThan(1e-5);
    expect(moments[name]! - errors.moments[name]!).toBeLessThanOrEqual(upper);
    expect(moments[name]! + errors.moments[name]!).toBeGreaterThanOrEqual(lower);
  }
});

test('the lifetime of 200 atoms is proven to 1e-2', async () => {
  const { result } = await runExperiment(gap, system, { prove: 'on' });
  expect(Math.abs(result.proven!.rate / 0.000958523 - 1)).toBeLessThan(1e-5);
  expect(result.proven!.within).toBeLessThan(1e-2);
});
