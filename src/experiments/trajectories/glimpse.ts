/**
 * The first few trajectories of an ensemble, for who looks on: before its theory, and before a block of 256, which keeps a core busy for a
 * second or more. They are walked again in that block, to the same bits.
 */
import { rampOf } from '../../parameters/ramp';
import type { SystemParameters } from '../../parameters/system';
import { EnsembleStatistics } from '../../statistics/ensemble';
import { cpuEngine } from '../../trajectories/cpu-engine';
import { unravelings } from '../../trajectories/unravelings';
import { engineName } from '../engine-choice';
import type { RunContext } from '../experiment';
import { paced } from '../pace';
import { describe, lackingIn } from './describe-ensemble';
import type { TrajectoryOptions } from './trajectory-options';
import { traceOf } from './trajectory-trace';
import { rampStatistics } from './under-ramp';

/** A sixteenth of a block, and of the time that it takes. */
const few = 16;

/** Gives the context its glimpse, where it asks for one and the ensemble is many times as large. */
export async function glimpse(
  system: SystemParameters,
  options: TrajectoryOptions,
  context: RunContext,
  traces: number,
): Promise<void> {
  const { ramp, stop } = options;
  if (context.onGlimpse === undefined || stop.count <= 4 * few) return;
  const lacking = lackingIn(system, options, null);
  const ofSamples = ramp === undefined ? null : rampStatistics(system, { ...options, ramp });
  const statistics = new EnsembleStatistics(system, options, ofSamples);
  const request = {
    ...options,
    ...{ system, traces, committor: null, photons: options, detection: options, count: few },
    unraveling: unravelings[options.unraveling],
    ramp: ramp === undefined ? undefined : rampOf(ramp),
  };
  const report = paced(context, 'first trajectories', 'trajectories', few);
  const batches = cpuEngine(context.threads).walk(request, context.signal, ({ trajectories, share }) =>
    report(trajectories, share),
  );
  for await (const batch of batches) {
    statistics.add(batch);
    const kept = {
      engines: [engineName({ adapter: null })],
      traces: batch.traces.map((trace) => traceOf(system, options, lacking, trace)),
      records: batch.jumpRecords,
      longerSteps: null,
    };
    context.onGlimpse(describe(system, options, statistics, kept, null, null, null));
  }
}
