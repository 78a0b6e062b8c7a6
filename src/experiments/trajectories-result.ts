/** What an ensemble's run returns: everything known of the finished trajectories. */
import { pick } from '../parameters/options';
import type { SystemParameters } from '../parameters/system';
import { type Checkpoint, checkpointOf } from '../statistics/checkpoint';
import type { EnsembleStatistics, Series } from '../statistics/ensemble';
import { rangesOf, type TrajectoryRange } from '../statistics/sums';
import type { CoreSets, Crossings, Regression, SwitchingStatistics } from '../statistics/switching';
import type { JumpRecord } from '../trajectories/jump-records';
import { photonPlan } from '../trajectories/photon-plan';
import { type CrssFidelity, type Observable, recordLayout } from '../trajectories/record';
import type { Start } from '../trajectories/unraveling';
import type { ExactSteadyState } from './exact-steady-state';
import type { Measured } from './experiment';
import { type PhotonCounting, photonCounting } from './photon-counting';
import type { PaperSwitching, PredictedSwitching, SlowDynamics } from './slow-dynamics';
import type { StoppedBy } from './stop-rules';
import type { TrajectoryOptions } from './trajectory-options';
import { type EnsembleSetting, ensembleSettings, type Settings, unravelings } from './trajectory-table';
import { sampleTimes, type Trace, withoutCrss } from './trajectory-trace';

/**
 * What there is for every observable, but for the CRSS's fidelities only with collective decay, and for the committor
 * only where the slow mode is known.
 */
type Conditional = CrssFidelity | 'committor';
type ForEachObservable<Value> = Readonly<
  Record<Exclude<Observable, Conditional>, Value> & Record<Conditional, Value | null>
>;

/** Everything of the finished trajectories; the statistics are null until a first batch has finished. */
export interface TrajectoriesResult extends Pick<Settings, EnsembleSetting> {
  /** trajectories finished */
  readonly count: number;
  /** what ended the run; null while it goes on (and in what a killed run left) */
  readonly stoppedBy: StoppedBy | null;
  /** seed of all trajectories and number of the first; null where several ranges were merged */
  readonly seed: number | null;
  readonly first: number | null;
  /** which trajectories, where several ranges were merged */
  readonly ranges?: readonly TrajectoryRange[];
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
  /** the slow mode's own: what `switching` is to agree with, and the paper's Eq. (10); null above 110 atoms */
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

/** The first trajectories: sample by sample, and jump by jump. */
export interface Kept {
  readonly traces: readonly Trace[];
  readonly records: readonly JumpRecord[];
}

export function describe(
  system: SystemParameters,
  options: TrajectoryOptions,
  statistics: EnsembleStatistics,
  kept: Kept,
  exact: ExactSteadyState | null,
  slow: SlowDynamics | null,
  stoppedBy: StoppedBy | null,
): TrajectoriesResult {
  const { time, burnIn, seed, first } = options;
  const unraveling = unravelings[options.unraveling];
  const { atoms } = system;
  const unknown = {
    ...(system.gamma1D === 0 ? withoutCrss : {}),
    ...(slow === null ? withoutCommittor : {}),
  };
  const ranges = rangesOf(statistics.sums);
  const several = { seed: null, first: null, ranges };
  const asked = {
    stoppedBy,
    ...pick(options, ensembleSettings),
    ...(ranges.length > 1 ? several : { seed: ranges[0]?.seed ?? seed, first: ranges[0]?.first ?? first }),
    start: unraveling.start(system),
    alarms: statistics.alarms,
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
  if (!unravelings[options.unraveling].photons) return null;
  const layout = recordLayout(statistics.atoms, options.samples + 1);
  return photonCounting(photonPlan(layout, options, options), statistics.covariances);
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

const withoutCommittor = { committor: null };

function switchingOf(switching: SwitchingStatistics | null) {
  return {
    switching: switching?.regression() ?? null,
    coreSet: switching?.coreSets() ?? null,
    crossings: switching?.crossings() ?? null,
  };
}
