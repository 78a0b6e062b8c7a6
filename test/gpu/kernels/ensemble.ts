import type { SystemParameters } from '../../../src/parameters/system';
import { Tally } from '../../../src/statistics/tally';
import type { BatchPlan } from '../../../src/trajectories/batches';
import { walkEnsemble } from '../../../src/trajectories/ensemble';
import { photodetection } from '../../../src/trajectories/photodetection';
import { withGpu } from '../with-gpu';

export interface Request {
  system: SystemParameters;
  seed: number;
  first: number;
  count: number;
  time: number;
  samples: number;
  burnIn: number;
  traces: number;
}

/** Walks an ensemble; every row's mean and standard error, and the first traces. */
export function walk(request: Request, plan?: BatchPlan) {
  return withGpu(async (gpu) => {
    let tally: Tally | undefined;
    const traces: number[][] = [];
    const progress: number[] = [];
    const batches = walkEnsemble(
      gpu,
      { ...request, unraveling: photodetection },
      new AbortController().signal,
      ({ share }) => progress.push(share),
      plan,
    );
    for await (const batch of batches) {
      for (const { count, mean, M2 } of batch.blocks) {
        tally ??= new Tally(mean.length);
        tally.merge(count, mean, M2);
      }
      traces.push(...batch.traces.map((trace) => [...trace]));
    }
    if (tally === undefined) throw new Error('No batch was walked.');
    const { count, mean } = tally;
    const errors = Array.from(mean, (_, q) => (tally as Tally).standardError(q));
    return { count, mean: [...mean], errors, traces, progress };
  });
}
