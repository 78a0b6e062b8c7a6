/** An ensemble of quantum trajectories: means and distributions with standard errors, beside the exact values. */
import type { Gpu } from '../gpu/gpu';
import { type JumpRates, jumpRates } from '../operators/jump-rates';
import {
  type Moments,
  magnetizationDistribution,
  momentsOfRho,
  spinDistribution,
  spinSqueezing,
} from '../operators/moments';
import { type SystemParameters, systemParameters } from '../parameters/system';
import { type Checkpoint, checkpointOf } from '../statistics/checkpoint';
import { EnsembleStatistics, type Series, spinMoments } from '../statistics/ensemble';
import { filledBlocks, rangesOf, type TrajectoryRange } from '../statistics/sums';
import { type CoreSets, type Crossings, type Regression, SwitchingStatistics } from '../statistics/switching';
import { burnInSlots } from '../trajectories/batch-walk';
import type { JumpRecord } from '../trajectories/jump-records';
import { photonPlan } from '../trajectories/photon-plan';
import { type CrssFidelity, type Observable, observables, recordLayout } from '../trajectories/record';
import type { Start } from '../trajectories/unraveling';
import { earlierRuns, systemOf } from './earlier-runs';
import type { Experiment, Measured, RunContext } from './experiment';
import { paced } from './pace';
import { type PhotonCounting, photonCounting } from './photon-counting';
import {
  type PaperSwitching,
  type PredictedSwitching,
  type SlowDynamics,
  slowDynamics,
} from './slow-dynamics';
import { withSlowSpectrum } from './spectral-run';
import { type Fidelities, fidelities } from './states';
import { expectedCount, type StoppedBy, stoppedBy } from './stop-rules';
import { type TrajectoryOptions, trajectoryOptions } from './trajectory-options';
import { walkThroughLosses } from './walk-through-losses';

/** One trajectory, sample by sample, as in the paper's figure 4. */
export interface Trace {
  readonly t: readonly number[];
  readonly Sy: readonly number[];
  readonly Sz: readonly number[];
  readonly j: readonly number[];
  /** xi^2 of the trajectory's own state; null where its mean spin vanishes */
  readonly squeezing: readonly (number | null)[];
  /** |<CRSS|psi>|^2 with the CRSS of j = N/2 (figure 4b), and with that of its own j; null without collective decay */
  readonly crssFidelity: readonly number[] | null;
  readonly crssFidelityAllJ: readonly number[] | null;
  /** the chance to end up in "+"; null where the slow mode is not known */
  readonly committor: readonly number[] | null;
}

/**
 * What there is for every observable, but for the CRSS's fidelities only with collective decay, and for the committor
 * only where the slow mode is known.
 */
type Conditional = CrssFidelity | 'committor';
type ForEachObservable<Value> = Readonly<
  Record<Exclude<Observable, Conditional>, Value> & Record<Conditional, Value | null>
>;

/** Everything of the finished trajectories; the statistics are null until a first batch has finished. */
export interface TrajectoriesResult {
  /** trajectories finished */
  readonly count: number;
  /** what ended the run; null while it goes on (and in what a killed run left) */
  readonly stoppedBy: StoppedBy | null;
  readonly time: number;
  readonly burnIn: number;
  readonly samples: number;
  /** seed of all trajectories and number of the first; null where several ranges were merged */
  readonly seed: number | null;
  readonly first: number | null;
  /** which trajectories, where several ranges were merged */
  readonly ranges?: readonly TrajectoryRange[];
  readonly unraveling: string;
  readonly start: Start;
  /** jumps of which truncation to the kept modes lost the channel (dark port), in all that were walked */
  readonly alarms: number;
  /** time and ensemble averages after the burn-in; squeezing is that of the averaged state */
  readonly steady:
    | (ForEachObservable<Measured> & { readonly Sx: Measured; readonly squeezing: Measured | null })
    | null;
  /** from m = -N/2 up */
  readonly Pm: readonly Measured[] | null;
  /** from j = N/2 down */
  readonly Pj: readonly Measured[] | null;
  readonly series: ({ readonly t: readonly number[] } & ForEachObservable<Series>) | null;
  readonly traces: readonly Trace[];
  /** longest delay of g2 and its equal bins; 0 where it was not asked for */
  readonly g2Time: number;
  readonly g2Bins: number;
  /** photon statistics; null where the jumps are not photons (dark port) */
  readonly photons: PhotonCounting | null;
  /** every jump of the first trajectories, as many as were asked for */
  readonly records: readonly JumpRecord[];
  /** trajectories by time and <S_z> */
  readonly density: Density | null;
  /**
   * after the burn-in; `individualPerTime` counts all atoms together. The dark port's jumps are not photons: its
   * rates come from the moments, gamma_1D <S_+ S_-> and gamma_F (N/2 + <S_z>), but for the changes of j.
   */
  readonly jumps: {
    readonly collectivePerTime: Measured;
    readonly individualPerTime: Measured;
    readonly individual: {
      readonly sameJ: Measured;
      readonly toLowerJ: Measured;
      readonly toHigherJ: Measured;
    };
  } | null;
  /** by the committor's regression over pairs of samples, from any state and without bias; needs the slow mode */
  readonly switching: Regression | null;
  /** by core sets of the committor, at the samples after the burn-in */
  readonly coreSet: CoreSets | null;
  /** by crossings of a threshold in <S_z>: shows what is wrong with it */
  readonly crossings: Crossings | null;
  /** the slow mode's own: what `switching` is to agree with, and the paper's Eq. (10); null above 60 atoms */
  readonly predicted: PredictedSwitching | null;
  readonly paper: PaperSwitching | null;
  /** the master equation's own steady state where it takes moments; null for more atoms and without one */
  readonly exact: ExactSteadyState | null;
  /** the sums behind all of these: what another run goes on from, and what is merged */
  readonly checkpoint: Checkpoint;
}

/** The joint density of time and <S_z> over the ensemble. */
export interface Density {
  readonly t: readonly number[];
  /** -N/2 and N/2, the ends of the range that the bins share equally */
  readonly from: number;
  readonly to: number;
  /** [time][bin], trajectories */
  readonly counts: readonly (readonly number[])[];
}

export interface ExactSteadyState extends Moments, Fidelities {
  readonly jumps: JumpRates;
  readonly Pm: readonly number[];
  readonly Pj: readonly number[];
  /** |L rho| / |rho|, in the unit of the rates */
  readonly residual: number;
}

/** The first trajectories: sample by sample, and jump by jump. */
interface Kept {
  readonly traces: readonly Trace[];
  readonly records: readonly JumpRecord[];
}

/** Trajectories kept sample by sample, for the telegraph signal. */
const traces = 8;

export const trajectories: Experiment<TrajectoryOptions, TrajectoriesResult> = {
  command: 'trajectories',
  options: trajectoryOptions,
  parameters(said, raw) {
    const earlier = earlierRuns(raw);
    return earlier === null ? systemParameters(said) : systemOf(earlier, said);
  },
  async run(parameters, options, context) {
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    const { stop, earlier, merge } = options;
    let kept: Kept = { traces: earlier?.traces ?? [], records: earlier?.records ?? [] };
    // Merging needs no GPU; and what walks in the end may be another one, should the first be lost.
    const gpu = merge ? null : await context.replaceableGpu();
    const setUp = { ...context, gpu: context.replaceableGpu };
    const exact = await exactSteadyState(parameters, gpu, setUp);
    const slow = await slowDynamics(parameters, setUp);
    const switching = slow && (() => switchingStatistics(parameters, options, slow));
    let statistics = new EnsembleStatistics(parameters.atoms, options.samples, switching, earlier?.sums);
    let stopped = merge ? 'merge' : stoppedBy(stop, statistics, 0, 0);
    const result = () => describe(parameters, options, statistics, kept, exact, slow, stopped);
    if (options.unraveling.start(parameters) === 'darkest state') {
      context.warn(
        'The trajectories start from the darkest state of j = N/2 (the lower branch), not from the ground state, ' +
          'which the kept modes do not hold at this N: the series differ until the start is forgotten.',
      );
    }
    if (stopped !== null) return result();

    // A last block that is not filled is walked again, whole, as if in one go.
    const blocks = filledBlocks(statistics.sums);
    const filled = new EnsembleStatistics(parameters.atoms, options.samples, switching, blocks);
    const done = filled.count;
    const committor = slow?.committor ?? null;
    const request = { system: parameters, traces, committor, ...options, count: stop.count, done };
    const report = paced(context, 'trajectories', 'trajectories', stop.count, done);
    let last = seconds();
    const batches = walkThroughLosses(
      context,
      request,
      earlier?.adapter ?? null,
      ({ trajectories, share }) => {
        const perSecond = (share * stop.count - done) / seconds();
        report(trajectories, share, expectedCount(stop, statistics, perSecond, done));
      },
    );
    for await (const batch of batches) {
      statistics = filled;
      statistics.add(batch);
      if (batch.traces.length > 0) {
        const own = batch.traces.map((trace) => traceOf(parameters, options, slow !== null, trace));
        kept = { traces: own, records: batch.jumpRecords };
        warnOfMissedJumps(batch.jumpRecords, context);
      }
      const now = seconds();
      stopped = stoppedBy(stop, statistics, now, now - last);
      if (stopped !== null) return result();
      last = now;
      context.onPartial(result());
    }
    context.warn(`Interrupted: ${statistics.count} of ${stop.count} trajectories were finished and kept.`);
    stopped = 'interruption';
    return result();
  },
};

function describe(
  system: SystemParameters,
  options: TrajectoryOptions,
  statistics: EnsembleStatistics,
  kept: Kept,
  exact: ExactSteadyState | null,
  slow: SlowDynamics | null,
  stoppedBy: StoppedBy | null,
): TrajectoriesResult {
  const { time, burnIn, samples, seed, first, unraveling } = options;
  const { atoms } = system;
  const unknown = {
    ...(system.gamma1D === 0 ? withoutCrss : {}),
    ...(slow === null ? withoutCommittor : {}),
  };
  const ranges = rangesOf(statistics.sums);
  const several = { seed: null, first: null, ranges };
  const asked = {
    stoppedBy,
    time,
    burnIn,
    samples,
    ...(ranges.length > 1 ? several : { seed: ranges[0]?.seed ?? seed, first: ranges[0]?.first ?? first }),
    unraveling: unraveling.name,
    start: unraveling.start(system),
    alarms: statistics.alarms,
    g2Time: options.photons.g2Time,
    g2Bins: options.photons.g2Bins,
  };
  const theory = { predicted: slow?.predicted ?? null, paper: slow?.paper ?? null, exact };
  const checkpoint = checkpointOf(statistics.sums);
  if (statistics.count < 2) return { count: 0, ...asked, ...nothing, traces: [], ...theory, checkpoint };
  // The first sample after the burn-in opens the window in which jumps are counted.
  const duration = time - statistics.firstCounted(burnIn, time);
  return {
    count: statistics.count,
    ...asked,
    steady: { ...statistics.steady(), ...unknown, squeezing: statistics.squeezing() },
    Pm: statistics.Pm(),
    Pj: statistics.Pj(),
    series: { t: sampleTimes(options), ...statistics.series(), ...unknown },
    traces: kept.traces,
    records: kept.records,
    density: { t: sampleTimes(options), from: -atoms / 2, to: atoms / 2, counts: statistics.density() },
    jumps: unraveling.photons ? counted(statistics, duration) : fromMoments(statistics, system, duration),
    photons: photonsOf(options, statistics),
    ...switchingOf(statistics.switching()),
    ...theory,
    checkpoint,
  };
}

/** The statistics of no trajectories. */
const nothing = {
  steady: null,
  Pm: null,
  Pj: null,
  series: null,
  density: null,
  photons: null,
  records: [],
  jumps: null,
  switching: null,
  coreSet: null,
  crossings: null,
};

function photonsOf(options: TrajectoryOptions, statistics: EnsembleStatistics): PhotonCounting | null {
  if (!options.unraveling.photons) return null;
  const layout = recordLayout(statistics.atoms, options.samples + 1);
  return photonCounting(photonPlan(layout, options, options.photons), statistics.covariances);
}

function warnOfMissedJumps(records: readonly JumpRecord[], { warn }: RunContext): void {
  const missed = records.reduce((sum, record) => sum + record.missed, 0);
  if (missed > 0)
    warn(`The records have no room for ${missed} jumps: ask for fewer records or a shorter time.`);
}

function counted(statistics: EnsembleStatistics, duration: number) {
  const rate = (...channels: number[]) => statistics.jumpRate(channels, duration);
  return {
    collectivePerTime: rate(0),
    individualPerTime: rate(1, 2, 3),
    individual: { sameJ: rate(1), toLowerJ: rate(2), toHigherJ: rate(3) },
  };
}

function fromMoments(statistics: EnsembleStatistics, system: SystemParameters, duration: number) {
  const { collective, individual, sameJ } = statistics.emission(system, duration);
  const rate = (channel: number) => statistics.jumpRate([channel], duration);
  return {
    collectivePerTime: collective,
    individualPerTime: individual,
    individual: { sameJ, toLowerJ: rate(2), toHigherJ: rate(3) },
  };
}

const withoutCrss = { crssFidelity: null, crssFidelityAllJ: null };
const withoutCommittor = { committor: null };

function switchingStatistics({ atoms }: SystemParameters, options: TrajectoryOptions, slow: SlowDynamics) {
  const { time, samples, burnIn } = options;
  const left = burnInSlots(burnIn, time, samples);
  return new SwitchingStatistics(atoms, time / samples, samples + 1, left, slow.halfway);
}

function switchingOf(switching: SwitchingStatistics | null) {
  return {
    switching: switching?.regression() ?? null,
    coreSet: switching?.coreSets() ?? null,
    crossings: switching?.crossings() ?? null,
  };
}

function sampleTimes({ time, samples }: TrajectoryOptions): number[] {
  return Array.from({ length: samples + 1 }, (_, slot) => (slot * time) / samples);
}

function traceOf(
  { atoms, gamma1D }: SystemParameters,
  options: TrajectoryOptions,
  committed: boolean,
  trace: Float32Array,
): Trace {
  const width = observables.length;
  const of = (observable: Observable) =>
    Array.from(
      { length: options.samples + 1 },
      (_, slot) => trace[slot * width + observables.indexOf(observable)],
    );
  const squeezing = Array.from({ length: options.samples + 1 }, (_, slot) =>
    spinSqueezing(atoms, spinMoments(trace.subarray(slot * width, (slot + 1) * width))),
  );
  const fidelities =
    gamma1D === 0
      ? withoutCrss
      : { crssFidelity: of('crssFidelity'), crssFidelityAllJ: of('crssFidelityAllJ') };
  const committor = committed ? of('committor') : null;
  return {
    t: sampleTimes(options),
    Sy: of('Sy'),
    Sz: of('Sz'),
    j: of('j'),
    squeezing,
    ...fidelities,
    committor,
  };
}

/** Above this the exact values would keep an ensemble waiting: a few seconds on one core, less on a GPU. */
const mostExact = { hardware: 200, software: 60 };
/** Relative error of the exact steady state: far below any ensemble's. */
const exactTolerance = 1e-7;

/** The exact values beside the ensemble's, where they come in a moment. */
async function exactSteadyState(
  parameters: SystemParameters,
  gpu: Gpu | null,
  context: RunContext,
): Promise<ExactSteadyState | null> {
  if (parameters.atoms > mostExact[gpu?.adapter.fallback === false ? 'hardware' : 'software']) return null;
  if (parameters.gammaF === 0 && parameters.atoms > 1) {
    context.warn(
      'Without individual decay the steady state is not unique: the averages depend on the start.',
    );
    return null;
  }
  return withSlowSpectrum(parameters, context, 'exact steady state', async (spectrum) => {
    const { rho, residual } = await spectrum.steadyState(null, exactTolerance);
    const { pyramid } = spectrum.liouvillian;
    return {
      ...momentsOfRho(pyramid, rho),
      ...fidelities(parameters, pyramid, rho),
      jumps: jumpRates(parameters, pyramid, rho),
      Pm: [...magnetizationDistribution(pyramid, rho)],
      Pj: [...spinDistribution(pyramid, rho)],
      residual,
    };
  });
}
