import { EnsembleStatistics } from '../../../src/statistics/ensemble';
import { walkEnsemble } from '../../../src/trajectories/ensemble';
import { type Averages, averagesOf } from '../../steady-averages';
import { withGpu } from '../with-gpu';
import { type Request, requestOf } from './ensemble';

export function averages(request: Request): Promise<Averages> {
  return withGpu(async (gpu) => {
    const statistics = new EnsembleStatistics(request.system, request);
    const never = new AbortController().signal;
    for await (const batch of walkEnsemble(gpu, requestOf(request), never, () => {})) statistics.add(batch);
    return averagesOf(statistics);
  });
}
