import { expect, test } from 'vitest';
import type { SystemInput } from '../../src/parameters/system';
import N54 from '../reference/point-N54-figure2b.json';
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
  for (const { forward, transposed, trace, adjoint } of await inPage<Matvec[]>(kernels, 'matvecs', systems)) {
    expect(forward).toBeLessThan(ROUNDINGS);
    expect(transposed).toBeLessThan(ROUNDINGS);
    expect(Math.abs(trace)).toBeLessThan(100 * ROUNDINGS);
    expect(Math.abs(adjoint)).toBeLessThan(ROUNDINGS);
  }
});

test('lambda_1 at N = 54 with float32 corrections: inside its bound of 1e-5, in at most 3,000 matvecs', async () => {
  const system: SystemInput = { atoms: 54, ratio: 15.5, drive: 0.75 };
  const mode = await inPage<{ re: number; error: number; matvecs: number; residual: number }>(
    kernels,
    'slowMode',
    system,
    1e-5,
  );
  const error = Math.abs(mode.re - N54.lambda1);
  expect(error).toBeLessThan(mode.error);
  expect(mode.error).toBeLessThan(1e-5 * N54.lambda1);
  expect(mode.matvecs).toBeLessThan(3000);
  expect(mode.residual).toBeLessThan(1e-6);
});
