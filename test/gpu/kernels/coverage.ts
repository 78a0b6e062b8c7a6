import { EnsembleStatistics } from '../../../src/statistics/ensemble';
import type { Measured } from '../../../src/statistics/estimate';
import { walkEnsemble } from '../../../src/trajectories/ensemble';
import { blockSize } from '../../../src/trajectories/record';
import { type CoverageRequest, coveredBy } from '../../covered';
import { withGpu } from '../with-gpu';
import { type Request, requestOf } from './ensemble';

/** <S_z> of small ensembles, one for each seed from 1 on. */
export function smallEnsembles(request: Request, seeds: number) {
  return withGpu(async (gpu) => {
    const never = new AbortController().signal;
    const found: Measured[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const statistics = new EnsembleStatistics(request.system, request);
      for await (const batch of walkEnsemble(gpu, requestOf({ ...request, seed }), never, () => {})) {
        statistics.add(batch);
      }
      found.push(statistics.steady().Sz);
    }
    return found;
  });
}

export const coverage = (request: CoverageRequest, truths: Record<string, number>) =>
  withGpu((gpu) => {
    const plan = { trajectories: blockSize, walkers: 64 };
    const batches = walkEnsemble(gpu, requestOf(request), new AbortController().signal, () => {}, plan);
    return coveredBy(batches, request, truths);
  });
