/** An ensemble of the CPU engine against the master equation's steady state. */
import { nodeThreads } from '../../../src/command-line/threads';
import { EnsembleStatistics } from '../../../src/statistics/ensemble';
import { cpuEngine } from '../../../src/trajectories/cpu-engine';
import { type Ensemble, expectSteady, steadyRequest } from '../../expect-steady';
import { averagesOf } from '../../steady-averages';
import { requestOf } from './walk-on-cpu';

export async function expectSteadyOnCpu(ensemble: Ensemble, precision: number): Promise<void> {
  const request = steadyRequest(ensemble);
  const statistics = new EnsembleStatistics(ensemble.system, request);
  const never = new AbortController().signal;
  const batches = cpuEngine(nodeThreads()).walk(requestOf(request), never, () => {});
  for await (const batch of batches) statistics.add(batch);
  expectSteady(ensemble, averagesOf(statistics), precision);
}
