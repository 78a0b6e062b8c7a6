/** What an ensemble's run returns: everything known of the finished trajectories. */
import type { SystemParameters } from '../parameters/system';
import type { Averages } from '../statistics/averages';
import { type Checkpoint, checkpointOf } from '../statistics/checkpoint';
import type { EnsembleStatistics, Series } from '../statistics/ensemble';
import { estimateOf } from '../statistics/estimate';
import { PhotonStatistics } from '../statistics/photons';
import { emission, jumpRate } from '../statistics/rates';
import { rangesOf, type TrajectoryRange } from '../statistics/sums';
import type { CoreSets, Crossings, Regression, SwitchingStatistics } from '../statistics/switching';
import type { JumpRecord } from '../trajectories/jump-records';
import { photonPlan } from '../trajectories/photon-plan';
import { type CrssFidelity, type Observable, observables, recordLayout } from '../trajectories/record';
import type { Start } from '../trajectories/unraveling';
import { type ExactSteadyState, exactUnits } from './exact-steady-state';
import type { Measured } from './experiment';
import { type PhotonCounting, photonCounting } from './photon-counting';
import type { PaperSwitching, PredictedSwitching, SlowDynamics } from './slow-dynamics';
import type { StoppedBy } from './stop-rules';
import type { TrajectoryOptions } from './trajectory-options';
import { recordUnits, sampleTimes, type Trace, traceUnits, withoutCrss } from './trajectory-trace';
import type { UnitsOf } from './units';

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

const switchingUnits = { ratePlus: 'rate', rateMinus: 'rate' } as const;
const fanoUnits = { window: '1/rate', collective: '1', individual: '1' } as const;

export const trajectoriesUnits: UnitsOf<TrajectoriesResult> = {
  count: '1',
  stoppedBy: '1',
  time: '1/rate',
  burnIn: '1/rate',
  samples: '1',
  seed: '1',
  first: '1',
  ranges: '1',
  unraveling: '1',
  start: '1',
  alarms: '1',
  steady: '1',
  Pm: '1',
  Pj: '1',
  series: {
    t: '1/rate',
    ...(Object.fromEntries(observables.map((name) => [name, '1'])) as Record<Observable, '1'>),
  },
  traces: [traceUnits],
  g2Time: '1/rate',
  g2Bins: '1',
  photons: {
    fano: fanoUnits,
    fanoByWindow: [fanoUnits],
    g2: { tau: '1/rate', mean: '1', error: '1' },
  },
  records: [recordUnits],
  density: { t: '1/rate', from: '1', to: '1', counts: '1' },
  jumps: 'rate',
  switching: { lambda1: 'rate', pPlus: '1', ...switchingUnits },
  coreSet: {
    ...switchingUnits,
    threshold: '1',
    switches: '1',
    dwell: { t: '1/rate', plus: '1', minus: '1' },
  },
  crossings: { ...switchingUnits, at: '1', hysteresis: '1' },
  predicted: { lambda1: 'rate', pPlus: '1', ...switchingUnits },
  paper: { aPlus: '1', aMinus: '1', ...switchingUnits },
  exact: exactUnits,
  // What another run goes on from, which computes in the same unit.
  checkpoint: '1',
};

/** The first trajectories: sample by sample, and jump by jump. */
export interface Kept {
  readonly traces: readonly Trace[];
  readonly records: readonly JumpRecord[];
}

/** Null for the observables that there are not. */
export function unknownOf(system: SystemParameters, slow: SlowDynamics | null) {
  return {
    ...(system.gamma1D === 0 ? withoutCrss : {}),
    ...(slow === null ? withoutCommittor : {}),
  };
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
  const { time, burnIn, samples, seed, first, unraveling } = options;
  const { atoms } = system;
  const unknown = unknownOf(system, slow);
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
    jumps: unraveling.photons ? counted(statistics.averages) : fromMoments(statistics.averages),
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

/** What is summed of the photons, where the jumps are photons. */
export function photonStatistics(options: TrajectoryOptions, statistics: EnsembleStatistics) {
  if (!options.unraveling.photons) return null;
  const layout = recordLayout(statistics.system.atoms, options.samples + 1);
  const plan = photonPlan(layout, options, options.photons);
  const { sawChangeOfJ } = statistics.averages;
  return { plan, photons: new PhotonStatistics(plan, statistics.covariances, sawChangeOfJ) };
}

function photonsOf(options: TrajectoryOptions, statistics: EnsembleStatistics): PhotonCounting | null {
  const counted = photonStatistics(options, statistics);
  return counted && photonCounting(counted.plan, counted.photons);
}

function counted(averages: Averages) {
  const rate = (...channels: number[]) => estimateOf(jumpRate(averages, channels));
  return {
    collectivePerTime: rate(0),
    individualPerTime: rate(1, 2, 3),
    individual: { sameJ: rate(1), toLowerJ: rate(2), toHigherJ: rate(3) },
  };
}

function fromMoments(averages: Averages) {
  const { collective, individual, sameJ } = emission(averages);
  const rate = (channel: number) => estimateOf(jumpRate(averages, [channel]));
  return {
    collectivePerTime: estimateOf(collective),
    individualPerTime: estimateOf(individual),
    individual: { sameJ: estimateOf(sameJ), toLowerJ: rate(2), toHigherJ: rate(3) },
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
