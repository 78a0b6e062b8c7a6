import type { EnsembleStatistics } from '../src/statistics/ensemble';
import type { Measured } from '../src/statistics/estimate';
import { jumpRate } from '../src/statistics/rates';
import { channels } from '../src/trajectories/record';

/** An ensemble's averages after the burn-in, each with its standard error. */
export interface Averages {
  moments: Record<string, Measured>;
  Pm: Measured[];
  Pj: Measured[];
  /** jumps per unit of time, by channel */
  jumps: Measured[];
}

export function averagesOf(statistics: EnsembleStatistics): Averages {
  const squeezing = statistics.squeezing();
  return {
    moments: { ...statistics.steady(), ...(squeezing && { squeezing }) },
    Pm: statistics.Pm(),
    Pj: statistics.Pj(),
    jumps: channels.map((_, c) => jumpRate(statistics.averages, [c])),
  };
}
