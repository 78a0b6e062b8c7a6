import { EnsembleStatistics } from '../../../src/statistics/ensemble';
import type { Measured } from '../../../src/statistics/estimate';
import { jumpRate } from '../../../src/statistics/rates';
import { walkEnsemble } from '../../../src/trajectories/ensemble';
import { channels } from '../../../src/trajectories/record';
import { withGpu } from '../with-gpu';
import { type Request, requestOf } from './ensemble';

/** An ensemble's averages after the burn-in, each with its standard error. */
export interface Averages {
  moments: Record<string, Measured>;
  Pm: Measured[];
  Pj: Measured[];
  /** jumps per unit of time, by channel */
  jumps: Measured[];
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
