/** lambda_1 by the GPU's float32 corrections against a reference point. */
import { expect } from 'vitest';
import type { SystemInput } from '../../src/parameters/system-options';
import { inPage } from './in-page';

interface Mode {
  re: number;
  error: number;
  matvecs: number;
  residual: number;
}

/** Inside its bound, that at most 1e-5 of it, in at most 3,000 matvecs. */
export async function expectLambda1OnGpu(system: SystemInput, lambda1: number): Promise<void> {
  const mode = await inPage<Mode>('test/gpu/kernels/liouvillian.ts', 'slowMode', system, 1e-5);
  expect(Math.abs(mode.re - lambda1)).toBeLessThan(mode.error);
  expect(mode.error).toBeLessThan(1e-5 * lambda1);
  expect(mode.matvecs).toBeLessThan(3000);
  expect(mode.residual).toBeLessThan(1e-6);
}
