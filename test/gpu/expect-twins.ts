/** Trajectories on the GPU against their float64 twins. */
import type { UnravelingName } from '../../src/trajectories/unraveling-facts';
import { expectTwins, type TwinCase, twinRequest } from '../expect-twins';
import { inPage } from './in-page';

export interface GpuCase extends TwinCase {
  /** as on an adapter without subgroup operations */
  withoutSubgroups?: boolean;
}

/** @returns the twins' jumps by channel */
export async function expectTwinsOnGpu(
  unraveling: UnravelingName,
  twinCase: GpuCase,
  allowed: number,
): Promise<number[]> {
  const request = twinRequest(twinCase);
  const { traces } = await inPage<{ traces: number[][] }>('test/gpu/kernels/ensemble.ts', 'walk', {
    ...request,
    unraveling,
    withoutSubgroups: twinCase.withoutSubgroups,
    committor: [...request.committor],
  });
  return expectTwins(unraveling, twinCase, traces, allowed);
}
