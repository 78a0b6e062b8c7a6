import { expect, test } from 'vitest';
import { gap } from '../../src/experiments/spectrum/gap';
import { systemParameters } from '../../src/parameters/system';
import type { SystemInput } from '../../src/parameters/system-options';
import N24 from '../reference/point-N24-ratio15.5.json';
import { runExperiment } from '../unit/liouvillian/run-experiment';
import { expectLambda1OnGpu } from './expect-lambda1';
import { inPage } from './in-page';

const kernels = 'test/gpu/kernels/liouvillian.ts';
/** A handful of float32 roundings of terms that partly cancel. */
const ROUNDINGS = 8 * 2 ** -24;

interface Matvec {
  forward: number;
  transposed: number;
  trace: number;
  adjoint: number;
}

test('L x and L^T x are the twin’s, keep the trace and are adjoint', async () => {
  const systems: SystemInput[] = [1, 2, 5, 18, 21, 54].map((atoms) => ({
    atoms,
    gamma1d: 0.7,
    gammaf: 0.4,
    omega: 1.3,
  }));
  const more: SystemInput[] = [
    { dephasing: 0.6, collectiveDephasing: 0.2 },
    { pumping: 0.5 },
    { collectivePumping: 0.1, dephasing: 0.3 },
    { detuning: 0.7, collectiveShift: -0.1 },
    { detuning: -0.4, pumping: 0.2, dephasing: 0.1, collectivePumping: 0.1, collectiveDephasing: 0.3 },
  ];
  for (const rates of more)
    systems.push(
      ...[1, 2, 9, 40].map((atoms) => ({ atoms, gamma1d: 0.7, gammaf: 0.4, omega: 1.3, ...rates })),
    );
  for (const { forward, transposed, trace, adjoint } of await inPage<Matvec[]>(kernels, 'matvecs', systems)) {
    expect(forward).toBeLessThan(ROUNDINGS);
    expect(transposed).toBeLessThan(ROUNDINGS);
    expect(Math.abs(trace)).toBeLessThan(100 * ROUNDINGS);
    expect(Math.abs(adjoint)).toBeLessThan(ROUNDINGS);
  }
});

test('L x and L^T x of the antisymmetric sector are those of float64, and its diagonals stay zero', async () => {
  const systems: SystemInput[] = [{}, { dephasing: 0.6 }, { pumping: 0.5, dephasing: 0.2 }].flatMap((rates) =>
    [2, 9, 40].map((atoms) => ({ atoms, gamma1d: 0.7, gammaf: 0.4, omega: 1.3, ...rates })),
  );
  const found = await inPage<Matvec[]>(kernels, 'matvecs', systems, 'antisymmetric');
  for (const { forward, transposed, trace, adjoint } of found) {
    expect(forward).toBeLessThan(ROUNDINGS);
    expect(transposed).toBeLessThan(ROUNDINGS);
    expect(trace).toBe(0);
    expect(Math.abs(adjoint)).toBeLessThan(ROUNDINGS);
  }
});

test('the slowest antisymmetric decay with float32 corrections, N = 48, is that of float64 ones', async () => {
  const system: SystemInput = { atoms: 48, ratio: 15.5, drive: 0.74 };
  const { result } = await runExperiment(gap, systemParameters(system), {});
  const mode = await inPage<{ re: number; error: number; matvecs: number }>(kernels, 'antisymmetric', system);
  expect(mode.matvecs).toBeGreaterThan(0);
  expect(mode.error).toBeLessThan(0.01 * mode.re);
  expect(Math.abs(mode.re - result.antisymmetric!.re)).toBeLessThan(mode.error + result.antisymmetric!.error);
});

/** `npm run test:long` has N = 54. */
test('lambda_1 at N = 24 with float32 corrections: inside its bound of 1e-5, in at most 3,000 matvecs', async () => {
  await expectLambda1OnGpu({ atoms: 24, ratio: 15.5, drive: 0.722 }, N24.lambda1);
});

test('off resonance, N = 26: lambda_1 with float32 corrections is that of float64 ones', async () => {
  const system: SystemInput = { atoms: 26, ratio: 15.5, drive: 0.75, detuning: 0.5 };
  const { result } = await runExperiment(gap, systemParameters(system), { tolerance: 1e-8 });
  expect(result.certified).toBe(true);
  const mode = await inPage<{ re: number; error: number; residual: number }>(
    kernels,
    'slowMode',
    system,
    1e-5,
  );
  expect(Math.abs(mode.re - result.lambda1.value)).toBeLessThan(mode.error + result.lambda1.error);
  expect(mode.error).toBeLessThan(1e-5 * mode.re);
  expect(mode.residual).toBeLessThan(1e-6);
});
