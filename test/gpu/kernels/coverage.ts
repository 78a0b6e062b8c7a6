import { EnsembleStatistics, type Estimate } from '../../../src/statistics/ensemble';
import { walkEnsemble } from '../../../src/trajectories/ensemble';
import { withGpu } from '../with-gpu';
import { type Request, requestOf } from './ensemble';

/** <S_z> of small ensembles, one for each seed from 1 on. */
export function smallEnsembles(request: Request, seeds: number) {
  return withGpu(async (gpu) => {
    const never = new AbortController().signal;
    const found: Estimate[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const statistics = new EnsembleStatistics(request.system.atoms, request.samples);
      for await (const batch of walkEnsemble(gpu, requestOf({ ...request, seed }), never, () => {})) {
        statistics.add(batch);
      }
      found.push(statistics.steady().Sz);
    }
    return found;
  });
}
