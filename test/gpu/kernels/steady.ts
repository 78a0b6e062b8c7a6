import { EnsembleStatistics, type Estimate } from '../../../src/statistics/ensemble';
import { jumpRate } from '../../../src/statistics/rates';
import { walkEnsemble } from '../../../src/trajectories/ensemble';
import { channels } from '../../../src/trajectories/record';
import { withGpu } from '../with-gpu';
import { type Request, requestOf } from './ensemble';

/** An ensemble's averages after the burn-in, each with its standard error. */
export interface Averages {
  moments: Record<string, Estimate>;
  Pm: Estimate[];
  Pj: Estimate[];
  /** jumps per unit of time, by channel */
  jumps: Estimate[];
}

export function averages(request: Request): Promise<Averages> {
  return withGpu(async (gpu) => {
    const statistics = new EnsembleStatistics(request.system, request);
    const never = new AbortController().signal;
    for await (const batch of walkEnsemble(gpu, requestOf(request), never, () => {})) statistics.add(batch);
    const squeezing = statistics.squeezing();
    return {
      moments: { ...statistics.steady(), ...(squeezing && { squeezing }) },
      Pm: statistics.Pm(),
      Pj: statistics.Pj(),
      jumps: channels.map((_, c) => jumpRate(statistics.averages, [c])),
    };
  });
}
