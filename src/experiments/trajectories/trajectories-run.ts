/** Walks an ensemble of quantum trajectories until it is complete. */
import { rampOf } from '../../parameters/ramp';
import type { SystemParameters } from '../../parameters/system';
import { EnsembleStatistics } from '../../statistics/ensemble';
import { filledBlocks, gapsIn } from '../../statistics/sums';
import { SwitchingStatistics } from '../../statistics/switching';
import type { JumpRecord } from '../../trajectories/jump-records';
import { burnInSlots } from '../../trajectories/record';
import type { Unraveling } from '../../trajectories/unraveling';
import { unravelings } from '../../trajectories/unravelings';
import { DeviceLosses } from '../device-losses';
import type { RunContext } from '../experiment';
import type { Field } from '../fields';
import { paced } from '../pace';
import { pausing } from '../spectrum/spectral-run';
import { rescaled } from '../units';
import { describe, type Kept, lackingIn } from './describe-ensemble';
import { glimpse } from './glimpse';
import { hardlySeen } from './hardly-seen';
import type { SlowDynamics } from './slow-dynamics';
import { spoiledBySteps, withLongerSteps } from './step-error';
import { expectedCount, stoppedBy } from './stop-rules';
import { theory } from './theory';
import { type TrajectoriesResult, trajectoryFields } from './trajectories-result';
import type { TrajectoryOptions } from './trajectory-options';
import { traceOf } from './trajectory-trace';
import { warningsOf } from './trajectory-warnings';
import { rampStatistics } from './under-ramp';
import { walkThroughLosses } from './walk-through-losses';

/** Time between two results so far at least, in times of what one takes to be made: on many threads blocks finish faster. */
const partialPause = 4;

/** A set-up that takes longer is told of, ms. */
const patience = 500;

/** Trajectories kept sample by sample, for the telegraph signal. */
const traces = 8;

export async function run(
  parameters: SystemParameters,
  options: TrajectoryOptions,
  context: RunContext,
): Promise<TrajectoriesResult> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const { stop, earlier, merge } = options;
  const inOwnUnit = <Value>(field: Field, value: Value) => rescaled(field, value, 1 / context.unit);
  let kept: Kept = {
    engines: earlier?.engines ?? [],
    traces: inOwnUnit(trajectoryFields.traces, earlier?.traces ?? []),
    records: inOwnUnit(trajectoryFields.records, earlier?.records ?? []),
    longerSteps: inOwnUnit(trajectoryFields.longerSteps, earlier?.longerSteps ?? null),
  };
  // Merging walks nothing.
  const gpu = merge ? null : await new DeviceLosses(context).open();
  const { ramp } = options;
  const unraveling = unravelings[options.unraveling];
  await setUp(unraveling, parameters, context);
  // A GPU takes as long for a few as for thousands.
  if (gpu === null && earlier === null) await glimpse(parameters, options, context, traces);
  // No steady state and no slow mode belong to a drive that changes.
  const { exact, slow } =
    ramp === undefined ? await theory(parameters, gpu, context) : { exact: null, slow: null };
  const lacking = lackingIn(parameters, options, slow);
  const ofSamples =
    ramp === undefined
      ? slow && (() => switchingStatistics(parameters, options, slow))
      : rampStatistics(parameters, { ...options, ramp });
  let statistics = new EnsembleStatistics(parameters, options, ofSamples, earlier?.sums);
  let stopped = merge ? 'merge' : stoppedBy(stop, statistics, 0, 0);
  const result = () => describe(parameters, options, statistics, kept, exact, slow, stopped);
  if (unraveling.start(parameters) === 'lowest mode') {
    context.warn(
      'The trajectories start from the mode of j = N/2 with the fewest collective jumps (the lower branch), not from the ground state, ' +
        'which the kept modes do not hold at this N: the series differ until the start is forgotten.',
    );
  }
  const finished = () => {
    const rare = hardlySeen(options, statistics, (observable) => !(observable in lacking));
    for (const sentence of warningsOf(options, statistics, slow, rare, context.unit)) context.warn(sentence);
    const found = result();
    const spoiled = found.steady && found.stepError ? spoiledBySteps(found.steady, found.stepError) : [];
    if (spoiled.length > 0)
      context.warn(
        `The length of the steps shifts averages by more than their errors: ${spoiled.join('; ')}.`,
      );
    return found;
  };
  if (kept.engines.length > 1)
    context.warn(`Walked on ${kept.engines.join(', ')}: each has its own bits, and all the same averages.`);
  for (const { seed, first, count } of gapsIn(statistics.sums))
    context.warn(
      `Trajectories ${first} to ${first + count - 1} of seed ${seed} are in none of the files: are parts missing, or of different counts?`,
    );
  if (stopped !== null) return finished();

  // A last block that is not filled is walked again, whole, as if in one go.
  const blocks = filledBlocks(statistics.sums);
  const filled = new EnsembleStatistics(parameters, options, ofSamples, blocks);
  const done = filled.count;
  const committor = slow?.committor ?? null;
  const asked = { ...options, unraveling, photons: options, detection: options, count: stop.count, done };
  const request = {
    ...{ system: parameters, traces, committor, ...asked },
    ramp: ramp === undefined ? undefined : rampOf(ramp),
  };
  if (unraveling.currents.length > 0 && !kept.longerSteps) {
    const longer = await withLongerSteps(context, parameters, options, request);
    kept = { ...kept, longerSteps: longer && { ...longer, ...lacking } };
  }
  const report = paced(context, 'trajectories', 'trajectories', stop.count, done);
  let last = seconds();
  // Of a batch; those of several threads come in bunches, but for the first of them.
  let longest = 0;
  let nextPartial = 0;
  const batches = walkThroughLosses(context, request, earlier?.engines ?? [], ({ trajectories, share }) => {
    const perSecond = (share * stop.count - done) / seconds();
    report(trajectories, share, expectedCount(stop, statistics, perSecond, done));
  });
  for await (const { batch, engine } of batches) {
    kept = { ...kept, engines: [...new Set([...kept.engines, engine])] };
    statistics = filled;
    statistics.add(batch);
    if (batch.traces.length > 0) {
      const own = batch.traces.map((trace) => traceOf(parameters, options, lacking, trace));
      kept = { ...kept, traces: own, records: batch.jumpRecords };
      warnOfMissedJumps(batch.jumpRecords, context);
    }
    const now = seconds();
    longest = gpu ? now - last : Math.max(longest, now - last);
    stopped = stoppedBy(stop, statistics, now, longest);
    if (stopped !== null) return finished();
    last = now;
    if (now < nextPartial) continue;
    context.onPartial(result());
    nextPartial = seconds() + partialPause * (seconds() - now);
  }
  // Values of an ensemble without trajectories would take the place of what is shown of it, and of an earlier one's.
  if (statistics.count === 0) context.signal.throwIfAborted();
  context.warn(`Interrupted: ${statistics.count} of ${stop.count} trajectories were finished and kept.`);
  stopped = 'interruption';
  return finished();
}

/** Says how far it is only where that takes long enough to ask. */
async function setUp(
  { setUp }: Unraveling,
  parameters: SystemParameters,
  context: RunContext,
): Promise<void> {
  const began = performance.now();
  const pause = pausing(context);
  let report: ReturnType<typeof paced> | undefined;
  await setUp?.(parameters, async (done, all) => {
    await pause();
    if (performance.now() - began < patience) return;
    report ??= paced(context, 'set-up', 'steps', all, done);
    report(done);
  });
}

function warnOfMissedJumps(records: readonly JumpRecord[], { warn }: RunContext): void {
  const missed = records.reduce((sum, record) => sum + record.missed, 0);
  if (missed > 0)
    warn(`The records have no room for ${missed} jumps: ask for fewer records or a shorter time.`);
}

function switchingStatistics({ atoms }: SystemParameters, options: TrajectoryOptions, slow: SlowDynamics) {
  const { time, samples, burnIn } = options;
  const left = burnInSlots(burnIn, time, samples);
  return new SwitchingStatistics(atoms, time / samples, samples + 1, left, slow.halfway);
}
