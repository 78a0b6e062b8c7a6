/** Ensembles on the GPU against the master equation's steady state. */
import { type Ensemble, expectSteady, steadyRequest } from '../expect-steady';
import type { Averages } from '../steady-averages';
import { inPage } from './in-page';

export async function expectSteadyOnGpu(ensemble: Ensemble, precision: number): Promise<void> {
  const found = await inPage<Averages>('test/gpu/kernels/steady.ts', 'averages', steadyRequest(ensemble));
  expectSteady(ensemble, found, precision);
}
